"""What is typed into a response and not recorded yet, kept for its writer; who is at a response."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError, Stale
from portal.models import ResponsePresence, ResponseWorking, db
from portal.queries.working import LAPSES

FRESH = -1  # the revision seen by a form that had no copy
MOST = 200_000  # characters of all fields together


def keep_working(
    actor: Actor,
    now: datetime,
    consultation_id: int,
    key: str,
    typed: Mapping[str, str | list[str]],
    *,
    seen: int,
    copy_seen: int,
) -> int:
    """Keep what somebody typed; gives the revision of the copy.

    `seen` is the response's revision that the form was opened with, `copy_seen` the copy's (`FRESH`
    where there was none). Raises `working_elsewhere` where another window of theirs kept one since.
    """
    if sum(len(name) + sum(map(len, value)) for name, value in typed.items()) > MOST:
        raise DomainError("working_long")
    found = _find(actor, consultation_id, key)
    if (found.revision if found else FRESH) != copy_seen:
        raise Stale("working_elsewhere", at=found.saved_at if found else now)
    if found is None:
        first = ResponseWorking(
            consultation_id=consultation_id,
            user_id=actor.user_id,
            key=key,
            typed=dict(typed),
            seen=seen,
            revision=0,
            saved_at=now,
        )
        if not _add(first):
            raise Stale("working_elsewhere", at=now)
        return 0
    found.typed, found.seen, found.saved_at = dict(typed), seen, now
    found.revision += 1
    db.session.flush()
    return found.revision


def discard_working(actor: Actor, consultation_id: int, key: str) -> None:
    """It was recorded, or is not wanted."""
    db.session.execute(
        delete(ResponseWorking).where(
            ResponseWorking.consultation_id == consultation_id,
            ResponseWorking.user_id == actor.user_id,
            ResponseWorking.key == key,
        )
    )


def _find(actor: Actor, consultation_id: int, key: str) -> ResponseWorking | None:
    query = select(ResponseWorking).where(
        ResponseWorking.consultation_id == consultation_id,
        ResponseWorking.user_id == actor.user_id,
        ResponseWorking.key == key,
    )
    return db.session.scalar(query.with_for_update())


def come(actor: Actor, now: datetime, consultation_id: int, key: str) -> None:
    """Say that somebody has a form open; whoever left long ago is forgotten."""
    if actor.user_id is None:
        return
    db.session.execute(delete(ResponsePresence).where(ResponsePresence.at < now - LAPSES))
    mine = (
        (ResponsePresence.consultation_id == consultation_id)
        & (ResponsePresence.key == key)
        & (ResponsePresence.user_id == actor.user_id)
    )
    seen = update(ResponsePresence).where(mine).values(at=now).returning(ResponsePresence.at)
    if db.session.execute(seen).first() is None:
        here = ResponsePresence(
            consultation_id=consultation_id, key=key, user_id=actor.user_id, at=now
        )
        _add(here)


def _add(row: object) -> bool:
    """Add a row, unless another window of the same person was quicker by a hair."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return False
    return True
