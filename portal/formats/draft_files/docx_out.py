"""A draft as DOCX that an office program in Arabic opens as its own: right to left throughout.

python-docx gives the package; the paragraphs are written as XML, which is quicker and knows
`w:bidi`, `w:rtl` and `w:bidiVisual`. Markers are words, not automatic numbers: a drafter's numbers
are part of the text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from lxml import etree

from portal.domain.draft_tree import ParsedDraft
from portal.formats.draft_files.about import About, FileLanguage, Words, words
from portal.formats.draft_files.docx_out_package import prepare
from portal.formats.draft_files.docx_xml import (
    beside,
    new_page,
    paragraph,
    table,
)
from portal.formats.draft_files.pages import Page, laid_out, widths
from portal.formats.draft_files.shown import shown

STEP = 425  # twentieths of a point: how far an item stands in, and its marker hangs
LEVELS = 6
_STAMP = (1980, 1, 1, 0, 0, 0)


def write_docx(draft: ParsedDraft, about: About, lang: FileLanguage = "ar") -> bytes:
    """The document; the same draft gives the same bytes.

    `lang` "both": a table of two columns without lines, the translation beside each provision.
    """
    package = Document()
    said = words(about, draft.title, "ar")
    prepare(package, about, said)
    body = package.element.body
    end = body[-1]  # the section's properties stay last
    above, below = laid_out(draft, shown)
    both = lang == "both"
    for element in (*_front(above, about, said, both=both), *_all(below, both=both)):
        end.addprevious(element)
    out = io.BytesIO()
    package.save(out)
    return _same_each_time(out.getvalue())


def _front(
    above: tuple[Page, ...], about: About, said: Words, *, both: bool
) -> Iterator[etree._Element]:
    """The title and what stands above it. Whose it is, and which version, stand in header and
    footer: what is no word of the draft would come back as one when the file is read."""
    for page in above:
        yield paragraph(page.text, "Above title")
        if both and page.text_en:
            yield paragraph(page.text_en, "Above title", latin=True)
    yield paragraph(tuple(shown(said.title).split("\n")), "Title")
    if both and about.title.en:
        yield paragraph((shown(about.title.en),), "Subtitle", latin=True)


class Row(NamedTuple):
    """Blocks of the law and those of its translation, to stand beside one another."""

    arabic: list[etree._Element]
    english: list[etree._Element]


def _all(pages: tuple[Page, ...], *, both: bool) -> Iterator[etree._Element]:
    """The paragraphs and tables; rows that follow one another are one table."""
    rows: list[Row] = []
    for made in _blocks(pages, 1, both=both):
        if isinstance(made, Row):
            rows.append(made)
            continue
        if rows:
            yield beside(rows)
            rows = []
        yield made
    if rows:
        yield beside(rows)


def _blocks(pages: tuple[Page, ...], level: int, *, both: bool) -> Iterator[etree._Element | Row]:
    for page in pages:
        yield from _own(page, level, both=both)
        deeper = level + 1 if page.form == "division" else level
        yield from _blocks(page.children, deeper, both=both)


def _own(page: Page, level: int, *, both: bool) -> Iterator[etree._Element | Row]:
    """What a provision says itself, without those under it."""
    if page.new_page:
        yield new_page()
    if page.table.rows:
        yield paragraph(page.head, "Law" if page.head else "Gap")
        yield table(page.table, widths(page.table))
        yield paragraph((), "Gap")
        if both and page.table_en.rows:
            yield table(page.table_en, widths(page.table_en), latin=True)
            yield paragraph((), "Gap")
    elif not both:
        yield from _head(page, level)
        yield from _text(page)
    else:
        for row in (
            Row(list(_head(page, level)), _latin(page.head_en, page, head=True)),
            Row(list(_text(page)), _latin(page.text_en, page)),
        ):
            if row.arabic or row.english:
                yield row


def _head(page: Page, level: int) -> Iterator[etree._Element]:
    if page.form == "division" and page.head:
        yield paragraph(page.head, f"Heading {min(level, LEVELS)}", centred=page.grand)


def _text(page: Page) -> Iterator[etree._Element]:
    if page.form == "division":
        if page.text:
            yield paragraph(page.text, "Law")
    elif page.form == "item" or page.marker:
        lines = (*page.head, *page.text)
        yield paragraph(lines, "Item", marker=page.marker, indent=(page.depth + 1) * STEP)
    elif page.head or page.text:
        yield paragraph((*page.head, *page.text), "Law", indent=page.depth * STEP)


def _latin(lines: tuple[str, ...], page: Page, *, head: bool = False) -> list[etree._Element]:
    indent = (page.depth + 1) * STEP if page.form == "item" else 0
    style = "Beside heading" if head else "Law"
    made = paragraph(lines, style, latin=True, indent=indent)
    return [made] if lines else []


def _same_each_time(data: bytes) -> bytes:
    """The package with the time of writing taken out of it."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name, _STAMP)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()
