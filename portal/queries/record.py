"""Reads of the record, for the activity log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.domain.accounts import Actor
from portal.domain.record import Entry
from portal.models import Consultation, RecordEntry, User, db
from portal.queries.activity import within_reach

PAGE = 100


@dataclass(frozen=True, slots=True)
class Activity:
    id: int
    kind: Entry
    at: datetime
    subject: str
    slug: str | None
    by: str | None


@dataclass(frozen=True, slots=True)
class ActivityPage:
    entries: tuple[Activity, ...]
    next: int | None


def activity(actor: Actor, *, before: int | None = None) -> ActivityPage:
    """A hundred entries at most of what `actor` administers, newest first, from `before` back."""
    query = (
        select(RecordEntry, Consultation.slug, User.name)
        .outerjoin(Consultation, RecordEntry.consultation_id == Consultation.id)
        .outerjoin(User, RecordEntry.actor_id == User.id)
        .where(within_reach(actor, RecordEntry))
        .order_by(RecordEntry.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        query = query.where(RecordEntry.id < before)
    found = tuple(
        Activity(entry.id, entry.kind, entry.at, entry.subject, slug, name)
        for entry, slug, name in db.session.execute(query)
    )
    return ActivityPage(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)
