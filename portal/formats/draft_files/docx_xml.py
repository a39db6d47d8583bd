"""Paragraphs and tables of a DOCX as XML, right to left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docx.oxml.ns import qn
from lxml import etree

from portal.domain.draft_tables import Table
from portal.formats.draft_files.docx_out_styles import style_id
from portal.formats.draft_files.shown import FIGURES

# Twentieths of a point: an A4 page less margins of 25 mm.
WIDTH = 11906 - 2 * 1417
# Latin words, links and figures in groups run from left to right inside the Arabic.
_LATIN = re.compile(
    rf"{FIGURES.pattern}|[A-Za-z\u00c0-\u024f][\w./:?&=#%@+\-\u2019']*"
    r"(?: [A-Za-z\u00c0-\u024f][\w./:?&=#%@+\-\u2019']*)*",
    re.ASCII,
)


def element(tag: str, /, **attributes: str) -> etree._Element:
    """An element of WordprocessingML: `element("ind", left="425")`."""
    made = etree.Element(qn(f"w:{tag}"))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def within(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    made = element(tag, **attributes)
    parent.append(made)
    return made


def paragraph(
    lines: tuple[str, ...],
    style: str,
    *,
    marker: str = "",
    indent: int = 0,
    latin: bool = False,
    strong: bool = False,
    centred: bool = False,
) -> etree._Element:
    """A paragraph of `lines`; a `marker` hangs before it, `latin` runs from left to right."""
    made = element("p")
    properties = within(made, "pPr")
    within(properties, "pStyle", val=style_id(style))
    if latin:
        within(properties, "bidi", val="0")
    if indent and marker:
        within(properties, "ind", left=str(indent), hanging=str(_hanging(marker, indent)))
    elif indent:
        within(properties, "ind", left=str(indent))
    if centred:
        within(properties, "jc", val="center")
    if marker:
        runs(made, marker, latin=latin, strong=strong)
        within(within(made, "r"), "tab")
    for at, line in enumerate(lines):
        if at:
            within(within(made, "r"), "br")
        runs(made, line, latin=latin, strong=strong)
    return made


def _hanging(marker: str, indent: int) -> int:
    """A wide marker hangs further, but never out of the page."""
    return min(indent, max(425, 120 * len(marker)))


def runs(parent: etree._Element, text: str, *, latin: bool = False, strong: bool = False) -> None:
    """The text in runs, each of one direction."""
    if latin:
        _run(parent, text, rtl=False, strong=strong)
        return
    at = 0
    for found in _LATIN.finditer(text):
        _run(parent, text[at : found.start()], rtl=True, strong=strong)
        _run(parent, found[0], rtl=False, strong=strong)
        at = found.end()
    _run(parent, text[at:], rtl=True, strong=strong)


def _run(parent: etree._Element, text: str, *, rtl: bool, strong: bool) -> None:
    if not text:
        return
    run = within(parent, "r")
    properties = within(run, "rPr")
    if strong:
        within(properties, "b")
        within(properties, "bCs")
    within(properties, "rtl", val="1" if rtl else "0")
    for at, piece in enumerate(text.split("\t")):
        if at:
            within(run, "tab")
        words = within(run, "t")
        words.text = piece
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def field(parent: etree._Element, name: str) -> None:
    """A field that the program fills in: PAGE, NUMPAGES."""
    simple = within(parent, "fldSimple", instr=f" {name} ")
    run = within(simple, "r")
    within(run, "t").text = "1"


def new_page() -> etree._Element:
    """A small paragraph that ends the page."""
    made = paragraph((), "Gap")
    within(within(made, "r"), "br", type="page")
    return made


def table(content: Table, widths: tuple[int, ...], *, latin: bool = False) -> etree._Element:
    """A table whose first column stands at the right, or at the left where it is `latin`.

    The head is repeated on every page.
    """
    columns = [WIDTH * width // sum(widths) for width in widths]
    made = _table(columns, lines=True, latin=latin)
    for at, row in enumerate(content.rows):
        head = content.headed and not at
        line = within(made, "tr")
        properties = within(line, "trPr")
        within(properties, "cantSplit")
        if head:
            within(properties, "tblHeader")
        for words, width in zip(row, columns, strict=True):
            cell = _cell(line, width, shade="EFEEE8" if head else "")
            cell.append(paragraph(tuple(words.split("\n")), "Cell", latin=latin, strong=head))
    return made


def beside(rows: Sequence[Sequence[list[etree._Element]]]) -> etree._Element:
    """Two columns without lines: the law at the right, its translation at the left."""
    half = WIDTH // 2
    made = _table([half, half], lines=False)
    for row in rows:
        line = within(made, "tr")
        for blocks in row:
            cell = _cell(line, half)
            for block in blocks or [paragraph((), "Law")]:
                cell.append(block)
    return made


def _table(columns: list[int], *, lines: bool, latin: bool = False) -> etree._Element:
    made = element("tbl")
    properties = within(made, "tblPr")
    if not latin:
        within(properties, "bidiVisual")
    within(properties, "tblW", w=str(sum(columns)), type="dxa")
    within(properties, "jc", val="center")
    if lines:
        borders = within(properties, "tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            within(borders, side, val="single", sz="4", space="0", color="8A8A80")
    within(properties, "tblLayout", type="fixed")
    grid = within(made, "tblGrid")
    for width in columns:
        within(grid, "gridCol", w=str(width))
    return made


def _cell(line: etree._Element, width: int, shade: str = "") -> etree._Element:
    cell = within(line, "tc")
    properties = within(cell, "tcPr")
    within(properties, "tcW", w=str(width), type="dxa")
    if shade:
        within(properties, "shd", val="clear", color="auto", fill=shade)
    return cell
