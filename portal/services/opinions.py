"""What members of the expert committee think of a comment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError
from portal.domain.record import Entry
from portal.domain.text import refuse_unsafe
from portal.models import Comment, Opinion, db
from portal.models.ledger import write_down

LIMIT = 10_000


def give_opinion(actor: Actor, now: datetime, comment: Comment, text: str) -> Opinion:
    """A committee member's opinion on a comment; a later one takes the place of the earlier."""
    if not text.strip():
        raise DomainError("opinion_empty", field="text")
    if len(text) > LIMIT:
        raise DomainError("text_long", field="text", maximum=LIMIT, length=len(text))
    refuse_unsafe(text, field="text")
    query = select(Opinion).where(
        Opinion.comment_id == comment.id, Opinion.given_by == actor.user_id
    )
    opinion = db.session.scalar(query) or Opinion(comment_id=comment.id, given_by=actor.user_id)
    opinion.text = text.strip()
    opinion.given_at = now
    db.session.add(opinion)
    write_down(
        Entry.OPINION_GIVEN,
        at=now,
        subject=f"comment {comment.number}",
        content={"comment": comment.number, "opinion": opinion.text},
        consultation_id=comment.consultation_id,
        actor_id=actor.user_id,
    )
    db.session.flush()
    return opinion
