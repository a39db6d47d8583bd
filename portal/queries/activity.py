"""Reads of the activity log, for administrators: of their own public bodies, or of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true

from portal.domain.accounts import Actor, administered
from portal.models import Consultation, RecordEntry, RoleGrant, StaffAct, User, db

PAGE = 100
PORTION = 1000


@dataclass(frozen=True, slots=True)
class Done:
    """One act; `by` is None for the console, `slug` where it is about no one consultation."""

    id: int
    at: datetime
    by: str | None
    what: str
    slug: str | None
    about: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the log is narrowed to; `since` is in, `until` is not."""

    by: int | None = None
    what: str = ""
    slug: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DonePage:
    acts: tuple[Done, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class Doer:
    """Somebody who may be chosen in the filter."""

    id: int
    name: str


def page_of(actor: Actor, asked: Asked, *, before: int | None = None) -> DonePage:
    """A hundred acts at most, newest first, from `before` back."""
    found = _read(actor, asked, before, PAGE + 1)
    return DonePage(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def all_of(actor: Actor, asked: Asked) -> Iterator[Done]:
    """All of them, newest first, read a portion at a time: memory stays bounded."""
    before: int | None = None
    while found := _read(actor, asked, before, PORTION):
        yield from found
        before = found[-1].id


def doers(actor: Actor) -> tuple[Doer, ...]:
    """The staff whose acts may be read here, by name."""
    query = select(User.id, User.name).where(_of_staff(actor, User.id)).order_by(User.name, User.id)
    return tuple(Doer(*row) for row in db.session.execute(query))


def within_reach(actor: Actor, of: type[StaffAct] | type[RecordEntry]) -> ColumnElement[bool]:
    """What of a log an administrator reads: for one body, what was done to its consultations, and
    what its staff did to none. Wants `Consultation` joined."""
    bodies = administered(actor)
    if bodies is None:
        return true()
    who = of.user_id if issubclass(of, StaffAct) else of.actor_id
    return or_(
        Consultation.body_id.in_(bodies),
        and_(of.consultation_id.is_(None), _of_staff(actor, who)),
    )


def _of_staff(actor: Actor, who: Any) -> ColumnElement[bool]:
    bodies = administered(actor)
    if bodies is None:
        return true()
    return who.in_(select(RoleGrant.user_id).where(RoleGrant.body_id.in_(bodies)))


def _read(actor: Actor, asked: Asked, before: int | None, limit: int) -> tuple[Done, ...]:
    query = (
        select(StaffAct, User.name, Consultation.slug)
        .outerjoin(User, StaffAct.user_id == User.id)
        .outerjoin(Consultation, StaffAct.consultation_id == Consultation.id)
        .where(within_reach(actor, StaffAct), *_narrowed(asked))
        .order_by(StaffAct.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(StaffAct.id < before)
    return tuple(
        Done(act.id, act.at, name, act.what, slug, act.about)
        for act, name, slug in db.session.execute(query)
    )


def _narrowed(asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.by is not None:
        yield StaffAct.user_id == asked.by
    if asked.what:
        yield StaffAct.what == asked.what
    if asked.slug:
        yield Consultation.slug == asked.slug
    if asked.since:
        yield StaffAct.at >= asked.since
    if asked.until:
        yield StaffAct.at < asked.until
