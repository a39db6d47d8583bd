"""The package around the matrix as DOCX: a landscape page, its styles, header and footer."""

from __future__ import annotations

from functools import partial
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from portal.formats.draft_files.docx_out_package import (
    describe_fonts,
    describe_language,
    write_line,
)
from portal.formats.draft_files.docx_out_styles import LAW, UI, Look, dress
from portal.formats.draft_files.docx_xml import element
from portal.formats.matrix_files.edition import Edition
from portal.formats.matrix_files.standing import Standing

# Twentieths of a point: an A4 page on its side less margins of 14 mm.
TEXT_WIDTH = 16838 - 2 * 794
MARKER = b'<w:p w:rsidR="00ABCDEF"/>'  # what the body is written in the place of
INK, SOFT, GREEN, ROSE = "1A1A18", "4A4A45", "0F5B46", "9B3B3B"
_LONGEST_PROPERTY = 255
LOOKS = {
    "Normal": Look(UI, 17, after=0),
    "Body": Look(UI, 22, before=0, after=40, centred=True, colour=SOFT),
    "Title": Look(LAW, 56, after=0, bold=True, centred=True, colour=GREEN),
    "Subtitle": Look(LAW, 32, after=60, bold=True, centred=True, ruled=True),
    "Edition": Look(UI, 24, before=20, after=0, bold=True, centred=True),
    "Dated": Look(UI, 18, after=20, centred=True, colour=SOFT),
    "Mark": Look(UI, 22, before=20, after=20, bold=True, centred=True, colour=ROSE),
    "Reason": Look(UI, 18, after=20, centred=True, colour=ROSE),
    "Figure": Look(LAW, 44, before=0, after=0, bold=True, centred=True, colour=GREEN),
    "Counted": Look(UI, 16, after=0, centred=True, colour=SOFT),
    "Line": Look(UI, 16, after=0),
    "Small": Look(UI, 15, before=40, after=20, colour=SOFT),
    "Cell": Look(UI, 17, after=30),
    "Cell head": Look(UI, 17, after=0, bold=True, colour=GREEN),
    "Cell law": Look(LAW, 21, after=30),
    "Ref": Look(UI, 24, after=30, bold=True),
    "Cell strong": Look(UI, 18, after=30, bold=True),
    "Fact": Look(UI, 14, after=0, colour=SOFT),
    "Label": Look(UI, 14, before=30, after=0, bold=True, colour=SOFT),
    "Code": Look(UI, 9, before=30, after=0, colour=SOFT),
    "Sign here": Look(UI, 18, before=160, after=20, colour=SOFT),
    "Gap": Look(UI, 8, after=0),
    "Header": Look(UI, 16, after=0, colour=SOFT),
    "Footer": Look(UI, 16, after=0, colour=SOFT),
}


def prepare(package: Any, edition: Edition, around: Standing, *, from_right: bool) -> None:
    """Make an empty document one of this edition, with the marker where its body will be."""
    dress(package.styles, LOOKS)
    _properties(package.core_properties, edition, around)
    describe_language(package)
    describe_fonts(package.part)
    section = package.sections[0]
    _page(section, from_right)
    line = partial(write_line, width=TEXT_WIDTH, latin=not from_right)
    line(section.header, f"{_first(around.title)} – {_first(around.body)}", "Header")
    line(section.footer, f"{around.footer} – {_first(around.published)}", "Footer", around.page)
    package.element.body[-1].addprevious(element("p", rsidR="00ABCDEF"))


def _first(text: str) -> str:
    """A text in the first language of the file."""
    return text.partition("\n")[0]


def _one(text: str) -> str:
    """A text on one line."""
    return text.replace("\n", " / ")


def _properties(core: Any, edition: Edition, around: Standing) -> None:
    core.title = _one(f"{around.heading}: {around.title}")[:_LONGEST_PROPERTY]
    core.author = _one(around.body)[:_LONGEST_PROPERTY]
    core.subject = _one(f"{around.edition} {around.mark}")[:_LONGEST_PROPERTY]
    core.comments = around.address[:_LONGEST_PROPERTY]
    core.language = "ar-JO"
    core.created = core.modified = edition.published_at
    core.last_modified_by = ""
    core.version = str(edition.number)


def _page(section: Any, from_right: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(14)
    section.top_margin, section.bottom_margin = Mm(16), Mm(15)
    section.header_distance = section.footer_distance = Mm(8)
    if from_right:
        section._sectPr.append(element("bidi"))
