"""An answer as a row of a file has it, beside the answer of now: what an import would do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.row_refs import RowRef

FILL_COLUMNS = (
    "disposition",
    "reason_ar",
    "reason_en",
    "places",
    "covered_by",
    "until",
    "body",
    "duplicate_of",
)


@dataclass(frozen=True, slots=True)
class Filled:
    """An answer as a row of a file has it. `places` are `VERSION:EID`; empty: nothing is said."""

    disposition: str = ""
    reason_ar: str = ""
    reason_en: str = ""
    places: tuple[str, ...] = ()
    covered_by: str = ""
    until: str = ""
    body: str = ""
    duplicate_of: str = ""

    @property
    def empty(self) -> bool:
        return self == Filled()

    def digest(self) -> str:
        """Equal for equal answers."""
        parts = (*(getattr(self, name) for name in FILL_COLUMNS if name != "places"), *self.places)
        return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Now:
    """A row as it stands now: its answer, and the references of those that share it."""

    comment_revision: int
    answer: Filled = Filled()
    response_id: int | None = None
    response_revision: int = 0
    status: str = ""
    shared: tuple[RowRef, ...] = ()
    group: str = ""

    @property
    def stand(self) -> str:
        """Changes whenever the comment or its answer does."""
        return f"{self.comment_revision}.{self.response_id or 0}.{self.response_revision}"

    @property
    def token(self) -> str:
        """What a file carries of a row: how it stood, and what its answer was."""
        return f"{self.stand}.{self.answer.digest()}"


class RowState(StrEnum):
    """How a row of a file stands to the answer of now."""

    FAULTY = "faulty"
    UNTOUCHED = "untouched"  # nobody wrote in it since it was given out
    EMPTIED = "emptied"  # an answer was taken out of the file: an import never deletes one
    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"  # the comment or its answer changed since the file was given out


def state_of(filled: Filled, seen: str, now: Now, *, faulty: bool = False) -> RowState:
    """Compare what a file says with what stands now."""
    stand, _, digest = seen.rpartition(".")
    if faulty:
        return RowState.FAULTY
    if filled.digest() == digest:
        return RowState.UNTOUCHED
    if filled.empty:
        return RowState.EMPTIED
    if filled == now.answer:
        return RowState.SAME
    if stand != now.stand:
        return RowState.CONFLICT
    return RowState.CHANGED if now.response_id else RowState.NEW


@dataclass(frozen=True, slots=True)
class Bundle:
    """Rows that are written as one response: they share one, or say the same in one group."""

    rows: tuple[int, ...]
    refs: tuple[RowRef, ...]
    filled: Filled
    now: Now


def bundles(rows: Iterable[tuple[int, RowRef, Filled, Now]]) -> tuple[list[Bundle], list[int]]:
    """Rows by their ids as bundles, and the ids of those that cannot be written as they are.

    A response that answers several rows is changed only where the file says the same of them all:
    else what is said of one would change the others' answer.
    """
    together: dict[object, list[tuple[int, RowRef, Filled, Now]]] = {}
    for row in rows:
        together.setdefault(_key(*row), []).append(row)
    found: list[Bundle] = []
    torn: list[int] = []
    for members in together.values():
        ids = tuple(row for row, _ref, _filled, _now in members)
        refs = tuple(ref for _row, ref, _filled, _now in members)
        _id, _ref, filled, now = members[0]
        alike = all(each == filled for _row, _ref, each, _now in members)
        if now.response_id and (not alike or set(refs) != set(now.shared)):
            torn += ids
        else:
            found.append(Bundle(ids, refs, filled, now))
    return found, torn


def _key(_row: int, ref: RowRef, filled: Filled, now: Now) -> object:
    if now.response_id:
        return now.response_id
    return (now.group, filled) if now.group else ref
