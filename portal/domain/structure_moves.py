"""Acts that change what stands where: move, indent, outdent, insert, delete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from portal.domain.draft_markers import DIVISIONS
from portal.domain.errors import DomainError
from portal.domain.structure import Placed, Row, Rows, before, checked, end_of
from portal.domain.structure_numbers import marker_of, next_number


def deeper(rows: Sequence[Row], by: int) -> Rows:
    """The same rows, `by` levels further in."""
    return tuple(replace(row, depth=row.depth + by) for row in rows)


def move_up(rows: Rows, at: int) -> Placed:
    """Before its sibling before, with all below it. Raises `structure_first`."""
    up = before(rows, at)
    if up is None:
        raise DomainError("structure_first")
    end = end_of(rows, at)
    return Placed(rows[:up] + rows[at:end] + rows[up:at] + rows[end:], up)


def move_down(rows: Rows, at: int) -> Placed:
    """Behind its next sibling, with all below it. Raises `structure_last`."""
    end = end_of(rows, at)
    if end == len(rows) or rows[end].depth != rows[at].depth:
        raise DomainError("structure_last")
    after = end_of(rows, end)
    moved = rows[:at] + rows[end:after] + rows[at:end] + rows[after:]
    return Placed(moved, at + after - end)


def indent(rows: Rows, at: int) -> Placed:
    """Under the sibling before it, with all below it. Raises `structure_no_parent`."""
    if before(rows, at) is None:
        raise DomainError("structure_no_parent")
    end = end_of(rows, at)
    return checked(rows, Placed(rows[:at] + deeper(rows[at:end], 1) + rows[end:], at))


def outdent(rows: Rows, at: int) -> Placed:
    """One level further out; what followed beside it then stands under it, so no word moves.

    Raises `structure_outermost`.
    """
    if not rows[at].depth:
        raise DomainError("structure_outermost")
    return checked(rows, Placed(lifted(rows, at, rows[at].depth - 1), at))


def lifted(rows: Rows, at: int, depth: int) -> Rows:
    """`rows` with the one at `at` out at `depth`, nothing moved: what followed hangs under it."""
    old, end = rows[at].depth, end_of(rows, at)
    beside = end
    while beside < len(rows) and rows[beside].depth >= old:
        beside += 1
    own = deeper(rows[at:end], depth - old)
    following = deeper(rows[end:beside], depth + 1 - old)
    return rows[:at] + own + following + rows[beside:]


def insert(rows: Rows, at: int) -> Placed:
    """An empty provision of the same kind after this one and all below it, numbered on."""
    row, end = rows[at], end_of(rows, at)
    number = next_number(row.number)
    marker = marker_of(row.kind, number, row.marker)
    new = Row(row.kind, number, marker, depth=row.depth)
    return Placed((*rows[:end], new, *rows[end:]), end)


def delete(rows: Rows, at: int) -> Placed:
    """Take out a provision without words and without anything below it.

    Raises `structure_not_empty`, `structure_only_one`.
    """
    row = rows[at]
    if any((row.heading, row.text, row.heading_en, row.text_en)) or end_of(rows, at) > at + 1:
        raise DomainError("structure_not_empty")
    if len(rows) == 1:
        raise DomainError("structure_only_one")
    return Placed(rows[:at] + rows[at + 1 :], max(at - 1, 0))


def is_division(row: Row) -> bool:
    """Whether it heads others: a part, a chapter, a section or an article."""
    return row.kind in DIVISIONS
