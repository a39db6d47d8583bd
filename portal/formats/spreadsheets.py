"""Text that is safe in a spreadsheet: never a formula, never longer than a cell."""

from __future__ import annotations

# The last four are what `= + - @` become where somebody types in full width.
FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
CELL_LIMIT = 32_767  # in UTF-16 units, as spreadsheets count
CUT = " […]"


def harmless(text: str) -> str:
    """`text` so that no program runs it as a formula (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in FORMULA else text


def fitting(text: str) -> str:
    """`text` cut to what a cell can hold, with a mark where it was cut."""
    if len(text) <= CELL_LIMIT // 2:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= CELL_LIMIT * 2:
        return text
    # Half of a character at the cut is left out.
    return units[: (CELL_LIMIT - len(CUT)) * 2].decode("utf-16-le", "ignore") + CUT
