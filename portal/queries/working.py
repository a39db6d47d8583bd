"""Reads beside a response: what I typed and did not record, who else has it open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.models import ResponsePresence, ResponseWorking, User, db

LAPSES = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Working:
    """What a person typed into a form and did not record."""

    typed: dict[str, Any]
    seen: int
    revision: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Other:
    """A colleague who has the same form open, and when their page last said so."""

    name: str
    at: datetime


def working_of(consultation_id: int, user_id: int | None, key: str) -> Working | None:
    """My copy of that form. One query."""
    query = select(ResponseWorking).where(
        ResponseWorking.consultation_id == consultation_id,
        ResponseWorking.user_id == user_id,
        ResponseWorking.key == key,
    )
    found = db.session.scalar(query)
    if found is None:
        return None
    return Working(dict(found.typed), found.seen, found.revision, found.saved_at)


def others_at(
    consultation_id: int, user_id: int | None, key: str, now: datetime
) -> tuple[Other, ...]:
    """Colleagues at that form within the last minute. One query."""
    query = (
        select(User.name, ResponsePresence.at)
        .join(User, ResponsePresence.user_id == User.id)
        .where(
            ResponsePresence.consultation_id == consultation_id,
            ResponsePresence.key == key,
            ResponsePresence.user_id != user_id,
            ResponsePresence.at > now - LAPSES,
        )
        .order_by(ResponsePresence.at.desc(), User.name)
    )
    return tuple(Other(*row) for row in db.session.execute(query))
