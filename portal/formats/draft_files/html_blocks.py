"""Blocks of an HTML page: headings, lists with their numbers, tables, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable

from portal.domain.drafts import Tracked
from portal.domain.text import squeeze
from portal.formats.draft_files.html_tables import grid
from portal.formats.draft_files.number_formats import arabic_indic, latin, roman
from portal.formats.draft_files.source_lines import SourceLines, heading, labelled, parted
from portal.formats.draft_files.xml_parts import Element

_WHITE = re.compile(r"[ \t\r\n\f]+")
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_INLINE = frozenset({"b", "strong", "ins", "del", "img", "br"})
_BULLET = "•"
_NUMBERS: dict[str, Callable[[int], str]] = {
    "a": latin,
    "A": lambda count: latin(count).upper(),
    "i": roman,
    "I": lambda count: roman(count).upper(),
    "lower-alpha": latin,
    "lower-latin": latin,
    "upper-alpha": lambda count: latin(count).upper(),
    "upper-latin": lambda count: latin(count).upper(),
    "lower-roman": roman,
    "upper-roman": lambda count: roman(count).upper(),
    "arabic-indic": arabic_indic,
}


class Blocks:
    """Gathers words until a block ends; `_label` waits for the first words of its item."""

    def __init__(self, lines: SourceLines, choice: Tracked) -> None:
        self.tracked = 0
        self.pictures = 0
        self._lines = lines
        self._dropped = "del" if choice is Tracked.ACCEPT else "ins"
        self._words: list[str] = []
        self._bold = 0
        self._label = ""
        self._level = 0
        self._cell: list[str] | None = None

    def read(self, root: Element) -> None:
        """Read all that stands in `root`."""
        self._inside(root, bold=False)
        self._flush()

    def _inside(self, element: Element, *, bold: bool) -> None:
        self._write(element.text, bold=bold)
        for child in element:
            self._element(child, bold=bold)
            self._write(child.tail, bold=bold)

    def _element(self, element: Element, *, bold: bool) -> None:
        tag = element.tag
        if tag in _INLINE:
            self._inline(element, bold=bold)
            return
        self._flush()
        if tag in ("ol", "ul"):
            self._list(element, bold=bold)
        elif tag == "table":
            self._table(element)
        elif tag == "pre":
            self._words.append("\n".join("".join(element.itertext()).splitlines()))
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._level = int(tag[1])
            self._inside(element, bold=bold)
        else:
            self._inside(element, bold=bold)
        self._flush()
        self._level = 0

    def _inline(self, element: Element, *, bold: bool) -> None:
        tag = element.tag
        if tag == "br":
            self._words.append("\n")
        elif tag == "img":
            self.pictures += 1
        elif tag in ("ins", "del"):
            self.tracked += 1
            if tag != self._dropped:
                self._inside(element, bold=bold)
        else:
            self._inside(element, bold=True)

    def _write(self, text: str | None, *, bold: bool) -> None:
        if not text:
            return
        words = _WHITE.sub(" ", text)
        if bold and self._bold == sum(map(len, self._words)):
            self._bold += len(words)
        self._words.append(words)

    def _flush(self) -> None:
        """End the paragraph that is open."""
        text, bold = "".join(self._words), self._bold
        self._words, self._bold = [], 0
        stripped = text.strip()
        if not stripped:
            return
        label, self._label = self._label, ""
        if label:
            stripped = labelled(label, stripped, self._level)
        elif self._level:
            stripped = heading(self._level, stripped)
        else:
            stripped = parted(stripped, max(bold - (len(text) - len(text.lstrip())), 0))
        if self._cell is None:
            self._lines.paragraph(stripped)
        else:
            self._cell.append(stripped)

    def _list(self, element: Element, *, bold: bool) -> None:
        items = [child for child in element if child.tag == "li"]
        ordered = element.tag == "ol"
        step = -1 if "reversed" in element.attrib else 1
        count = _whole(element.get("start"), len(items) if step < 0 else 1)
        write = _NUMBERS.get(_kind(element), str)
        self._write(element.text, bold=bold)
        for child in element:
            if child.tag == "li":
                count = _whole(child.get("value"), count)
                self._flush()
                self._label = f"{write(count)}." if ordered else _BULLET
                self._inside(child, bold=bold)
                count += step
            else:
                self._element(child, bold=bold)
            self._flush()
            self._label = ""
            self._write(child.tail, bold=bold)

    def _table(self, element: Element) -> None:
        """A table of one cell is a frame around what it holds."""
        rows, header, caption = grid(element)
        if caption is not None:
            self._inside(caption, bold=False)
            self._flush()
        if [len(row) for row in rows] == [1] and rows[0][0] is not None:
            self._inside(rows[0][0], bold=False)
        elif rows and self._cell is None:
            self._lines.table(
                [[self._words_of(cell) for cell in row] for row in rows], header=header
            )
        elif rows:
            words = [[squeeze(self._words_of(cell)) for cell in row] for row in rows]
            self._cell = [*(self._cell or []), *(" | ".join(row) for row in words)]

    def _words_of(self, cell: Element | None) -> str:
        outer, self._cell = self._cell, []
        if cell is not None:
            self._inside(cell, bold=False)
            self._flush()
        words, self._cell = "\n".join(self._cell), outer
        return words


def _kind(element: Element) -> str:
    style = _STYLE.search(element.get("style") or "")
    return style[1].lower() if style else str(element.get("type") or "1")


def _whole(text: str | None, default: int) -> int:
    try:
        return int(text) if text else default
    except ValueError:
        return default
