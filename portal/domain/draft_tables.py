"""A table as a provision holds it: lines of a Markdown pipe table, and as rows of cells."""

from __future__ import annotations

import re
from typing import NamedTuple

_CELL_END = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)

_BLANK = " \t"  # other white space is a character, and characters are shown


class Table(NamedTuple):
    """Rows of cells; a line break in a cell is a line feed. `headed`: the first row is the head."""

    rows: tuple[tuple[str, ...], ...]
    headed: bool = False

    @property
    def columns(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    @property
    def even(self) -> tuple[tuple[str, ...], ...]:
        """The rows, each as wide as the widest."""
        width = self.columns
        return tuple((*row, *("",) * (width - len(row))) for row in self.rows)


def read_table(text: str) -> Table:
    """The table that a provision's text holds; a line without pipes is a row of one cell."""
    rows: list[tuple[str, ...]] = []
    headed = False
    for line in text.split("\n"):
        cells = _cells(line)
        if len(rows) == 1 and not headed and all(_RULE.fullmatch(cell) for cell in cells):
            headed = True
        elif cells:
            rows.append(tuple(map(_shown, cells)))
    return Table(tuple(rows), headed)


def _cells(line: str) -> list[str]:
    stripped = line.strip(_BLANK)
    if not stripped:
        return []
    cells = _CELL_END.split(stripped)
    if stripped.startswith("|"):
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1].strip(_BLANK):
        cells = cells[:-1]
    return [cell.strip(_BLANK) for cell in cells]


def _shown(cell: str) -> str:
    return _BREAK.sub("\n", cell).replace("\\|", "|")


def write_table(table: Table) -> str:
    """The lines of a pipe table; `read_table` gives back the same cells but for outer spaces."""
    lines = [_row(row) for row in table.rows]
    if table.headed and table.rows:
        lines.insert(1, _row(("---",) * len(table.rows[0])))
    return "\n".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    written = (cell.strip(_BLANK).replace("|", "\\|").replace("\n", "<br>") for cell in cells)
    return f"| {' | '.join(written)} |"
