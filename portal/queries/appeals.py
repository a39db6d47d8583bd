"""Reads of appeals: what waits for a ruling, one appeal with the decision it is against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import aliased

from portal.domain.accounts import Role
from portal.domain.appeals import AppealOutcome
from portal.domain.bilingual import Bilingual
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.models import Appeal, Comment, Consultation, ModerationDecision, RoleGrant, User, db
from portal.queries.queue import Reach

PAGE = 50
MOST = 500


@dataclass(frozen=True, slots=True)
class AppealView:
    """An appeal as moderators see it; `against` is the id of who made the decision."""

    id: int
    slug: str
    title: Bilingual
    number: int
    eid: str | None
    text: str
    at: datetime
    against: int
    decided_by: str
    decided_at: datetime
    decision: Outcome
    ground: Ground | None
    outcome: AppealOutcome | None
    reasons: str
    ruled_by: str
    ruled_at: datetime | None


def _select() -> Select[*tuple[Any, ...]]:
    ruled = aliased(User)
    return (
        select(Appeal, ModerationDecision, User.name, ruled.name, Comment, Consultation)
        .join(ModerationDecision, Appeal.decision_id == ModerationDecision.id)
        .join(User, Appeal.against == User.id)
        .outerjoin(ruled, Appeal.decided_by == ruled.id)
        .join(Comment, Appeal.comment_id == Comment.id)
        .join(Consultation, Comment.consultation_id == Consultation.id)
    )


def _view(row: Row[*tuple[Any, ...]]) -> AppealView:
    appeal, decision, name, ruled_by, comment, of = row
    return AppealView(
        id=appeal.id,
        slug=of.slug,
        title=Bilingual(of.title_ar, of.title_en),
        number=comment.number,
        eid=comment.eid,
        text=appeal.text,
        at=appeal.at,
        against=appeal.against,
        decided_by=name,
        decided_at=decision.decided_at,
        decision=decision.outcome,
        ground=decision.ground,
        outcome=appeal.outcome,
        reasons=appeal.reasons,
        ruled_by=ruled_by or "",
        ruled_at=appeal.decided_at,
    )


def open_page(reach: Reach, *, after: int = 0) -> tuple[tuple[AppealView, ...], int | None]:
    """Appeals that wait for a ruling, oldest first, fifty at most; and the id to begin after."""
    query = _select().where(Appeal.outcome.is_(None), Appeal.id > after)
    if reach.body_ids is not None:
        query = query.where(Consultation.body_id.in_(reach.body_ids))
    rows = db.session.execute(query.order_by(Appeal.id).limit(PAGE + 1)).all()
    found = tuple(_view(row) for row in rows)
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def count_open(reach: Reach) -> int:
    """How many wait for a ruling that this member of staff may give; counted up to 500."""
    query = (
        select(Appeal.id)
        .join(Comment, Appeal.comment_id == Comment.id)
        .join(Consultation, Comment.consultation_id == Consultation.id)
        .where(Appeal.outcome.is_(None), Appeal.against != reach.user_id)
    )
    if reach.body_ids is not None:
        query = query.where(Consultation.body_id.in_(reach.body_ids))
    counted = select(func.count()).select_from(query.limit(MOST).subquery())
    return db.session.scalar(counted) or 0


def nobody_rules(appealed: AppealView) -> bool:
    """True where nobody can rule on it: who made the decision is the body's only moderator."""
    body_id = select(Consultation.body_id).where(Consultation.slug == appealed.slug)
    others = (
        select(User.id)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(
            User.active,
            User.id != appealed.against,
            RoleGrant.role == Role.MODERATOR,
            or_(RoleGrant.body_id.is_(None), RoleGrant.body_id == body_id.scalar_subquery()),
        )
    )
    return db.session.scalar(others.limit(1)) is None


def newest_of(consultation_id: int, number: int) -> AppealView | None:
    """The newest appeal on a comment."""
    query = _select().where(Comment.consultation_id == consultation_id, Comment.number == number)
    row = db.session.execute(query.order_by(Appeal.id.desc()).limit(1)).first()
    return _view(row) if row else None
