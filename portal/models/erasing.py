"""What goes when somebody has what they sent erased: words, details, files, whatever repeats them.

Numbers, dates, fingerprints and decisions stay, so that every count and the record hold. It lies
on this floor because many tables of many topics are concerned, and none may be forgotten.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from portal.domain.comments import Publication
from portal.domain.record import Entry
from portal.domain.sheets import SheetKind
from portal.formats.words import withdrawn_remark
from portal.models.answering import send_answers_back
from portal.models.appealing import lapse
from portal.models.appeals import Appeal
from portal.models.attachments import Attachment
from portal.models.base import db
from portal.models.comments import Comment
from portal.models.deciding import lock
from portal.models.grouping import ungroup
from portal.models.hints import CommentHint
from portal.models.notifications import OutboxMail
from portal.models.originals import CommentRevision
from portal.models.parting import join_parts
from portal.models.personal import blind
from portal.models.publication import leave_queue, set_publication
from portal.models.queue import HeldDecision
from portal.models.record import RecordEntry
from portal.models.satisfaction import Satisfaction
from portal.models.sheets import SheetImport, SheetRow
from portal.models.submissions import Submission

# Stands where a text was and a constraint wants one; the same in every language.
GONE = "—"
# Entries that commit to words of the author, under a salt that is kept here alone.
WITH_WORDS = (Entry.APPEALED, Entry.SATISFACTION_GIVEN)


@dataclass(frozen=True, slots=True)
class Files:
    """What lies on the disk and is to be deleted once the erasure is durable.

    Names of attachments; of editions the files that were made of them (by digest), their ids, and
    their numbers.
    """

    attachments: tuple[str, ...]
    made: tuple[str, ...]
    edition_ids: tuple[int, ...]
    editions: tuple[int, ...]


def erase_sender(submission: Submission, now: datetime) -> None:
    """Who sent it: nothing of it is left; it goes on being counted as one sender."""
    # There is nothing left in which a machine could see anything.
    submission.looked_at = submission.looked_at or now
    submission.name, submission.organisation, submission.email = "", "", ""
    submission.name_public, submission.governorate = False, None
    submission.sender_key = blind(secrets.token_hex(32))
    db.session.flush()


def erase_comment(comment: Comment, now: datetime) -> None:
    """The words of one comment, and all that was made of them; nothing is shown of it again.

    The salt goes with them: nobody can find out any more what its fingerprint stands for.
    """
    lock(comment)
    leave_queue(comment.id)
    lapse(comment.id, now)
    join_parts(comment.id)
    ungroup(comment)
    comment.text, comment.proposed, comment.grounds, comment.salt = "", "", "", ""
    comment.text_key, comment.erased_at = secrets.token_hex(32), now
    set_publication(comment, Publication.WITHDRAWN)
    db.session.flush()
    send_answers_back(comment.id, withdrawn_remark(comment.number))


def erase_beside(comments: Sequence[Comment]) -> None:
    """What other tables repeat of comments that are marked as erased."""
    ids = [each.id for each in comments]
    nothing = {"text": "", "proposed": "", "grounds": "", "salt": ""}
    _change(update(CommentRevision).where(CommentRevision.comment_id.in_(ids)).values(nothing))
    _change(update(Appeal).where(Appeal.comment_id.in_(ids)).values(text=GONE))
    said = update(Satisfaction).where(Satisfaction.comment_id.in_(ids))
    _change(said.values(sentence="", status=None, ground=None))
    for table in (CommentHint, HeldDecision, OutboxMail):
        db.session.execute(delete(table).where(table.comment_id.in_(ids)))
    _erase_rows_of_files(comments)
    subjects = [f"comment {each.number}" for each in comments]
    entries = update(RecordEntry).where(
        RecordEntry.consultation_id == comments[0].consultation_id,
        RecordEntry.subject.in_(subjects),
        RecordEntry.kind.in_(WITH_WORDS),
    )
    _change(entries.values(salt=""))


def _change(statement: object) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})  # type: ignore[call-overload]


def _erase_rows_of_files(comments: Sequence[Comment]) -> None:
    """Rows of spreadsheets by which comments, or answers beside their words, came in."""
    numbers = [each.number for each in comments]
    mine = select(SheetImport.id).where(SheetImport.consultation_id == comments[0].consultation_id)
    came = select(SheetImport.id).where(
        SheetImport.consultation_id == comments[0].consultation_id,
        SheetImport.kind == SheetKind.COMMENTS,
    )
    db.session.execute(
        delete(SheetRow).where(
            (SheetRow.import_id.in_(came) & SheetRow.result.in_(numbers))
            | (SheetRow.import_id.in_(mine) & SheetRow.ref.in_([str(each) for each in numbers]))
        )
    )


def erase_attachments(comments: Sequence[Comment]) -> tuple[str, ...]:
    """What is known of their files; gives the names of the files themselves."""
    ids = [each.id for each in comments]
    gone = delete(Attachment).where(Attachment.comment_id.in_(ids)).returning(Attachment.stored)
    return tuple(db.session.scalars(gone))


def erase_mail(submission: Submission, address: str) -> None:
    """Mail to the sender that tells of no single comment: it is sealed, so it is read through."""
    if not address:
        return
    query = select(OutboxMail).where(
        OutboxMail.comment_id.is_(None), OutboxMail.created_at >= submission.received_at
    )
    found = [each.id for each in db.session.scalars(query) if _is_about(each, submission)]
    db.session.execute(delete(OutboxMail).where(OutboxMail.id.in_(found)))


def _is_about(mail: OutboxMail, submission: Submission) -> bool:
    return mail.params.get("code") == submission.code
