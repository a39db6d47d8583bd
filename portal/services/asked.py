"""Another public body that was asked says what it thinks of a comment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError
from portal.domain.record import Entry
from portal.domain.text import check_words
from portal.models import Assignment, BodyOpinion, db
from portal.models.ledger import write_down
from portal.queries.asked import AskedRow

LIMIT = 10_000


def advise(actor: Actor, now: datetime, row: AskedRow, text: str) -> BodyOpinion:
    """The body's opinion; a later one takes the place of the earlier. What it was asked is done.

    Raises `opinion_empty`, `text_long`; `not_found` where the comment was given to others.
    """
    if not text.strip():
        raise DomainError("opinion_empty", field="text")
    for error in check_words(text, "text", LIMIT):
        raise error
    given = db.session.get(Assignment, row.comment_id, with_for_update=True)
    if given is None or given.body_id != row.body_id:
        raise DomainError("not_found", status=404)
    query = select(BodyOpinion).where(
        BodyOpinion.comment_id == row.comment_id, BodyOpinion.body_id == row.body_id
    )
    said = db.session.scalar(query) or BodyOpinion(comment_id=row.comment_id, body_id=row.body_id)
    said.text, said.given_by, said.given_at = text.strip(), actor.user_id or 0, now
    given.done_at = now
    db.session.add(said)
    write_down(
        Entry.OPINION_GIVEN,
        at=now,
        subject=f"comment {row.number}",
        content={"comment": row.number, "body": row.body_id, "opinion": said.text},
        consultation_id=row.consultation_id,
        actor_id=actor.user_id,
    )
    db.session.flush()
    return said
