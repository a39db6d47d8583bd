"""Words inside Akoma Ntoso elements, written and read so that every character comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from lxml import etree

from portal.domain.drafts import Tracked
from portal.domain.text import code_of
from portal.formats.draft_files.akn_names import AKN, BLOCKS, RADD, XML
from portal.formats.draft_files.shown import ILLEGAL

_SPACES = re.compile("[ \t\r\n]+")  # white space of XML; a no-break space is a character
_SPACE = f"{{{XML}}}space"
_CODE = f"{{{RADD}}}code"
_LEFT_OUT = {Tracked.ACCEPT: "del", Tracked.REJECT: "ins"}


class Break(Enum):
    """A line break as written, and the edge of a block within a text."""

    LINE = auto()
    BLOCK = auto()


def fill(element: etree._Element, text: str, holder: etree._Element | None = None) -> None:
    """Put `text` into an element: line feeds as `br`, what XML cannot hold shown by its code.

    Where white space must be kept, `holder` (the block around the element) says so.
    """
    if any(_normal(line) != line for line in text.split("\n")):
        (element if holder is None else holder).set(_SPACE, "preserve")
    last: etree._Element | None = None
    for at, line in enumerate(text.split("\n")):
        if at:
            last = etree.SubElement(element, f"{{{AKN}}}br")
        for piece, char in _pieces(line):
            if char:
                last = etree.SubElement(element, f"{{{AKN}}}inline", name="character")
                last.text = code_of(char)
                last.set(_CODE, f"{ord(char):X}")
            elif last is None:
                element.text = (element.text or "") + piece
            else:
                last.tail = (last.tail or "") + piece


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    """Words that XML holds, and characters that it cannot."""
    at = 0
    for found in ILLEGAL.finditer(line):
        yield line[at : found.start()], ""
        yield "", found[0]
        at = found.end()
    yield line[at:], ""


def _normal(line: str) -> str:
    return _SPACES.sub(" ", line).strip(" ")


def local(element: etree._Element) -> str:
    """The name without its namespace; nothing for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def words_of(element: etree._Element, tracked: Tracked = Tracked.ACCEPT) -> str:
    """All words of an element. White space is one space, but where xml:space keeps it."""
    lines, edge = [""], False
    for piece in _inline(element, tracked):
        if piece is Break.BLOCK:
            edge = True
        elif piece is Break.LINE:
            lines.append("")
        elif isinstance(piece, str) and (piece.strip() or not edge):
            if edge and lines[-1].strip():
                lines.append("")
            edge = False
            lines[-1] += piece
    return "\n".join(lines if _keeps(element) else map(_normal, lines))


def _keeps(element: etree._Element) -> bool:
    nearest = next(element.iterancestors(), None) if _SPACE not in element.attrib else element
    while nearest is not None and _SPACE not in nearest.attrib:
        nearest = nearest.getparent()
    return nearest is not None and nearest.get(_SPACE) == "preserve"


def _inline(element: etree._Element, tracked: Tracked) -> Iterator[str | Break]:
    """The words in order."""
    if element.text:
        yield element.text
    for child in element:
        yield from _child(child, tracked)
        if child.tail:
            yield child.tail


def _child(child: etree._Element, tracked: Tracked) -> Iterator[str | Break]:
    name = local(child)
    if not name or name in ("meta", _LEFT_OUT[tracked]):
        return
    if name in ("br", "eol"):
        yield Break.LINE
    elif _CODE in child.attrib:
        yield _char(child)
    elif name == "img":
        yield child.get("alt") or child.get("title") or ""
    elif name == "authorialNote":
        note = words_of(child, tracked).replace("\n", " ")
        yield f" [{note}] " if note else ""
    elif name in BLOCKS:
        yield Break.BLOCK
        yield from _inline(child, tracked)
        yield Break.BLOCK
    else:
        yield from _inline(child, tracked)


def _char(child: etree._Element) -> str:
    """The character that a code stands for; the words as they are where it is none."""
    written = child.get(_CODE) or ""
    number = int(written, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", written) else 0x110000
    return chr(number) if number <= 0x10FFFF else "".join(child.itertext())
