"""A table of a draft as cells: its text is lines of Markdown (`| a | b |`, `domain.drafts`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from portal.domain.draft_comparison import Op

_LINE = re.compile(r"[^\n]+")
_BORDER = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-{3,}:?")
# What is written inside of a cell for a sign that would end it, and for a line break.
_WRITTEN = re.compile(r"\\(?=\|)|<br>")
_BREAK = "<br>"


class Run(NamedTuple):
    """Words that are set alike: `at` is where they begin in the version (-1: nowhere).

    `numbers` are the comments that they are under, `begins` and `ends` those whose words begin
    or end with this run.
    """

    text: str
    at: int = -1
    numbers: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    op: Op = Op.EQUAL


Line = tuple[Run, ...]
Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table; `head` is empty where its first row is like the others."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def runs(self) -> Iterator[Run]:
        """All runs, cell by cell."""
        for row in (self.head, *self.rows):
            for cell in row:
                for line in cell:
                    yield from line

    def changed(self, change: Callable[[Run], Run]) -> Grid:
        """The same cells with `change` made to every run."""

        def cells(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
            return tuple(tuple(tuple(map(change, line)) for line in cell) for cell in row)

        return Grid(cells(self.head), tuple(map(cells, self.rows)))


def grid(runs: Sequence[Run]) -> Grid:
    """The table whose text these runs make; a text without borders is a table of one cell a row."""
    text = "".join(run.text for run in runs)
    rows = [_cells(text, *match.span()) for match in _LINE.finditer(text)]
    ruled = len(rows) > 1 and bool(rows[1]) and all(_RULE.fullmatch(text[a:b]) for a, b in rows[1])
    made = [tuple(_cell(text, runs, *span) for span in row) for row in rows]
    return Grid(made[0], tuple(made[2:])) if ruled else Grid((), tuple(made))


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the cells of a line stand, without the white space at their ends."""
    borders = [match.start() for match in _BORDER.finditer(text, start, end)]
    edges = [start - 1, *borders, end]
    spans = [_trimmed(text, a + 1, b) for a, b in pairwise(edges)]
    first = 1 if borders and spans[0][0] == spans[0][1] else 0
    last = -1 if len(borders) > 1 and spans[-1][0] == spans[-1][1] else None
    return spans[first:last]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cell(text: str, runs: Sequence[Run], start: int, end: int) -> Cell:
    lines: list[list[Run]] = [[]]
    at = start
    for match in _WRITTEN.finditer(text, start, end):
        lines[-1] += _cut(runs, at, match.start())
        if match.group() == _BREAK:
            lines.append([])
        at = match.end()
    lines[-1] += _cut(runs, at, end)
    return tuple(map(tuple, lines))


def _cut(runs: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    """The parts of the runs between two places of the text that they make together."""
    before = 0
    for run in runs:
        a, b = max(start - before, 0), min(end - before, len(run.text))
        if a < b:
            yield run._replace(text=run.text[a:b], at=run.at + a if run.at >= 0 else -1)
        before += len(run.text)
