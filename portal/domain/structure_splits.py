"""Splitting and joining provisions, and the places at which a text could be split."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from portal.domain.draft_markers import DIVISIONS, Marker, find_marker
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.structure import (
    LEAVES,
    Placed,
    Row,
    Rows,
    checked,
    end_of,
    may_hold,
    parent_of,
)
from portal.domain.structure_moves import deeper
from portal.domain.structure_numbers import marker_of, next_number

MOST_BREAKS = 40
LISTED = (ProvisionKind.PARAGRAPH, ProvisionKind.POINT)
_STARTS = re.compile(r"(?<=\n)(?=\S)|(?<=[.؛;:،\s])(?=\S)")
_SENTENCES = re.compile(r"(?<=[.؛;:])\s+(?=\S)")


class Break(NamedTuple):
    """A place where a text could be split: the rest begins at `at`.

    `number` is that of the marker that stands there, or seems to; `sure` where it is one.
    """

    at: int
    number: str
    sure: bool


def breaks(row: Row) -> tuple[Break, ...]:
    """Where `row` could be split, likeliest first: at markers, then at lines, then sentences."""
    if row.kind is ProvisionKind.TABLE:
        return ()
    found = {each.at: each for each in _marked(row)}
    for at in (*_line_starts(row.text), *(m.end() for m in _SENTENCES.finditer(row.text))):
        found.setdefault(at, Break(at, "", sure=False))
    return tuple(found.values())[:MOST_BREAKS]


def _marked(row: Row) -> Iterator[Break]:
    """Places of markers: first the one that is missed, then those at lines, then any other."""
    wanted = next_number(row.number)
    marks: list[tuple[int, Break]] = []
    for found in _STARTS.finditer(row.text):
        at = found.start()
        marker = _marker(row, at)
        if marker and marker.number and at:
            begins = row.text[at - 1] == "\n"
            rank = 0 if marker.number == wanted else 1 if begins else 2
            marks.append((rank, Break(at, marker.number, marker.sure)))
    yield from (each for _rank, each in sorted(marks, key=lambda mark: mark[0]))


def _line_starts(text: str) -> Iterator[int]:
    return (found.end() for found in re.finditer(r"\n\s*(?=\S)", text))


def _marker(row: Row, at: int) -> Marker | None:
    """The marker that stands in the text at `at`, or what a reading made of the one expected."""
    if at and row.text[at - 1].isalnum():  # within a word nothing begins
        return None
    found = find_marker(row.text, at)
    if found and found.kind:
        return found
    wanted = next_number(row.number)
    if row.kind not in LISTED or len(wanted) != 1 or wanted.isascii():
        return None
    # `ي-` at the end of a line comes out of many a file as `يا` or as `ي` alone.
    lost = re.compile(rf"{wanted}[ـا]?[-–—.)]?(?=\s)\s*").match(row.text, at)
    return Marker(row.kind, wanted, lost.end(), sure=False) if lost else None


def split(rows: Rows, at: int, position: int) -> Placed:
    """The text from `position` on becomes a provision of its own, with what stood below.

    A marker that stands there is taken as its marker; else it is of the same kind and numbered
    on. A list in an article's text begins below the article. Raises `structure_split_nothing`.
    """
    row = rows[at]
    first, rest = row.text[:position].rstrip(), row.text[position:].lstrip()
    if row.kind is ProvisionKind.TABLE:
        raise DomainError("structure_table")
    if not rest or not (first or row.heading):
        raise DomainError("structure_split_nothing", field="text")
    new = _split_off(rows, at, len(row.text) - len(rest)) or _numbered_on(row, rest)
    kept = replace(row, text=first)
    return checked(rows, Placed((*rows[:at], kept, new, *rows[at + 1 :]), at + 1))


def _numbered_on(row: Row, rest: str) -> Row:
    number = next_number(row.number)
    marker = marker_of(row.kind, number, row.marker)
    return Row(row.kind, number, marker, text=rest, depth=row.depth)


def _split_off(rows: Rows, at: int, start: int) -> Row | None:
    """What the marker at `start` says the rest is; None where none stands there that can."""
    row, marker = rows[at], _marker(rows[at], start)
    if marker is None or marker.kind is None:
        return None
    depth = row.depth
    if marker.kind in LISTED and marker.kind is not row.kind:
        depth += row.kind is not ProvisionKind.TEXT
        holds = row.kind in DIVISIONS or row.kind in (ProvisionKind.ANNEX, ProvisionKind.TEXT)
        if not holds and marker.kind is not ProvisionKind.POINT:
            return None
    up = parent_of(rows, at)
    if depth == row.depth and not may_hold(None if up is None else rows[up].kind, marker.kind):
        return None
    written = row.text[start : marker.end].strip()
    if not marker.sure and row.kind is marker.kind:
        written = marker_of(marker.kind, marker.number, row.marker)
    rest = row.text[marker.end :].strip()
    return Row(marker.kind, marker.number, written, text=rest, depth=depth) if rest else None


def join(rows: Rows, at: int) -> Placed:
    """Its words, marker and all, go on those before it in the text; what stood below is kept.

    Raises `structure_first` for the first of all, `structure_table` where one of two is a table.
    """
    if not at:
        raise DomainError("structure_first")
    into, row = rows[at - 1], rows[at]
    tables = {into.kind, row.kind} & {ProvisionKind.TABLE}
    if tables and into.kind is not row.kind:
        raise DomainError("structure_table")
    joined = replace(
        into,
        text=_lines(into.text, words_of(row)),
        text_en=_lines(into.text_en, _lines(row.heading_en, row.text_en)),
    )
    end = end_of(rows, at)
    # Nothing stands under plain text or a table: what stood below then stands beside it.
    shift = into.depth - row.depth - (into.kind in LEAVES)
    below = deeper(rows[at + 1 : end], shift)
    return checked(rows, Placed((*rows[: at - 1], joined, *below, *rows[end:]), at - 1))


def words_of(row: Row) -> str:
    """Everything that is written in a provision, its marker too, as plain text."""
    head = " ".join(part for part in (row.marker, row.heading) if part)
    if row.heading or not row.marker:
        return _lines(head, row.text)
    return f"{row.marker} {row.text}".strip()


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
