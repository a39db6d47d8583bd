"""To whom comments are given: one list of people and bodies, or a unit in words; and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from portal.domain.errors import DomainError
from portal.domain.given_numbers import whole
from portal.services.assignments import Given

PERSON, BODY = "person", "body"


def given_of(typed: Mapping[str, str]) -> Given:
    """The form as typed: `to` is `person:ID` or `body:ID`; raises `due_not_a_day`."""
    kind, _colon, number = typed.get("to", "").partition(":")
    chosen = whole(number)
    return Given(
        user_id=chosen if kind == PERSON else None,
        body_id=chosen if kind == BODY else None,
        unit=typed.get("unit", ""),
        due_on=_day(typed.get("due", "")),
    )


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as error:
        raise DomainError("due_not_a_day", field="due") from error
