"""Whose work a comment is, and until when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from portal.domain.accounts import Role
from portal.domain.bilingual import Bilingual
from portal.models import (
    Assignment,
    Comment,
    Consultation,
    PublicBody,
    RoleGrant,
    User,
    db,
)


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """To whom a comment is given: a person, a unit or another body; whichever it is not is empty."""

    user_id: int | None
    person: str
    unit: str
    body_id: int | None
    body: Bilingual | None
    due_on: date | None
    by: str
    done_at: datetime | None

    def overdue(self, today: date) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < today


def assignments_of(comment_ids: Collection[int]) -> dict[int, AssignmentView]:
    """By comment. One query."""
    giver = User.__table__.alias("giver")
    query = (
        select(Assignment, User.name, PublicBody, giver.c.name)
        .join(giver, giver.c.id == Assignment.assigned_by)
        .outerjoin(User, User.id == Assignment.user_id)
        .outerjoin(PublicBody, PublicBody.id == Assignment.body_id)
        .where(Assignment.comment_id.in_(comment_ids))
    )
    return {
        given.comment_id: AssignmentView(
            user_id=given.user_id,
            person=person or "",
            unit=given.unit,
            body_id=given.body_id,
            body=Bilingual(body.name_ar, body.name_en) if body else None,
            due_on=given.due_on,
            by=by,
            done_at=given.done_at,
        )
        for given, person, body, by in db.session.execute(query)
    }
