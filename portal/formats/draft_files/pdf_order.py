"""Signs as they stand on a line put into the order in which they are read.

The way back of UAX 9: a line runs from right to left where most of its letters do, and within it
numbers and foreign words run from left to right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from portal.formats.draft_files.pdf_glyphs import Glyph

_RIGHT = frozenset({"R", "AL"})
_DIGITS = frozenset({"EN", "AN"})
_WITHIN_NUMBERS = frozenset(",.:/٫٬")  # one of them between two digits belongs to the number
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def direction(glyphs: Sequence[Glyph]) -> int:
    """Above 0: from right to left; below 0: from left to right; 0: nothing that says."""
    kinds = [_kind(glyph) for glyph in glyphs]
    return sum(kind in _RIGHT for kind in kinds) - kinds.count("L")


def reading_order(glyphs: Sequence[Glyph], *, leftwards: bool) -> str:
    """The words of a line, of signs given from left to right."""
    if not leftwards:
        return _runs(list(glyphs), outer="L")
    return _runs(list(reversed(glyphs)), outer="R")


def mirrored(text: str) -> str:
    """Brackets turned round."""
    return text.translate(_MIRRORED)


def _runs(glyphs: list[Glyph], outer: str) -> str:
    kinds = [_kind(glyph) for glyph in glyphs]
    text: list[str] = []
    at = 0
    while at < len(glyphs):
        end = _end_of_run(glyphs, kinds, at, outer)
        if end > at:
            text += [glyph.text for glyph in reversed(glyphs[at:end])]
            at = end
        else:
            text.append(glyphs[at].text)
            at += 1
    return "".join(text)


def _end_of_run(glyphs: list[Glyph], kinds: list[str], at: int, outer: str) -> int:
    """Where the run that goes the other way ends; `at` where none begins."""
    if outer == "L":
        return _last(kinds, at, _RIGHT) if kinds[at] in _RIGHT else at
    if kinds[at] == "L":
        return _last(kinds, at, frozenset({"L"}))
    if kinds[at] not in _DIGITS:
        return at
    end = _end_of_number(glyphs, kinds, at)
    # `ISO 9001` within an Arabic line is one foreign run.
    name = end
    while name < len(glyphs) and glyphs[name].text.isspace():
        name += 1
    if name < len(kinds) and kinds[name] == "L":
        return _last(kinds, name, frozenset({"L"}))
    return end


def _last(kinds: list[str], at: int, strong: frozenset[str]) -> int:
    """Behind the last of the letters of that direction before one of the other, or the end."""
    last = at
    while at < len(kinds):
        if kinds[at] in strong:
            last = at
        elif kinds[at] in _RIGHT or kinds[at] == "L":
            break
        at += 1
    return last + 1


def _end_of_number(glyphs: list[Glyph], kinds: list[str], at: int) -> int:
    end = at + 1
    while end < len(glyphs):
        inner = glyphs[end].text in _WITHIN_NUMBERS
        if kinds[end] in _DIGITS:
            end += 1
        elif inner and end + 1 < len(glyphs) and kinds[end + 1] in _DIGITS:
            end += 2
        else:
            break
    return end


def _kind(glyph: Glyph) -> str:
    kind = unicodedata.bidirectional(glyph.text[0])
    return "AL" if kind == "R" else kind
