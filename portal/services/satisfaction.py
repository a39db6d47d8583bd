"""What an author says of the answer, once; and what a moderator lets be read of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from portal.domain.accounts import Actor
from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.record import Entry
from portal.domain.row_refs import RowRef
from portal.domain.satisfaction import SentenceStatus, check_look, check_sentence
from portal.models import Comment, Consultation, MatrixEdition, MatrixRow, Satisfaction, db
from portal.models.ledger import write_down
from portal.queries.editions import newest_issued
from portal.queries.submissions import find_own


def say(now: datetime, code: str, ref: RowRef, *, satisfied: bool, sentence: str) -> Satisfaction:
    """Whoever holds the receipt says it of the answer to one row of theirs.

    Raises `not_found` (404), `satisfaction_unanswered` (409) where no final edition answers the
    row, `satisfaction_twice` (409), and what `check_sentence` raises. The word is public at once,
    the sentence when a moderator has published it.
    """
    comment, _submission, consultation = find_own(code, ref.number)
    words = check_sentence(sentence)
    edition = _answering(consultation, comment, ref)
    said = db.session.get(Satisfaction, (comment.id, ref.part), populate_existing=True)
    if said is not None:
        raise DomainError("satisfaction_twice", status=409)
    said = Satisfaction(
        comment_id=comment.id,
        part=ref.part,
        consultation_id=consultation.id,
        edition_number=edition,
        satisfied=satisfied,
        sentence=words,
        given_at=now,
        status=SentenceStatus.PENDING if words else None,
    )
    db.session.add(said)
    write_down(
        Entry.SATISFACTION_GIVEN,
        at=now,
        subject=f"comment {comment.number}",
        content={
            "consultation": consultation.slug,
            "row": str(ref),
            "edition": edition,
            "satisfied": satisfied,
            "sentence": words,
        },
        consultation_id=consultation.id,
    )
    db.session.flush()
    return said


def _answering(consultation: Consultation, comment: Comment, ref: RowRef) -> int:
    """The number of the newest edition, which answers that row and is a final one."""
    newest = newest_issued(consultation.id)
    query = select(MatrixRow.disposition).join(
        MatrixEdition, MatrixEdition.id == MatrixRow.edition_id
    )
    found = db.session.scalar(
        query.where(
            MatrixRow.edition_id == (newest.id if newest else 0),
            MatrixRow.ref == str(ref),
            MatrixRow.comment_id == comment.id,
            MatrixEdition.interim.is_(False),
        )
    )
    if newest is None or found is None or comment.publication is Publication.WITHDRAWN:
        raise DomainError("satisfaction_unanswered", status=409)
    return newest.number


def look(
    actor: Actor,
    now: datetime,
    said: Satisfaction,
    *,
    publish: bool,
    ground: Ground | None = None,
) -> None:
    """Let the public read a sentence, or withhold it on a ground; once.

    Raises what `check_look` raises.
    """
    db.session.refresh(said, with_for_update=True)
    check_look(said.status, publish=publish, ground=ground)
    said.status = SentenceStatus.PUBLISHED if publish else SentenceStatus.WITHHELD
    said.ground = None if publish else ground
    said.looked_by, said.looked_at = actor.user_id, now
    comment = db.session.get_one(Comment, said.comment_id)
    ref = RowRef(comment.number, said.part)
    write_down(
        Entry.MODERATED,
        at=now,
        subject=f"comment {comment.number}",
        content={
            "comment": comment.number,
            "sentence_on_row": str(ref),
            "outcome": said.status.value,
            "ground": said.ground.value if said.ground else None,
        },
        consultation_id=said.consultation_id,
        actor_id=actor.user_id,
    )
    db.session.flush()
