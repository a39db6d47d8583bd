"""The package around a DOCX draft: page, header and footer, properties, fonts, language."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from portal.formats.draft_files.about import About, Words
from portal.formats.draft_files.docx_out_styles import STAND_INS, dress, style_id
from portal.formats.draft_files.docx_xml import WIDTH, element, field, runs, within
from portal.formats.draft_files.shown import shown

_LONGEST_PROPERTY = 255
_NUMBERS = {"{0}": "PAGE", "{1}": "NUMPAGES"}


def prepare(package: Any, about: About, said: Words) -> None:
    """Make an empty document one of this draft: all but its paragraphs."""
    dress(package.styles)
    _properties(package.core_properties, about, said)
    describe_language(package)
    describe_fonts(package.part)
    _page(package.sections[0])
    header, footer = package.sections[0].header, package.sections[0].footer
    head = " – ".join(part for part in (shown(said.body), shown(said.running)) if part)
    write_line(header, head, "Header")
    foot = " – ".join(part for part in (shown(said.running), said.dated) if part)
    write_line(footer, foot, "Footer", said.page)


def _properties(core: Any, about: About, said: Words) -> None:
    moment = datetime.combine(about.day, time(), UTC)
    core.title = shown(said.title)[:_LONGEST_PROPERTY]
    core.author = shown(said.body)[:_LONGEST_PROPERTY]
    core.subject = shown(said.consultation)[:_LONGEST_PROPERTY]
    core.comments = about.url[:_LONGEST_PROPERTY]
    core.keywords = said.dated
    core.language = "ar-JO"
    core.created = core.modified = moment
    core.last_modified_by = ""
    core.version = str(about.version or "")


def describe_language(package: Any) -> None:
    """Say that the words are in Arabic and English."""
    settings = package.settings.element
    for old in settings.findall(qn("w:themeFontLang")):
        settings.remove(old)
    position = settings.find(qn("w:clrSchemeMapping"))
    language = element("themeFontLang", val="en-GB", bidi="ar-JO")
    if position is not None:
        position.addprevious(language)
    else:
        settings.append(language)


def describe_fonts(part: Any) -> None:
    """Say which fonts stand in where a machine has not ours."""
    made = element("fonts")
    for name, other in STAND_INS.items():
        font = within(made, "font", name=name)
        within(font, "altName", val=other)
    for relation in part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = etree.tostring(
                made, xml_declaration=True, encoding="UTF-8", standalone=True
            )


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(25)
    section.different_first_page_header_footer = False
    section._sectPr.append(element("bidi"))


def write_line(
    holder: Any,
    text: str,
    style: str,
    page: str = "",
    *,
    width: int = WIDTH,
    latin: bool = False,
) -> None:
    """One line of header or footer; `page` has `{0}` for the number and `{1}` for how many.

    `width` is that of the text, in twentieths of a point; `latin` runs from left to right.
    """
    holder.is_linked_to_previous = False
    old = holder.paragraphs[0]._p
    made = element("p")
    properties = within(made, "pPr")
    within(properties, "pStyle", val=style_id(style))
    tabs = within(properties, "tabs")
    within(tabs, "tab", val="right", pos=str(width))
    if latin:
        within(properties, "bidi", val="0")
    runs(made, text, latin=latin)
    if page:
        within(within(made, "r"), "tab")
        for part in _parts(page):
            if part in _NUMBERS:
                field(made, _NUMBERS[part])
            else:
                runs(made, part, latin=latin)
    old.addprevious(made)
    old.getparent().remove(old)


def _parts(page: str) -> list[str]:
    first, _, rest = page.partition("{0}")
    between, _, last = rest.partition("{1}")
    return [first, "{0}", between, "{1}", last]
