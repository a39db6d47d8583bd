"""Spreadsheets that are given out, filled in anywhere and taken in again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class SheetKind(StrEnum):
    """What a file brings: answers to rows of the matrix, or comments in the ISO template."""

    ANSWERS = "answers"
    COMMENTS = "comments"


class SheetStatus(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    READ = "read"  # to be looked through and confirmed
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"
    DISCARDED = "discarded"


RUNNING = (SheetStatus.WAITING, SheetStatus.READING, SheetStatus.WRITING)


class RowOutcome(StrEnum):
    """What became of a row of a file."""

    NONE = "none"  # nothing yet
    RECORDED = "recorded"
    REFUSED = "refused"
    LEFT = "left"  # nothing to do: the same, empty, faulty, or not chosen


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was read: every cell as text, `rows[0]` the first row of the sheet.

    `formulas` are the names of cells that hold one, `merged` the ranges that were made one:
    `(first row, first column, last row, last column)`, from 0.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    formulas: frozenset[str] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def cell(self, row: int, column: int) -> str:
        """What stands there, without the white space around it; nothing beyond the edge."""
        words = self.rows[row][column] if column < len(self.rows[row]) else ""
        return words.replace("\r\n", "\n").replace("_x000D_", "").strip()

    def merged_at(self, row: int, columns: Iterable[int]) -> int | None:
        """The first of `columns` that is a part of a merged range in this row."""
        for column in columns:
            for top, first, bottom, last in self.merged:
                if top <= row <= bottom and first <= column <= last:
                    return column
        return None


def cell_name(row: int, column: int) -> str:
    """`C17` for row 16 and column 2, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def column_number(letters: str) -> int:
    """1 for `A`, 27 for `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell."""

    cell: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        return {"cell": self.cell, "code": self.code, "params": dict(self.params)}
