"""The styles of a DOCX draft: the law in Amiri, headings in Plex, all of it right to left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from lxml import etree

LAW, UI = "Amiri", "IBM Plex Sans Arabic"
# What a program takes that has not these fonts.
STAND_INS = {LAW: "Traditional Arabic", UI: "Arial"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a style looks: sizes in half points, spaces in twentieths of a point."""

    font: str = LAW
    size: int = 26
    before: int = 0
    after: int = 90
    bold: bool = False
    centred: bool = False
    colour: str = ""
    keep: bool = False
    ruled: bool = False


_HEADING = Look(UI, 23, before=280, after=80, bold=True, keep=True)
LOOKS = {
    "Normal": Look(),
    "Law": Look(),
    "Item": Look(),
    "Title": Look(LAW, 42, before=60, after=300, bold=True, centred=True, keep=True, ruled=True),
    "Subtitle": Look(LAW, 30, after=120, bold=True, centred=True),
    "Above title": Look(centred=True),
    "Cell": Look(size=23, after=0),
    "Gap": Look(size=8, after=0),
    "Header": Look(UI, 18, after=0, colour="4A4A45"),
    "Footer": Look(UI, 18, after=0, colour="4A4A45"),
    "Beside heading": _HEADING,
    **{f"Heading {level}": _HEADING for level in range(1, 7)},
}


def style_id(name: str) -> str:
    """The id by which paragraphs name a style."""
    return name.replace(" ", "")


def dress(styles: Any, looks: Mapping[str, Look] = LOOKS) -> None:
    """Give the document's styles their looks, adding those that are missing."""
    known = {style.name for style in styles}
    for name, look in looks.items():
        style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if name != "Normal" and name not in known:
            style.base_style = styles["Normal"]
        _set(style.element, look)


def _set(style: etree._Element, look: Look) -> None:
    for tag in ("w:pPr", "w:rPr"):
        old = style.find(qn(tag))
        if old is not None:
            outline = old.find(qn("w:outlineLvl"))
            style.remove(old)
            if outline is not None:
                style.set(_KEPT, outline.get(qn("w:val")))
    style.append(_paragraphs(look, style.attrib.pop(_KEPT, None)))
    style.append(_runs(look))


_KEPT = "kept"


def _paragraphs(look: Look, outline: str | None) -> etree._Element:
    made = etree.Element(qn("w:pPr"))
    if look.keep:
        _add(made, "keepNext")
        _add(made, "keepLines")
    if look.ruled:
        borders = etree.SubElement(made, qn("w:pBdr"))
        _add(borders, "bottom", val="single", sz=8, space=8, color="1A1A18")
    _add(made, "bidi")
    _add(made, "spacing", before=look.before, after=look.after, line=264, lineRule="auto")
    if look.centred:
        _add(made, "jc", val="center")
    if outline is not None:
        _add(made, "outlineLvl", val=outline)
    return made


def _runs(look: Look) -> etree._Element:
    made = etree.Element(qn("w:rPr"))
    _add(made, "rFonts", ascii=look.font, hAnsi=look.font, cs=look.font, eastAsia=look.font)
    if look.bold:
        _add(made, "b")
        _add(made, "bCs")
    if look.colour:
        _add(made, "color", val=look.colour)
    _add(made, "sz", val=look.size - (2 if look.font == LAW else 0))
    _add(made, "szCs", val=look.size)
    _add(made, "lang", val="en-GB", bidi="ar-JO")
    return made


def _add(parent: etree._Element, tag: str, **attributes: object) -> None:
    made = etree.SubElement(parent, qn(f"w:{tag}"))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
