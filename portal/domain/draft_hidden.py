"""Characters of a draft that nobody sees: kept, shown, and the deceptive ones not published."""

from __future__ import annotations

from portal.domain.draft_lines import split_lines
from portal.domain.draft_tree import DraftWarning
from portal.domain.text import counted, deceptive, hidden


def hidden_warnings(text: str) -> tuple[DraftWarning, ...]:
    """One a line for characters by which it can read as another: they must go before it is
    published. One for the whole text, where the first stands, for marks that only help spelling
    and direction."""
    found: list[DraftWarning] = []
    marks: list[str] = []
    first = 0
    for at, line in enumerate(split_lines(text), start=1):
        unseen = hidden(line)
        if not unseen:
            continue
        if bad := deceptive(line):
            found.append(DraftWarning("hidden_characters", at, {"found": counted(bad)}))
        harmless = [char for char in unseen if char not in bad]
        first = first or (at if harmless else 0)
        marks += harmless
    if marks:
        found.append(DraftWarning("hidden_marks", first, {"found": counted(marks)}))
    return tuple(found)
