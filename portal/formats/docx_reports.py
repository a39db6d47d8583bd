"""Reports as DOCX, right to left in Arabic and left to right in English: page, headings, tables."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from docx import Document
from docx.shared import Mm
from lxml import etree

from portal.formats.draft_files.docx_out_styles import LOOKS, UI, Look, dress, style_id
from portal.formats.draft_files.docx_xml import WIDTH, element, field, runs, within
from portal.formats.draft_files.shown import shown

GREEN, PALE, RULE = "0B5541", "E4EFE9", "C9C5B8"
_STRONG = re.compile("[A-Za-z\u00c0-\u024f\u0621-\u064a]")
_ARABIC = re.compile("[\u0621-\u064a]")
_PROPERTY = 255
REPORT = {
    **LOOKS,
    "Normal": Look(UI, 21, after=100),
    "Law": Look(UI, 21, after=100),
    "Title": Look(UI, 40, before=60, after=80, bold=True, colour=GREEN, keep=True),
    "Subtitle": Look(UI, 26, after=200, bold=True),
    "Heading 1": Look(UI, 30, before=360, after=120, bold=True, colour=GREEN, keep=True),
    "Heading 2": Look(UI, 25, before=300, after=80, bold=True, keep=True),
    "Heading 3": Look(UI, 21, before=200, after=80, bold=True, colour="474D49", keep=True),
    "Cell": Look(UI, 18, after=40),
    "Note": Look(UI, 18, after=100, colour="474D49"),
}


class Line(NamedTuple):
    """A paragraph of a cell."""

    text: str
    strong: bool = False


Cell = tuple[Line, ...]


def cell(*texts: str, strong: bool = False) -> Cell:
    """A cell of one paragraph for each text that says something."""
    return tuple(Line(text, strong) for text in texts if text)


@dataclass(frozen=True, slots=True)
class Head:
    """What a report says of itself. `running` stands on every page, `dated` at its foot."""

    title: str
    running: str
    dated: str
    author: str
    moment: datetime
    page: str


class Report:
    """A document that grows: `heading`, `say`, `table`, and at the end `data`."""

    def __init__(self, head: Head, language: str) -> None:
        self._arabic = language == "ar"
        self._package: Any = Document()
        dress(self._package.styles, REPORT)
        self._end = self._package.element.body[-1]
        _properties(self._package.core_properties, head, language)
        self._page(head)
        self.say(head.title, "Title")

    def heading(self, text: str, level: int) -> None:
        self.say(text, f"Heading {level}")

    def say(self, text: str, style: str = "Law") -> None:
        """A paragraph; its line ends are kept."""
        self._end.addprevious(self._paragraph(text, style))

    def table(
        self, head: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[int]
    ) -> None:
        """A table as wide as the page, by shares; its head is repeated on every page."""
        columns = [WIDTH * width // sum(widths) for width in widths]
        made = self._table(columns)
        if any(head):
            titles = [cell(words, strong=True) for words in head]
            made.append(self._row(titles, columns, head=True))
        for row in rows:
            made.append(self._row(row, columns))
        self._end.addprevious(made)
        self.say("", "Gap")

    def data(self) -> bytes:
        out = io.BytesIO()
        self._package.save(out)
        return out.getvalue()

    def _paragraph(self, text: str, style: str, *, strong: bool = False) -> etree._Element:
        found = _STRONG.search(text)
        arabic = bool(_ARABIC.match(found[0])) if found else self._arabic
        made = element("p")
        properties = within(made, "pPr")
        within(properties, "pStyle", val=style_id(style))
        if not arabic:
            within(properties, "bidi", val="0")
        for at, line in enumerate(shown(text).split("\n")):
            if at:
                within(within(made, "r"), "br")
            runs(made, line, latin=not arabic, strong=strong)
        return made

    def _table(self, columns: list[int]) -> etree._Element:
        made = element("tbl")
        properties = within(made, "tblPr")
        if self._arabic:
            within(properties, "bidiVisual")
        within(properties, "tblW", w=str(sum(columns)), type="dxa")
        borders = within(properties, "tblBorders")
        for side in ("top", "bottom", "insideH"):
            within(borders, side, val="single", sz="4", space="0", color=RULE)
        within(properties, "tblLayout", type="fixed")
        margins = within(properties, "tblCellMar")
        for side in ("top", "left", "bottom", "right"):
            within(margins, side, w="70" if side in ("top", "bottom") else "90", type="dxa")
        grid = within(made, "tblGrid")
        for width in columns:
            within(grid, "gridCol", w=str(width))
        return made

    def _row(
        self, cells: Sequence[Cell], columns: Sequence[int], *, head: bool = False
    ) -> etree._Element:
        line = element("tr")
        properties = within(line, "trPr")
        within(properties, "cantSplit")
        if head:
            within(properties, "tblHeader")
        for lines, width in zip(cells, columns, strict=True):
            made = within(line, "tc")
            about = within(made, "tcPr")
            within(about, "tcW", w=str(width), type="dxa")
            if head:
                within(about, "shd", val="clear", color="auto", fill=PALE)
            for each in lines or (Line(""),):
                made.append(self._paragraph(each.text, "Cell", strong=each.strong))
        return line

    def _page(self, head: Head) -> None:
        section = self._package.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(25)
        section.top_margin = section.bottom_margin = Mm(22)
        if self._arabic:
            section._sectPr.append(element("bidi"))
        self._edge(section.header, head.running, "Header")
        self._edge(section.footer, head.dated, "Footer", head.page)

    def _edge(self, holder: Any, text: str, style: str, page: str = "") -> None:
        """One line at the edge of every page; `page` has {0} for its number, {1} for how many."""
        holder.is_linked_to_previous = False
        old = holder.paragraphs[0]._p
        made = element("p")
        properties = within(made, "pPr")
        within(properties, "pStyle", val=style_id(style))
        tabs = within(properties, "tabs")
        within(tabs, "tab", val="right", pos=str(WIDTH))
        if not self._arabic:
            within(properties, "bidi", val="0")
        runs(made, shown(text), latin=not self._arabic)
        if page:
            within(within(made, "r"), "tab")
            for part in re.split(r"(\{[01]\})", page):
                if part in ("{0}", "{1}"):
                    field(made, "PAGE" if part == "{0}" else "NUMPAGES")
                elif part:
                    runs(made, part, latin=not self._arabic)
        old.addprevious(made)
        old.getparent().remove(old)


def _properties(core: Any, head: Head, language: str) -> None:
    core.title = shown(head.title)[:_PROPERTY]
    core.author = shown(head.author)[:_PROPERTY]
    core.subject = shown(head.running)[:_PROPERTY]
    core.comments = ""
    core.language = "ar-JO" if language == "ar" else "en-GB"
    core.created = core.modified = head.moment
    core.last_modified_by = ""
