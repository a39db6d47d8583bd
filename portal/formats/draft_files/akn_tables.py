"""Tables of Akoma Ntoso as lines of a pipe table."""

from __future__ import annotations

from lxml import etree

from portal.domain.draft_tables import Table, write_table
from portal.formats.draft_files.akn_inline import local, words_of

_MOST_COLUMNS = 100


def table_text(element: etree._Element) -> str:
    """The rows of a table; a cell over several columns is followed by empty ones."""
    rows, heads = [], []
    for row in element.iter("{*}tr"):
        cells = [cell for cell in row if local(cell) in ("td", "th")]
        heads.append(bool(cells) and all(local(cell) == "th" for cell in cells))
        rows.append(tuple(text for cell in cells for text in _cell(cell)))
    return write_table(Table(tuple(rows), headed=bool(heads) and heads[0]))


def _cell(cell: etree._Element) -> list[str]:
    blocks = list(cell)
    plain = all(local(block) == "p" for block in blocks) and not (cell.text or "").strip()
    words = "\n".join(map(words_of, blocks)) if blocks and plain else words_of(cell)
    span = cell.get("colspan") or "1"
    wide = min(int(span), _MOST_COLUMNS) if span.isascii() and span.isdigit() else 1
    return [words, *("",) * (wide - 1)]
