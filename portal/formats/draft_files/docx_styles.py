"""Styles of a DOCX, as far as they say what a paragraph is: a heading, a numbered one, contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from portal.formats.draft_files.docx_names import VAL, W, child, is_on, number, val
from portal.formats.draft_files.xml_parts import Element

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_DEEPEST = 20  # styles based on styles


@dataclass(frozen=True, slots=True)
class Style:
    """`level` 0: no heading. `num` and `ilvl` say its place in a list; `num` None: in none."""

    id: str = ""
    level: int = 0
    num: str | None = None
    ilvl: int | None = None
    contents: bool = False
    bold: bool = False


class Styles:
    """The styles by id; the default one for no id or an unknown one."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self._default = ""
        for element in [] if root is None else root.iter(f"{W}style"):
            name = str(element.get(f"{W}styleId", ""))
            self._elements.setdefault(name, element)
            kind, default = element.get(f"{W}type"), element.get(f"{W}default")
            if kind == "paragraph" and default in ("1", "true", "on"):
                self._default = name

    def find(self, name: str | None) -> Style:
        """The style by its id, with what it has from those it is based on."""
        key = name if name in self._elements else self._default
        if key not in self._known:
            self._known[key] = self._read(key, 0)
        return self._known[key]

    def list_of(self, name: str | None) -> str | None:
        """The id of the list that a style of lists stands for."""
        element = self._elements.get(name or "")
        return val(child(child(element, "pPr"), "numPr"), "numId")

    def _read(self, name: str, depth: int) -> Style:
        element = self._elements.get(name)
        if element is None or depth > _DEEPEST:
            return Style(name)
        based = val(element, "basedOn")
        style = self._read(based, depth + 1) if based else Style()
        properties = child(element, "pPr")
        own = child(properties, "numPr")
        style_name = (val(element, "name") or "").lower()
        level = heading_level(properties)
        named = _HEADING.fullmatch(style_name)
        if named or style_name == "title":
            level = int(named[1]) if named else 1
        r_pr = child(element, "rPr")
        return replace(
            style,
            id=name,
            level=style.level if level is None else level,
            num=style.num if val(own, "numId") is None else val(own, "numId"),
            ilvl=style.ilvl if val(own, "ilvl") is None else number(val(own, "ilvl")),
            contents=style.contents or re.match(r"toc\b", style_name) is not None,
            bold=style.bold if child(r_pr, "b") is None else is_on(r_pr, "b"),
        )


def heading_level(properties: Element | None) -> int | None:
    """The level of a heading that a paragraph's properties give it; 9 in the file is none."""
    found = child(properties, "outlineLvl")
    level = None if found is None else number(found.get(VAL))
    return None if level is None else (level + 1 if 0 <= level < 9 else 0)
