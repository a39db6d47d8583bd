"""Editions of the matrix: which may follow which, what differs, how far a publication is.

Editions of a consultation are numbered 1, 2, 3 in one row, interim ones among them, so that an
address never changes its meaning (docs/decisions/0023).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from portal.domain.errors import DomainError
from portal.domain.matrices import COLUMNS

# Parts of a kept row that belong to a column without bearing its name.
PARTS = {"provision": ("provision", "place"), "received": ("received", "late")}


class RunStatus(StrEnum):
    """How far a publication is."""

    WAITING = "waiting"
    FREEZING = "freezing"
    TELLING = "telling"
    FILING = "filing"
    DONE = "done"
    FAILED = "failed"


UNPUBLISHED = (RunStatus.WAITING, RunStatus.FREEZING)
UNFINISHED = (*UNPUBLISHED, RunStatus.TELLING)
AT_WORK = (*UNFINISHED, RunStatus.FILING)


class Difference(StrEnum):
    """How a row differs from the edition before."""

    ADDED = "added"
    CHANGED = "changed"


# What was removed has no row that could say so.
REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row that differs: in which columns, and its cells before and after.

    `before` is None where it was added, `after` where it was removed.
    """

    ref: str
    columns: tuple[str, ...]
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def kind(self) -> str:
        """`added`, `changed` or `removed`."""
        if self.after is None:
            return REMOVED
        return Difference.CHANGED if self.before else Difference.ADDED

    def cells(self, whole: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """Of a row what differs; all of it where it was added or removed."""
        if whole is None or not self.columns:
            return dict(whole) if whole else None
        parts = {part for column in self.columns for part in PARTS.get(column, (column,))}
        return {part: value for part, value in whole.items() if part in parts}


class Issued(NamedTuple):
    """An edition that is out."""

    id: int
    number: int
    interim: bool


def refuse_unseen(newest: Issued | None, seen: int | None) -> None:
    """Refuse who asks for an edition and has not seen the newest; None: nobody says.

    Raises `edition_meanwhile` (409).
    """
    number = newest.number if newest else 0
    if seen is not None and seen != number:
        raise DomainError("edition_meanwhile", status=409, number=number)


def corrected_by_next(newest: Issued | None, *, interim: bool, reason: str) -> int | None:
    """The number of the edition that the next one corrects; None where it corrects none.

    A final edition after a final one is a corrigendum and says why (`corrigendum_reason`). What
    is answered in full is not followed by a part of it (`interim_after_final`, 409).
    """
    if newest is None or newest.interim:
        return None
    if interim:
        raise DomainError("interim_after_final", status=409)
    if not reason.strip():
        raise DomainError("corrigendum_reason", field="reason")
    return newest.number


def changed_columns(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns in which two kept rows of one reference differ, in their order.

    Nothing and what an earlier edition did not have yet are the same.
    """
    return tuple(column for column in COLUMNS if _kept(before, column) != _kept(after, column))


def _kept(cells: Mapping[str, Any], column: str) -> list[Any]:
    return [cells.get(part) or None for part in PARTS.get(column, (column,))]
