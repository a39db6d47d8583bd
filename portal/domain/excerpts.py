"""What is shown of a long text: the part where most was found, cut between words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from portal.domain.search import Span

WIDTH = 240
BEFORE = 60  # at most so much of it stands before the first hit
_SPACE = re.compile(r"\s")


class Piece(NamedTuple):
    """A stretch of an excerpt; `hit`: it is what was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`spans` count in `text`; `begins` and `ends` say whether the whole does so with it."""

    text: str
    spans: tuple[Span, ...]
    begins: bool = True
    ends: bool = True

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The text in order, what was found apart from what stands between."""
        found: list[Piece] = []
        at = 0
        for start, end in self.spans:
            found += [Piece(self.text[at:start], hit=False), Piece(self.text[start:end], hit=True)]
            at = end
        found.append(Piece(self.text[at:], hit=False))
        return tuple(piece for piece in found if piece.text)


def excerpt(text: str, spans: tuple[Span, ...], width: int = WIDTH) -> Excerpt:
    """About `width` characters of `text`: where most of `spans` stand, else its beginning.

    A word is never cut, unless it alone is wider than that; a hit never is.
    """
    if len(text) <= width:
        return Excerpt(text, spans)
    first = _best(spans, width - BEFORE)
    start = _begin(text, first.start) if first else 0
    end = _end(text, start, max(start + width, first.end if first else 0))
    inside = [span for span in spans if start <= span.start < end]
    if inside:
        end = max(end, inside[-1].end)
    shown = text[start:end].rstrip()
    return Excerpt(
        shown,
        tuple(Span(span.start - start, span.end - start) for span in inside),
        begins=start == 0,
        ends=not text[end:].strip(),
    )


def _best(spans: tuple[Span, ...], reach: int) -> Span | None:
    """The hit from which on most others are within reach; the first of several."""
    best, most = None, 0
    last = 0
    for index, span in enumerate(spans):
        while last < len(spans) and spans[last].end <= span.start + reach:
            last += 1
        if last - index > most or best is None:
            best, most = span, last - index
    return best


def _begin(text: str, hit: int) -> int:
    """The beginning of a word, at most BEFORE characters before `hit`."""
    if hit <= BEFORE:
        return 0
    space = _SPACE.search(text, hit - BEFORE - 1, hit)
    return space.end() if space else hit


def _end(text: str, start: int, at: int) -> int:
    """The end of a word, at `at` or before it."""
    if at >= len(text):
        return len(text)
    for end in range(at, start, -1):
        if text[end].isspace():
            return end
    return at
