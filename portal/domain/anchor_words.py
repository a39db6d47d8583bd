"""A text cut into words and signs, so that quoted words are found wherever they stand.

White space is no part of it: what differs in white space alone is the same. A word is never cut,
nor is a letter parted from its Arabic marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from portal.domain.text import ARABIC_MARKS

# Marks of Arabic and Latin, and the joiners that stand inside words, belong to the sign before.
_MARKS = f"{ARABIC_MARKS}\u0300-\u036f\u200c\u200d"
_PIECE = re.compile(rf"[\w{_MARKS}]+|[^\w\s][{_MARKS}]*")
# Words that stand more often than this in one stretch of text do not tell one place from another.
MOST_PLACES = 500


class Position(NamedTuple):
    """Characters `start` up to `end`: the TextPositionSelector of the W3C's Web Annotation."""

    start: int
    end: int


def pieces(text: str) -> list[str]:
    """The words and signs of `text` in order."""
    return _PIECE.findall(text)


def without_space(text: str) -> str:
    """`text` without any white space: equal for texts that differ in nothing else."""
    return "".join(text.split())


class Words:
    """The words and signs of one text, each with its place and with all places it stands at."""

    def __init__(self, text: str) -> None:
        found = list(_PIECE.finditer(text))
        self.text = text
        self._pieces = [each.group() for each in found]
        self._starts = [each.start() for each in found]
        self._ends = [each.end() for each in found]
        self._where: dict[str, list[int]] = {}
        for index, piece in enumerate(self._pieces):
            self._where.setdefault(piece, []).append(index)

    def widen(self, start: int, end: int) -> Position | None:
        """The whole words that these characters touch; None where they touch none."""
        first = bisect_right(self._ends, max(start, 0))
        last = bisect_left(self._starts, end) - 1
        if start >= end or first > last:
            return None
        return Position(self._starts[first], self._ends[last])

    def places(
        self, quote: Sequence[str], start: int = 0, end: int | None = None
    ) -> list[Position] | None:
        """Where these pieces stand, one after the other, between `start` and `end`, in order.

        None where the rarest of them stands at more than `MOST_PLACES` places there.
        """
        if not quote:
            return []
        offset, indexes = self._rarest(quote)
        low = bisect_left(self._starts, start)
        high = bisect_right(self._ends, len(self.text) if end is None else end)
        inside = indexes[bisect_left(indexes, low) : bisect_left(indexes, high)]
        if len(inside) > MOST_PLACES:
            return None
        wanted = list(quote)
        return [
            Position(self._starts[at], self._ends[at + len(wanted) - 1])
            for at in (index - offset for index in inside)
            if at >= low
            and at + len(wanted) <= high
            and self._pieces[at : at + len(wanted)] == wanted
        ]

    def _rarest(self, quote: Sequence[str]) -> tuple[int, list[int]]:
        found = ((offset, self._where.get(piece, [])) for offset, piece in enumerate(quote))
        return min(found, key=lambda each: len(each[1]))

    def stands(self, quote: Sequence[str], at: Position) -> bool:
        """True where exactly these pieces stand at that place."""
        low, high = bisect_left(self._starts, at.start), bisect_right(self._ends, at.end)
        whole = low < high and (self._starts[low], self._ends[high - 1]) == tuple(at)
        return whole and self._pieces[low:high] == list(quote)
