"""Text that is safe in a spreadsheet: never a formula, never longer than a cell."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")
CELL_LIMIT = 32_767
CUT = " […]"


def harmless(text: str) -> str:
    """`text` so that no program runs it as a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(FORMULA) else text


def fitting(text: str) -> str:
    """`text` cut to what a cell can hold, with a mark where it was cut."""
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - len(CUT)] + CUT
