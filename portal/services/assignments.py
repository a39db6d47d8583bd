"""Giving comments to somebody to study: a person, a unit in words, or another public body."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select, update

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError
from portal.domain.text import check_words
from portal.models import Assignment, PublicBody, db
from portal.models.telling_staff import staff_of, tell_staff
from portal.policies.table import TABLE, Act
from portal.queries.notes import colleagues

UNIT_LIMIT = 200
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Given:
    """To whom, one of the three, and until when (a day in Amman)."""

    user_id: int | None = None
    unit: str = ""
    body_id: int | None = None
    due_on: date | None = None


def assign(
    actor: Actor, now: datetime, today: date, own_body: int, comments: Collection[int], given: Given
) -> int:
    """Give comments to one; who had them before has them no longer. Gives how many.

    Raises `assignee_missing`, `assignee_several`, `no_such_person`, `no_such_body`, `text_long`,
    `due_in_the_past`.
    """
    given = _checked(given, today, own_body)
    ids = sorted(set(comments))
    _forget(ids)
    db.session.add_all(
        Assignment(
            comment_id=each,
            user_id=given.user_id,
            unit=given.unit,
            body_id=given.body_id,
            due_on=given.due_on,
            assigned_by=actor.user_id or 0,
            assigned_at=now,
        )
        for each in ids
    )
    db.session.flush()
    _tell(actor, now, given, ids)
    return len(ids)


def _tell(actor: Actor, now: datetime, given: Given, ids: Collection[int]) -> None:
    """The person, or the other body's staff, by mail; nobody of what they did themselves."""
    if given.body_id:
        people = staff_of(given.body_id, TABLE[Act.READ_ASKED].roles)
    else:
        people = {given.user_id} if given.user_id else set()
    tell_staff(now, people - {actor.user_id or 0}, "asked" if given.body_id else "given", ids)


def take_back(comments: Collection[int]) -> None:
    """These comments are nobody's in particular."""
    _forget(sorted(set(comments)))


def finish(now: datetime, comment_id: int, *, done: bool = True) -> None:
    """Say that the work on a comment is done, or that it is not."""
    query = update(Assignment).where(Assignment.comment_id == comment_id)
    db.session.execute(query.values(done_at=now if done else None))


def _forget(ids: list[int]) -> None:
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        db.session.execute(delete(Assignment).where(Assignment.comment_id.in_(some)))


def _checked(given: Given, today: date, own_body: int) -> Given:
    unit = given.unit.strip()
    named = [each for each in (given.user_id, given.body_id, unit) if each]
    if len(named) != 1:
        raise DomainError("assignee_several" if named else "assignee_missing", field="person")
    for error in check_words(unit, "unit", UNIT_LIMIT):
        raise error
    if given.user_id and given.user_id not in colleagues(own_body):
        raise DomainError("no_such_person", field="person")
    if given.body_id:
        known = select(PublicBody.id).where(PublicBody.id == given.body_id)
        if db.session.scalar(known) is None:
            raise DomainError("no_such_body", field="person", slug=given.body_id)
    if given.due_on and given.due_on < today:
        raise DomainError("due_in_the_past", field="due")
    return Given(given.user_id, unit, given.body_id, given.due_on)
