"""What waits for a member of staff, consultation by consultation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from portal.domain.accounts import Actor
from portal.domain.consultations import Phase
from portal.domain.responses import ResponseStatus
from portal.models import (
    Comment,
    Consultation,
    Document,
    DraftVersion,
    Response,
    ResponseComment,
    db,
)
from portal.models import Waiting as Waits
from portal.policies.table import Act, in_phase, may
from portal.queries.consultations import Listed, list_all
from portal.queries.queue import COUNTED
from portal.queries.rows import ANSWERS, with_parts


@dataclass(frozen=True, slots=True)
class Waiting:
    """One consultation's work: how many wait for what, and since when the oldest."""

    consultation: Listed
    pending: int
    oldest: datetime | None
    unanswered: int
    to_approve: int
    returned: int
    working: int


def visible_consultations(actor: Actor, now: datetime) -> tuple[Listed, ...]:
    """The consultations of the bodies that somebody works for."""
    found = list_all(now)
    return tuple(each for each in found if may(actor, Act.OPEN_FILE, body_id=each.body_id))


def load_inbox(actor: Actor, now: datetime) -> tuple[Waiting, ...]:
    """What waits, for every live consultation of my bodies. Four queries."""
    live = [
        each
        for each in visible_consultations(actor, now)
        if each.phase not in (Phase.ARCHIVED, Phase.WITHDRAWN, Phase.CONCLUDED)
    ]
    ids = [each.id for each in live]
    pending = _pending(ids)
    unanswered = _unanswered(ids)
    responses = _responses(ids)
    working = _working(ids)
    nothing = (0, None)
    return tuple(
        Waiting(
            consultation=each,
            pending=pending.get(each.id, nothing)[0],
            oldest=pending.get(each.id, nothing)[1],
            unanswered=unanswered.get(each.id, 0) if in_phase(Act.RESPOND, each.phase) else 0,
            to_approve=responses.get((each.id, ResponseStatus.READY), 0),
            returned=responses.get((each.id, ResponseStatus.RETURNED), 0),
            working=working.get(each.id, 0),
        )
        for each in live
    )


def _pending(ids: list[int]) -> dict[int, tuple[int, datetime]]:
    """Counted along an index up to one more than 500 for each: beyond it, 'more than'."""
    here = Waits.consultation_id == Consultation.id
    some = select(Waits.comment_id).where(here).limit(COUNTED + 1).correlate(Consultation)
    oldest = select(Waits.since).where(here).order_by(Waits.since, Waits.comment_id).limit(1)
    query = select(
        Consultation.id,
        select(func.count()).select_from(some.subquery()).scalar_subquery(),
        oldest.scalar_subquery(),
    ).where(Consultation.id.in_(ids))
    return {row[0]: (row[1], row[2]) for row in db.session.execute(query) if row[1]}


def _unanswered(ids: list[int]) -> dict[int, int]:
    missing = func.sum(case((ResponseComment.response_id.is_(None), 1), else_=0))
    query = (
        with_parts(select(Comment.consultation_id, missing))
        .outerjoin(ResponseComment, ANSWERS)
        .where(Comment.consultation_id.in_(ids))
        .group_by(Comment.consultation_id)
    )
    return {row[0]: int(row[1] or 0) for row in db.session.execute(query)}


def _responses(ids: list[int]) -> dict[tuple[int, ResponseStatus], int]:
    query = (
        select(Response.consultation_id, Response.status, func.count())
        .where(Response.consultation_id.in_(ids))
        .group_by(Response.consultation_id, Response.status)
    )
    return {(row[0], row[1]): row[2] for row in db.session.execute(query)}


def _working(ids: list[int]) -> dict[int, int]:
    query = (
        select(Document.consultation_id, func.count())
        .join(DraftVersion, DraftVersion.document_id == Document.id)
        .where(Document.consultation_id.in_(ids), DraftVersion.published_at.is_(None))
        .group_by(Document.consultation_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
