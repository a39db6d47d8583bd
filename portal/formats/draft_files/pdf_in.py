"""PDF with a text layer read into the source text of a draft, always to be confirmed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from statistics import median

import pypdfium2

from portal.domain.errors import DomainError
from portal.formats.draft_files.pdf_faults import Faults, without_forms
from portal.formats.draft_files.pdf_glyphs import GlyphLine, glyph_lines
from portal.formats.draft_files.pdf_order import direction, mirrored, reading_order
from portal.formats.draft_files.pdf_running import PageLine, find_running_lines
from portal.formats.draft_files.source_lines import SourceLines

MAX_PAGES = 1_000
_WIDE = 1.45  # as many usual distances part two paragraphs
_PAIR = re.compile(r"([()])[^()]*([()])")
_LETTER = re.compile(r"[^\W\d_]")


def read_pdf(data: bytes, progress: Callable[[int], None]) -> tuple[SourceLines, tuple[int, ...]]:
    """The lines of the text and the line at which each page begins.

    Raises `file_cut_off`, `file_encrypted`, `file_unreadable`, `pdf_too_many_pages` or
    `pdf_without_text`.
    """
    pages, turned = _in_order(_glyphs(data, progress))
    if not any(_LETTER.search(line.text) for page in pages for line in page):
        raise DomainError("pdf_without_text", field="file", pages=len(pages))
    lines, faults = SourceLines(), Faults()
    left_out = find_running_lines(pages)
    starts: list[int] = []
    for number, page in enumerate(pages, start=1):
        starts.append(lines.next_line)
        kept = [line for line in page if (number, line) not in left_out]
        if not any(_LETTER.search(line.text) for line in kept):
            lines.warn("pdf_page_without_text", lines.next_line, page=str(number))
        for at, line in enumerate(kept):
            if line.apart and at:
                lines.gap()
            text, forms = without_forms(line.text)
            faults.look(text, forms, number, lines.next_line)
            lines.line(text)
    if left_out:
        found = Counter(line.text for _number, line in left_out)
        words = "، ".join(text for text, _count in found.most_common(3))
        lines.warn("running_lines_left_out", count=str(len(left_out)), found=words[:200])
    if turned:
        found_turned = "، ".join(turned[:3])[:200]
        lines.warn("pdf_brackets_turned", count=str(len(turned)), found=found_turned)
    lines.warnings += faults.warnings
    return lines, tuple(starts)


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """Raises `file_cut_off`, `file_encrypted`, `file_unreadable` or `pdf_too_many_pages`."""
    if b"%%EOF" not in data[-2048:]:
        raise DomainError("file_cut_off", field="file")
    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        encrypted = "password" in str(error).lower() or "security" in str(error).lower()
        code = "file_encrypted" if encrypted else "file_unreadable"
        raise DomainError(code, field="file") from error
    if not pages:
        raise DomainError("file_unreadable", field="file")
    if pages > MAX_PAGES:
        raise DomainError("pdf_too_many_pages", field="file", found=pages, maximum=MAX_PAGES)
    return document


def _glyphs(data: bytes, progress: Callable[[int], None]) -> list[list[GlyphLine]]:
    document = open_pdf(data)
    pages: list[list[GlyphLine]] = []
    for number in range(len(document)):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            pages.append([])  # a damaged page is told as one without text
            continue
        pages.append(glyph_lines(text_page.raw))
        text_page.close()
        page.close()
        progress(90 * (number + 1) // len(document))
    return pages


def _in_order(pages: list[list[GlyphLine]]) -> tuple[list[list[PageLine]], list[str]]:
    """The lines as they are read, and those in which brackets were turned."""
    every = [line for page in pages for line in page]
    mostly = sum(direction(line.glyphs) for line in every) >= 0
    leftwards = [
        direction(line.glyphs) > 0 or (mostly and not direction(line.glyphs)) for line in every
    ]
    read = [
        reading_order(line.glyphs, leftwards=left).strip()
        for line, left in zip(every, leftwards, strict=True)
    ]
    read, turned = _turned(read, leftwards)
    usual = _usual_distance(pages)
    words = iter(read)
    found: list[list[PageLine]] = []
    for page in pages:
        lines: list[PageLine] = []
        above: GlyphLine | None = None
        for line in page:
            apart = above is not None and above.y - line.y > _WIDE * usual
            text = next(words)
            if text:
                lines.append(PageLine(text, apart))
            above = line
        found.append(lines)
    return found, turned


def _turned(read: list[str], leftwards: list[bool]) -> tuple[list[str], list[str]]:
    """Brackets turned, and the lines where any were, if most stand as they are drawn, `)٣(`.

    Only from right to left are they drawn otherwise than they are written.
    """
    pairs = Counter(
        pair
        for text, left in zip(read, leftwards, strict=True)
        if left
        for pair in _PAIR.findall(text)
    )
    if pairs[")", "("] <= pairs["(", ")"]:
        return read, []
    back = [mirrored(text) if left else text for text, left in zip(read, leftwards, strict=True)]
    return back, [new for old, new in zip(read, back, strict=True) if new != old]


def _usual_distance(pages: list[list[GlyphLine]]) -> float:
    distances = [
        above.y - line.y for page in pages for above, line in pairwise(page) if above.y > line.y
    ]
    return median(distances) if distances else 0.0
