"""The expert committee's opinions: on a comment, or one on all that say nearly the same."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError
from portal.domain.record import Entry
from portal.domain.text import check_words
from portal.models import Comment, CommentGroup, GroupOpinion, Opinion, db
from portal.models.ledger import write_down

LIMIT = 10_000


def give_opinion(actor: Actor, now: datetime, comment: Comment, text: str) -> Opinion:
    """A committee member's opinion on a comment; a later one takes the place of the earlier.

    Raises `opinion_empty`, `text_long`.
    """
    _check(text)
    query = select(Opinion).where(
        Opinion.comment_id == comment.id, Opinion.given_by == actor.user_id
    )
    opinion = db.session.scalar(query) or Opinion(comment_id=comment.id, given_by=actor.user_id)
    _keep(opinion, now, text)
    content = {"comment": comment.number, "opinion": opinion.text}
    _write_down(actor, now, comment.consultation_id, f"comment {comment.number}", content)
    return opinion


def give_on_group(actor: Actor, now: datetime, group: CommentGroup, text: str) -> GroupOpinion:
    """One opinion on every comment of a group, on those too that join it later; raises the same."""
    _check(text)
    query = select(GroupOpinion).where(
        GroupOpinion.group_id == group.id, GroupOpinion.given_by == actor.user_id
    )
    opinion = db.session.scalar(query) or GroupOpinion(group_id=group.id, given_by=actor.user_id)
    _keep(opinion, now, text)
    content = {"group": group.id, "opinion": opinion.text}
    _write_down(actor, now, group.consultation_id, f"group {group.id}", content)
    return opinion


def _check(text: str) -> None:
    if not text.strip():
        raise DomainError("opinion_empty", field="text")
    for error in check_words(text, "text", LIMIT):
        raise error


def _keep(opinion: Opinion | GroupOpinion, now: datetime, text: str) -> None:
    opinion.text = text.strip()
    opinion.given_at = now
    db.session.add(opinion)
    db.session.flush()


def _write_down(
    actor: Actor, now: datetime, consultation_id: int, subject: str, content: dict[str, object]
) -> None:
    write_down(
        Entry.OPINION_GIVEN,
        at=now,
        subject=subject,
        content=content,
        consultation_id=consultation_id,
        actor_id=actor.user_id,
    )
    db.session.flush()
