"""Paragraphs, runs and table rows of a DOCX as text of XML: a matrix has hundreds of thousands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from portal.formats.matrix_files.printed import ORDERED, Item, Line

# Latin words, links and figures in groups run from left to right inside Arabic, and Arabic words
# from right to left inside English.
_LATIN = re.compile(
    rf"{ORDERED.pattern}|[A-Za-z\u00c0-\u024f][\w./:?&=#%@+\-\u2019']*"
    r"(?: [A-Za-z\u00c0-\u024f][\w./:?&=#%@+\-\u2019']*)*",
    re.ASCII,
)
_ARABIC = re.compile(
    "[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"
    "(?:[^A-Za-z\u00c0-\u024f\n]*[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc])?"
)
_STYLES = {
    "ref": "Ref",
    "strong": "Cellstrong",
    "text": "Cell",
    "law": "Celllaw",
    "small": "Fact",
    "fact": "Fact",
    "code": "Code",
}
Rows = Iterable[Sequence[Sequence[Item]]]


def paragraph(lines: Iterable[Line], style: str, *, jc: str = "", page: bool = False) -> str:
    """A paragraph for each line; `page` begins a new page with the first."""
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>'
        f"{'<w:pageBreakBefore/>' if page and not at else ''}"
        f'<w:bidi w:val="{int(line.right)}"/>'
        f'{f"""<w:jc w:val="{jc}"/>""" if jc else ""}</w:pPr>{runs(line)}</w:p>'
        for at, line in enumerate(lines)
    )


def runs(line: Line) -> str:
    """The words of a line in runs, each of one direction."""
    found, at, made = _LATIN if line.right else _ARABIC, 0, list[str]()
    for other in found.finditer(line.text):
        made.append(_run(line.text[at : other.start()], line.right))
        # Not every program obeys the direction of a run; none reverses figures after this mark.
        mark = "\u200e" if line.right and ORDERED.match(other[0]) else ""
        made.append(_run(f"{mark}{other[0]}", not line.right))
        at = other.end()
    made.append(_run(line.text[at:], line.right))
    return "".join(made)


def _run(text: str, right: bool) -> str:
    if not text:
        return ""
    words = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return (
        f'<w:r><w:rPr><w:rtl w:val="{int(right)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{words}</w:t></w:r>'
    )


def open_table(
    widths: Sequence[int], *, from_right: bool, lines: bool = True, padding: int = 40
) -> str:
    """The beginning of a table; its first column stands at the right where it runs from there."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV") if lines else ()
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B9B9AF"/>' for side in sides
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f"<w:tbl><w:tblPr>{'<w:bidiVisual/>' if from_right else ''}"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"{f'<w:tblBorders>{borders}</w:tblBorders>' if lines else ''}"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:top w:w="{padding}" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
        f'<w:bottom w:w="{padding}" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def row(cells: Iterable[str], widths: Sequence[int], *, head: bool = False) -> str:
    """A row of cells, each a text of paragraphs; a head is repeated on every page."""
    properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E4EFE9"/>' if head else ""
    return (
        f"<w:tr>{properties}"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{cell}</w:tc>'
            for cell, width in zip(cells, widths, strict=True)
        )
        + "</w:tr>"
    )


def cell(items: Sequence[Item], from_right: bool) -> str:
    """The paragraphs of a cell; a cell holds one at least."""
    return (
        "".join(_item(item, from_right) for item in items)
        or '<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>'
    )


def _item(item: Item, from_right: bool) -> str:
    style = _STYLES[item.form]
    if not item.title:
        return paragraph(item.lines, style)
    if item.form == "fact":
        said = Line(f"{item.title}: {'، '.join(each.text for each in item.lines)}", from_right)
        return paragraph((said,), style)
    return paragraph((Line(item.title, from_right),), "Label") + paragraph(item.lines, style)
