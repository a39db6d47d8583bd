"""Whose work a comment is, and until when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, literal, or_, select
from sqlalchemy.orm import aliased

from portal.domain.bilingual import Bilingual
from portal.models import Assignment, Comment, Consultation, PublicBody, User, db

MOST = 50


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """To whom a comment is given: a person, a unit or another body; the other two are empty."""

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
    giver = aliased(User)
    query = (
        select(Assignment, User.name, PublicBody, giver.name)
        .join(giver, giver.id == Assignment.assigned_by)
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


@dataclass(frozen=True, slots=True)
class Work:
    """Comments of one consultation that are due on one day; `number` where it is one comment."""

    slug: str
    title: Bilingual
    body_id: int
    due_on: date | None
    many: int
    number: int | None
    whose: str = ""


def my_work(user_id: int | None) -> tuple[Work, ...]:
    """What is given to somebody and not done, what is due first at the head. One query."""
    query = _due(select(*_COLUMNS, literal(""))).where(Assignment.user_id == user_id)
    return _work(query)


def handed_on(user_id: int | None) -> tuple[Work, ...]:
    """What somebody gave to others and is not done: to a person, a unit or a body. One query."""
    whose = case(
        (Assignment.user_id.is_not(None), User.name),
        (Assignment.body_id.is_not(None), PublicBody.name_ar),
        else_=Assignment.unit,
    )
    query = (
        _due(select(*_COLUMNS, whose))
        .outerjoin(User, User.id == Assignment.user_id)
        .outerjoin(PublicBody, PublicBody.id == Assignment.body_id)
        .where(
            Assignment.assigned_by == user_id,
            or_(Assignment.user_id.is_(None), Assignment.user_id != user_id),
        )
        .group_by(whose)
    )
    return _work(query)


_COLUMNS = (
    Consultation.slug,
    Consultation.title_ar,
    Consultation.title_en,
    Consultation.body_id,
    Assignment.due_on,
    func.count(),
    func.min(Comment.number),
)


def _due(query: Any) -> Any:
    return (
        query.join(Comment, Comment.id == Assignment.comment_id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Assignment.done_at.is_(None))
        .group_by(Consultation.id, Assignment.due_on)
        .order_by(Assignment.due_on.is_(None), Assignment.due_on, Consultation.id)
        .limit(MOST)
    )


def _work(query: Any) -> tuple[Work, ...]:
    return tuple(
        Work(slug, Bilingual(ar, en), body, due, many, first if many == 1 else None, whose or "")
        for slug, ar, en, body, due, many, first, whose in db.session.execute(query)
    )
