"""Heads, feet and page numbers of a PDF: what stands on every page and is no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from portal.domain.draft_markers import find_marker
from portal.domain.text import latin_digits

_DIGITS = re.compile(r"\d+")
_SIGNS = r"[\s\-–—|/.()\[\]]*"
_PAGE_NUMBER = re.compile(
    rf"{_SIGNS}(?:(?:صفحة|page)\s*)?\d{{1,4}}(?:\s*(?:من|of|/)\s*\d{{1,4}})?{_SIGNS}",
    re.IGNORECASE,
)
_REPEATS = 3  # pages on which a running head must stand
_DEEP = 2  # lines of a head or a foot


class PageLine(NamedTuple):
    """A line in reading order; `apart`: more than the usual distance under the one before."""

    text: str
    apart: bool


def find_running_lines(pages: list[list[PageLine]]) -> set[tuple[int, PageLine]]:
    """`(page from 1, line)` of what stands outermost on most pages, or numbers a page.

    A number in it must count with the pages, and what begins a provision is never taken.
    """
    found: set[tuple[int, PageLine]] = set()
    rest = [list(page) for page in pages]
    for depth in range(_DEEP):
        outer = [
            (number, line)
            for number, page in enumerate(rest, start=1)
            for line in {*page[:1], *page[-1:]}
            if not _begins(line.text)
        ]
        often = Counter(_key(number, line.text) for number, line in outer)
        least = max(_REPEATS, len(pages) // 2)
        running = {
            (number, line)
            for number, line in outer
            if often[_key(number, line.text)] >= least
            or (not depth and _PAGE_NUMBER.fullmatch(line.text))
        }
        found |= running
        rest = [
            [line for line in page if (number, line) not in running]
            for number, page in enumerate(rest, start=1)
        ]
    return found


def _begins(text: str) -> bool:
    marker = find_marker(text, 0)
    return bool(marker and marker.kind and not _PAGE_NUMBER.fullmatch(text))


def _key(page: int, text: str) -> tuple[str, int]:
    """The same for the same words, with the same distance of the number from that of the page."""
    numbers = _DIGITS.findall(latin_digits(text))
    if len(numbers) != 1 or len(numbers[0]) > 6:
        return text, 0
    return _DIGITS.sub("0", latin_digits(text)), int(numbers[0]) - page
