"""What can be a heading in a draft, and which headings of tables begin an annex."""

from __future__ import annotations

from dataclasses import replace

from portal.domain.draft_lines import Line
from portal.domain.draft_markers import DIVISIONS, find_marker
from portal.domain.drafts import ProvisionKind

HEADING_LENGTH = 120
_OPENING = ("«", "“", '"', "(")


def is_heading(words: str) -> bool:
    """Short enough for one, and nothing that would become a part of the marker before it."""
    return len(words) <= HEADING_LENGTH and (words[:1].isdigit() or starts_plainly(words))


def starts_plainly(words: str) -> bool:
    """Signs at the start of a line would become a part of the marker that it is put behind."""
    return (words[:1].isalpha() and words[0] != "ـ") or words.startswith(_OPENING)


def settle_lists(found: list[Line]) -> list[Line]:
    """`الجدول رقم (1)` begins an annex behind the articles, where its table follows.

    Elsewhere it is a line as any other, and the table belongs to the article it stands in.
    """
    behind = _end_of_body(found)
    return [
        _as_text(line)
        if line.form == "list" and not (at > behind and _table_follows(found, at))
        else line
        for at, line in enumerate(found)
    ]


def _end_of_body(found: list[Line]) -> int:
    """The last line before the annexes that begins an article or another division."""
    last = -1
    for at, line in enumerate(found):
        if line.kind is ProvisionKind.ANNEX and line.form != "list":
            break
        if line.form == "heading" or (line.kind in DIVISIONS and line.form != "list"):
            last = at
    return last


def _table_follows(found: list[Line], at: int) -> bool:
    """At once, or under one line that names it."""
    line, rest = found[at], found[at + 1 : at + 3]
    if line.rest and (not is_heading(line.rest) or find_marker(line.rest, 0)):
        return False
    if rest and rest[0].form == "row":
        return True
    named = len(rest) == 2 and not line.rest and rest[0].kind is None and not rest[0].form
    return named and is_heading(rest[0].words) and rest[1].form == "row"


def _as_text(line: Line) -> Line:
    return replace(line, kind=None, number="", marker="", rest=line.words, form="", marked=False)
