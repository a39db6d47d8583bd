"""Tables of HTML as a grid of cells."""

from __future__ import annotations

from collections.abc import Iterator

from portal.formats.draft_files.xml_parts import Element

_MOST = 63  # columns of a cell, as in word processors
_GROUPS = frozenset({"thead", "tbody", "tfoot", "form"})
Grid = list[list[Element | None]]


def grid(table: Element) -> tuple[Grid, bool, Element | None]:
    """Cells by row and column (None where one beside or above goes on), whether the first row
    names the columns, and the caption."""
    rows: Grid = []
    below: dict[int, int] = {}  # column -> how many rows a cell above still takes
    header = False
    for element in _rows(table):
        cells = [cell for cell in element if cell.tag in ("td", "th")]
        row: list[Element | None] = []
        for cell in cells:
            _skip(row, below)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for at in range(len(row), len(row) + wide):
                below[at] = high - 1
            row += [cell, *[None] * (wide - 1)]
        _skip(row, below)
        if row and not rows:
            header = all(cell.tag == "th" for cell in cells) or element.getparent().tag == "thead"
        if row:
            rows.append(row[:_MOST])
    return rows, header, table.find("caption")


def _skip(row: list[Element | None], below: dict[int, int]) -> None:
    while below.get(len(row), 0) > 0:
        below[len(row)] -= 1
        row.append(None)


def _rows(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == "tr":
            yield child
        elif child.tag in _GROUPS:
            yield from _rows(child)


def _span(cell: Element, name: str) -> int:
    text = str(cell.get(name) or "")
    return min(max(int(text), 1), _MOST) if text.isdecimal() and len(text) < 6 else 1
