"""Automatic numbering of a DOCX computed as a reader sees it: `أ-`, `(٢)`, `المادة 4`.

After ECMA-376 part 1, 17.9. Lists that share their definition count on together, save where one
of them says where it starts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.formats.draft_files.docx_names import VAL, W, child, is_on, number, val
from portal.formats.draft_files.docx_styles import Styles
from portal.formats.draft_files.number_formats import (
    abjad,
    alphabet,
    arabic_indic,
    latin,
    roman,
)
from portal.formats.draft_files.xml_parts import Element

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # a sign of a font of symbols
BULLET = "•"
_WRITE: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02d}",
    "arabicAbjad": abjad,
    "arabicAlpha": alphabet,
    # In Arabic documents the digits ٠١٢ are called Hindi.
    "hindiNumbers": arabic_indic,
    "hindiCounting": arabic_indic,
    "lowerLetter": latin,
    "upperLetter": lambda count: latin(count).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda count: roman(count).upper(),
    "none": lambda _count: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    write: Callable[[int], str]
    text: str
    legal: bool
    restart: int | None
    style: str | None
    bullet: bool


@dataclass(frozen=True, slots=True)
class _List:
    """`counts` is shared by all lists of one definition; `starts` are this list's own."""

    levels: dict[int, _Level]
    starts: dict[int, int]
    counts: list[int | None]
    used: set[int]


class Numbering:
    """The numbers of the paragraphs, in the order of the document."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._root = root
        self._styles = styles
        self._definitions: dict[str, Element] = {}
        self._numbers: dict[str, Any] = {}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        for element in [] if root is None else root:
            if element.tag == f"{W}abstractNum":
                self._definitions[str(element.get(f"{W}abstractNumId"))] = element
            elif element.tag == f"{W}num":
                self._numbers[str(element.get(f"{W}numId"))] = element

    def level_of_style(self, num: str, style: str) -> int | None:
        """The level of a list that is bound to a style."""
        found = self._list(num)
        for at, level in found.levels.items() if found else ():
            if level.style == style:
                return at
        return None

    def next(self, num: str, ilvl: int) -> str:
        """The number of the next paragraph of that list; "" where it shows none."""
        found = self._list(num)
        level = found.levels.get(ilvl) if found else None
        if found is None or level is None:
            return ""
        _count(found, ilvl, level)
        if level.bullet:
            return BULLET if _PRIVATE.search(level.text) or not level.text else level.text
        return _PLACE.sub(lambda place: _written(found, level, int(place[1]) - 1), level.text)

    def _list(self, num: str) -> _List | None:
        if num not in self._lists:
            self._lists[num] = self._read(num)
        return self._lists[num]

    def _read(self, num: str) -> _List | None:
        key = val(self._numbers.get(num), "abstractNumId") or ""
        definition: Any = self._definitions.get(key)
        if definition is None:
            return None
        linked = self._styles.list_of(val(definition, "numStyleLink"))
        if linked and linked != num and linked in self._numbers:
            key = val(self._numbers[linked], "abstractNumId") or key
            definition = self._definitions.get(key, definition)
        levels = dict(map(_level, definition.findall(f"{W}lvl")))
        starts: dict[int, int] = {}
        for override in self._numbers[num].findall(f"{W}lvlOverride"):
            own = child(override, "lvl")
            if own is not None:
                levels.update([_level(own)])
            start = number(val(override, "startOverride"))
            if start is not None:
                starts[number(override.get(f"{W}ilvl")) or 0] = start
        counts = self._counts.setdefault(key, [None] * LEVELS)
        return _List(levels, starts, counts, set())


def _level(element: Element) -> tuple[int, _Level]:
    kind = val(element, "numFmt") or "decimal"
    start = number(val(element, "start"))
    text = child(element, "lvlText")
    level = _Level(
        start=1 if start is None else start,
        write=_WRITE.get(kind, str),
        text="" if text is None else str(text.get(VAL, "")),
        legal=is_on(element, "isLgl"),
        restart=number(val(element, "lvlRestart")),
        style=val(element, "pStyle"),
        bullet=kind == "bullet",
    )
    return min(max(number(element.get(f"{W}ilvl")) or 0, 0), LEVELS - 1), level


def _count(found: _List, ilvl: int, level: _Level) -> None:
    before = found.counts[ilvl]
    if ilvl in found.starts and ilvl not in found.used:
        found.counts[ilvl] = found.starts[ilvl]
        found.used.add(ilvl)
    else:
        first = found.starts.get(ilvl, level.start)
        found.counts[ilvl] = first if before is None else before + 1
    for deeper in range(ilvl + 1, LEVELS):
        restart = found.levels[deeper].restart if deeper in found.levels else None
        if restart is None or ilvl < restart:
            found.counts[deeper] = None


def _written(found: _List, level: _Level, ilvl: int) -> str:
    """The count of a level, as `level` shows it."""
    own = found.levels.get(ilvl)
    if own is None:
        return ""
    count = found.counts[ilvl]
    shown = found.starts.get(ilvl, own.start) if count is None else count
    return str(shown) if level.legal else own.write(shown)
