"""Telling the staff of a body what the clock has done to its consultation, once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select

from portal.domain.accounts import Role
from portal.models import Comment, Consultation, RoleGrant, User, db
from portal.models.ledger import post

TOLD = (Role.MODERATOR, Role.DRAFTER, Role.APPROVER)


def tell(now: datetime, consultation_id: int, event: str) -> bool:
    """Mail the people concerned; False where another run was quicker."""
    query = select(Consultation).where(Consultation.id == consultation_id).with_for_update()
    consultation = db.session.scalars(query.execution_options(populate_existing=True)).one()
    column = f"{event}_told_at"
    if getattr(consultation, column):
        return False
    setattr(consultation, column, now)
    received = select(func.count()).where(Comment.consultation_id == consultation_id)
    params = {
        "slug": consultation.slug,
        "title": {"ar": consultation.title_ar, "en": consultation.title_en},
        "received": db.session.scalar(received),
    }
    for address in _addresses(consultation.body_id):
        post(event, to=address, language="ar", now=now, params=params)
    return True


def _addresses(body_id: int) -> list[str]:
    query = (
        select(User.email)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(User.active, RoleGrant.role.in_(TOLD))
        .where(or_(RoleGrant.body_id.is_(None), RoleGrant.body_id == body_id))
        .distinct()
        .order_by(User.email)
    )
    return list(db.session.scalars(query))
