"""The characters of a PDF page, gathered into the lines they stand on."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_HYPHENS = {0x02: "-", 0xFFFE: "-"}  # what PDFium puts for a hyphen at the end of a line
_ENDS = frozenset("\r\n\x00")
_SAME_LINE = 0.6  # of the size of the letters
_LEAST_GAP = 0.1  # of the same; a space is drawn two or three times as wide
Box = tuple[float, float]


class Glyph(NamedTuple):
    """What one drawn sign says, in the order of reading; `x` is where it begins on the left."""

    text: str
    x: float


@dataclass(slots=True)
class GlyphLine:
    """`y` is the height of the line on the page, `size` that of its first letters, in points."""

    y: float
    size: float
    glyphs: list[Glyph] = field(default_factory=list)


class _Char(NamedTuple):
    text: str
    x: float
    y: float
    size: float
    box: Box
    made_up: bool  # a space that PDFium puts where it sees a gap

    @property
    def mark(self) -> bool:
        return unicodedata.category(self.text) == "Mn"


def glyph_lines(text_page: Any) -> list[GlyphLine]:
    """The lines of a page in the order in which the file draws them.

    PDFium's own order within a line is not taken: it turns ligatures, marks and numbers round.
    """
    lines: list[GlyphLine] = []
    chars: list[_Char] = []
    for char in _chars(text_page):
        if lines and abs(char.y - lines[-1].y) <= _SAME_LINE * max(char.size, lines[-1].size):
            chars.append(char)
            continue
        if lines:
            lines[-1].glyphs = _glyphs(chars)
        lines.append(GlyphLine(char.y, char.size))
        chars = [char]
    if lines:
        lines[-1].glyphs = _glyphs(chars)
    return lines


def _chars(text_page: Any) -> Iterator[_Char]:
    x, y, left, right, bottom, top = (c_double() for _ in range(6))
    for at in range(pdfium.FPDFText_CountChars(text_page)):
        code = pdfium.FPDFText_GetUnicode(text_page, at)
        text = _HYPHENS.get(code) or (chr(code) if code < 0x110000 else "\ufffd")
        if text in _ENDS or 0xD800 <= code < 0xE000:
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, at, x, y)
        pdfium.FPDFText_GetCharBox(text_page, at, left, right, bottom, top)
        size = pdfium.FPDFText_GetFontSize(text_page, at)
        made_up = pdfium.FPDFText_IsGenerated(text_page, at) == 1
        yield _Char(text, x.value, y.value, size, (left.value, right.value), made_up)


def _glyphs(chars: list[_Char]) -> list[Glyph]:
    """Signs with their marks, from left to right."""
    kept = _without_false_spaces([char for char in chars if not char.mark])
    bases = sorted(_ligatures(kept), key=lambda each: each.x)
    marks = [char for char in chars if char.mark]
    if not bases:
        return [Glyph(char.text, char.x) for char in marks]
    carried = [base.text for base in bases]
    for mark in marks:
        middle = sum(mark.box) / 2 if mark.box[1] > mark.box[0] else mark.x
        under = [at for at, base in enumerate(bases) if base.x <= middle + 0.05]
        carried[under[-1] if under else 0] += mark.text
    return [Glyph(text, base.x) for text, base in zip(carried, bases, strict=True)]


def _without_false_spaces(chars: list[_Char]) -> list[_Char]:
    """Made-up spaces stay only where there is a gap between what is drawn."""
    if not any(char.made_up for char in chars):
        return chars
    drawn = [char for char in chars if not char.text.isspace()]
    return [char for char in chars if not char.made_up or _gap(char, drawn)]


def _gap(space: _Char, drawn: list[_Char]) -> bool:
    left = max((each.box[1] for each in drawn if each.x < space.x), default=-math.inf)
    right = min((each.box[0] for each in drawn if each.x >= space.x), default=math.inf)
    # A made-up space has no size of its own.
    return right - left > _LEAST_GAP * max((each.size for each in drawn), default=0)


def _ligatures(chars: list[_Char]) -> list[Glyph]:
    """Letters drawn as one sign; PDFium gives those of an Arabic ligature backwards."""
    found: list[Glyph] = []
    before: _Char | None = None
    for char in chars:
        if before and (char.x, char.box) == (before.x, before.box) and not char.text.isspace():
            text = found[-1].text
            arabic = unicodedata.bidirectional(char.text) in ("AL", "R")
            found[-1] = Glyph(char.text + text if arabic else text + char.text, char.x)
        else:
            found.append(Glyph(char.text, char.x))
        before = char
    return found
