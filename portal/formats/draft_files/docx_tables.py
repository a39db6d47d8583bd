"""Tables of a DOCX as a grid of cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from portal.formats.draft_files.docx_names import (
    DELETED,
    INSERTED,
    SDT,
    VAL,
    W,
    child,
    is_on,
    number,
)
from portal.formats.draft_files.docx_words import State
from portal.formats.draft_files.xml_parts import Element

_MOST_COLUMNS = 63  # no program makes more
_CELL_CHANGES = {f"{W}cellIns": f"{W}ins", f"{W}cellDel": f"{W}del"}
_GROUPS = frozenset({f"{W}customXml", f"{W}sdtContent", SDT})


class Row(NamedTuple):
    """Cells by column; None where a cell beside or above goes on."""

    cells: list[Element | None]
    header: bool


def table_rows(table: Element, state: State) -> list[Row]:
    """The rows, without those that a tracked change took away or put in."""
    rows = []
    for element in _inside(table, f"{W}tr"):
        properties = child(element, "trPr")
        if not _kept([] if properties is None else properties, state):
            continue
        cells: list[Element | None] = [None] * _columns(properties, "gridBefore", 0)
        for cell in _inside(element, f"{W}tc"):
            cells += _cell(cell, state)
        rows.append(Row(cells[:_MOST_COLUMNS], is_on(properties, "tblHeader")))
    return [row for row in rows if row.cells]


def _cell(cell: Element, state: State) -> list[Element | None]:
    """A cell, and nothing in the further columns it takes."""
    properties = child(cell, "tcPr")
    if not _kept([] if properties is None else properties, state):
        return []
    merged = child(properties, "vMerge")
    goes_on = merged is not None and merged.get(VAL, "continue") == "continue"
    others: list[Element | None] = [None] * (_columns(properties, "gridSpan", 1) - 1)
    return [None if goes_on else cell, *others]


def _kept(properties: Element | list[Element], state: State) -> bool:
    """Does a row or cell with these properties stand, as the reader chose?"""
    kept = True
    for each in properties:
        tag = _CELL_CHANGES.get(each.tag, each.tag)
        if tag in INSERTED or tag in DELETED:
            state.tracked += 1
            kept = kept and state.kept(tag)
    return kept


def _columns(properties: Element | None, name: str, default: int) -> int:
    found = child(properties, name)
    count = None if found is None else number(found.get(VAL))
    return min(max(default if count is None else count, default), _MOST_COLUMNS)


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row; content controls may stand around them."""
    for each in parent:
        if each.tag == tag:
            yield each
        elif each.tag in _GROUPS:
            yield from _inside(each, tag)
