"""Reads of the reasons that a body's team keeps, and what fills their placeholders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.domain.responses import Disposition
from portal.models import ReasonTemplate, User, db


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A template as its screen and the form of a response show it."""

    id: int
    title: str
    disposition: Disposition | None
    text_ar: str
    text_en: str
    revision: int
    changed_by: str
    changed_at: datetime


def templates_of(body_id: int) -> tuple[TemplateView, ...]:
    """All templates of a body, by title. One query."""
    query = (
        select(ReasonTemplate, User.name)
        .join(User, ReasonTemplate.changed_by == User.id)
        .where(ReasonTemplate.body_id == body_id)
        .order_by(ReasonTemplate.title)
    )
    return tuple(
        TemplateView(
            id=each.id,
            title=each.title,
            disposition=each.disposition,
            text_ar=each.text_ar,
            text_en=each.text_en,
            revision=each.revision,
            changed_by=name,
            changed_at=each.changed_at,
        )
        for each, name in db.session.execute(query)
    )


def find_template(body_id: int, template_id: int) -> ReasonTemplate | None:
    """The mapped template of that body, for services."""
    query = select(ReasonTemplate).where(
        ReasonTemplate.body_id == body_id, ReasonTemplate.id == template_id
    )
    return db.session.scalar(query)
