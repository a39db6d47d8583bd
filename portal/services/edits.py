"""The author changes the words of a comment; what it said before is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.domain.comment_life import RULES, Event, follow
from portal.domain.comments import Publication
from portal.domain.consultations import Event as Of
from portal.domain.consultations import after, phase
from portal.domain.errors import DomainError, Refusals
from portal.domain.submissions import Point, Target, check_point, text_key
from portal.formats.words import edited_remark
from portal.models import (
    Comment,
    CommentRevision,
    Consultation,
    db,
)
from portal.models.answering import send_answers_back
from portal.models.appealing import lapse
from portal.models.attaching import files_of, hold_back, take_back
from portal.models.deciding import lock
from portal.models.grouping import group_again
from portal.models.hinting import note_again
from portal.models.ledger import write_down
from portal.models.looking import was_looked_over
from portal.models.parting import join_parts
from portal.models.publication import enter_queue, leave_queue, set_publication
from portal.models.sealing import seal
from portal.queries.consultations import dates
from portal.queries.submissions import find_own


@dataclass(frozen=True, slots=True)
class NewWords:
    """What an author may change of a comment; what it is about stays."""

    text: str
    proposed: str = ""
    grounds: str = ""


def edit_comment(
    now: datetime,
    code: str,
    number: int,
    words: NewWords,
    *,
    seen_revision: int,
    without: Iterable[int] = (),
) -> Comment:
    """Take the author's new words; the earlier ones stay in the history, and a moderator looks.

    `without` are the ids of files that the author takes back: they are never shown again.
    Raises `not_found`, `phase_refuses` out of time, `changed_meanwhile` where the comment is not
    what the author saw, `edit_same`, `edit_withdrawn`, `edit_spam`, and `Refusals` as sending does.
    """
    comment, submission, consultation = find_own(code, number)
    looked_over = was_looked_over(submission)
    after(phase(dates(consultation), now), Of.SUBMIT)
    lock(comment)
    if seen_revision != comment.revision:
        raise DomainError("changed_meanwhile", status=409, number=number)
    status = follow(comment.publication, Event.EDIT, confidential=submission.confidential)
    files = files_of(comment.id)
    taken = take_back(files, without, now)
    _check(comment, words, same_allowed=taken)
    _keep(comment, now)
    comment.text, comment.proposed = words.text, words.proposed
    comment.grounds = words.grounds
    comment.text_key = text_key(words.text, words.proposed)
    seal(consultation.slug, [comment])
    hold_back((comment.id,))  # a moderator looks at them again, beside the new words
    leave_queue(comment.id)
    set_publication(comment, status)
    if status is Publication.PENDING:
        enter_queue(comment, submission, consultation, now)
    lapse(comment.id, now)
    db.session.flush()
    if looked_over:  # else somebody will, and finds the new words
        note_again(comment)
        group_again(comment, now)
    join_parts(comment.id)  # its parts were words of the earlier text
    send_answers_back(comment.id, edited_remark(comment.number))
    _write_down(now, comment, consultation)
    db.session.flush()
    return comment


def _check(comment: Comment, words: NewWords, *, same_allowed: bool) -> None:
    target = Target(comment.document_id, comment.version_id, comment.eid)
    found = check_point(Point(target, words.text, proposed=words.proposed, grounds=words.grounds))
    same = (words.text, words.proposed, words.grounds) == (
        comment.text,
        comment.proposed,
        comment.grounds,
    )
    if same and not same_allowed:
        found.append(DomainError("edit_same", field="text"))
    if found:
        raise Refusals(found)


def _keep(comment: Comment, now: datetime) -> None:
    db.session.add(
        CommentRevision(
            comment_id=comment.id,
            revision=comment.revision,
            text=comment.text,
            proposed=comment.proposed,
            grounds=comment.grounds,
            digest=comment.digest,
            salt=comment.salt,
            edited_at=now,
        )
    )


def _write_down(now: datetime, comment: Comment, consultation: Consultation) -> None:
    write_down(
        RULES[Event.EDIT].entry,
        at=now,
        subject=f"comment {comment.number}",
        content={
            "consultation": consultation.slug,
            "comment": comment.number,
            "hash": comment.digest,
        },
        consultation_id=consultation.id,
    )
