"""Reads for the moderation desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.domain.bilingual import Bilingual
from portal.domain.comments import Publication
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.domain.submissions import Channel, SenderClass
from portal.models import Comment, Consultation, ModerationDecision, Submission, User, db

PAGE = 50


@dataclass(frozen=True, slots=True)
class Queued:
    """A comment in the queue."""

    id: int
    slug: str
    title: Bilingual
    number: int
    eid: str | None
    place: str
    publication: Publication
    channel: Channel
    sender_class: SenderClass
    received_at: datetime
    late: bool
    opening: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Fifty comments at most, oldest first; `next` is the id to begin after."""

    items: tuple[Queued, ...]
    next: int | None


def queue(
    consultation_ids: tuple[int, ...], *, status: Publication, after: int = 0, limit: int = PAGE
) -> QueuePage:
    """Comments of these consultations in one status. One query, whatever waits."""
    query = (
        select(Comment, Submission, Consultation)
        .join(Submission, Comment.submission_id == Submission.id)
        .join(Consultation, Comment.consultation_id == Consultation.id)
        .where(
            Comment.consultation_id.in_(consultation_ids),
            Comment.publication == status,
            Comment.id > after,
        )
        .order_by(Comment.id)
        .limit(limit + 1)
    )
    items = tuple(
        Queued(
            id=comment.id,
            slug=of.slug,
            title=Bilingual(of.title_ar, of.title_en),
            number=comment.number,
            eid=comment.eid,
            place=comment.place,
            publication=comment.publication,
            channel=submission.channel,
            sender_class=submission.sender_class,
            received_at=submission.received_at,
            late=submission.late,
            opening=(comment.text or comment.proposed)[:90],
        )
        for comment, submission, of in db.session.execute(query)
    )
    return QueuePage(items[:limit], items[limit - 1].id if len(items) > limit else None)


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A decision in the history of a comment, as staff see it."""

    outcome: Outcome
    ground: Ground | None
    note: str
    spans: int
    by: str
    at: datetime


def history(comment_id: int) -> tuple[PastDecision, ...]:
    """All decisions on a comment, oldest first."""
    query = (
        select(ModerationDecision, User.name)
        .join(User, ModerationDecision.decided_by == User.id)
        .where(ModerationDecision.comment_id == comment_id)
        .order_by(ModerationDecision.id)
    )
    return tuple(
        PastDecision(
            outcome=each.outcome,
            ground=each.ground,
            note=each.note,
            spans=len(each.spans),
            by=name,
            at=each.decided_at,
        )
        for each, name in db.session.execute(query)
    )


def find_mapped(consultation_id: int, number: int) -> Comment | None:
    """The mapped comment with that reference, for services."""
    query = select(Comment).where(
        Comment.consultation_id == consultation_id, Comment.number == number
    )
    return db.session.scalar(query)
