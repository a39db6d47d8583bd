"""Chosen words: the selectors of the W3C's Web Annotation, made and checked against a text.

A comment on words keeps the words with what stands on both sides (TextQuoteSelector) and where
they stand (TextPositionSelector), both within the words of one provision (`domain.reading`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from portal.domain.anchor_words import Position, Words, pieces, without_space
from portal.domain.errors import DomainError

AROUND = 32  # characters kept on each side


class Quote(NamedTuple):
    """Words with what stands before and after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Selectors:
    """Chosen words of a provision by both of their descriptions."""

    quote: Quote
    position: Position


def select(words: str, start: int, end: int) -> Selectors | None:
    """The whole words of `words` that these characters touch; None where they touch none."""
    found = Words(words).widen(start, end)
    return selected(words, found) if found else None


def selected(words: str, at: Position) -> Selectors:
    """The selectors of what stands there, to the letter."""
    start, end = at
    before, after = words[max(0, start - AROUND) : start], words[end : end + AROUND]
    return Selectors(Quote(words[start:end], before, after), at)


def resolve(
    words: str | Words, quote: Quote, position: Position | None = None, *, field: str | None = None
) -> Selectors:
    """Find a quote that came from outside: by its position, its surroundings, by itself.

    Tolerant of white space, never of other letters; a quote that is cut inside a word becomes the
    whole word. Raises `quote_not_found`, and `quote_twice` with how often it stands there.
    """
    text = words if isinstance(words, Words) else Words(words)
    wanted = without_space(quote.exact)
    if wanted and position and without_space(text.text[slice(*position)]) == wanted:
        return _whole(text, position)
    places = _everywhere(text, quote.exact)
    close = [at for at in places if surrounded(text.text, at, quote)]
    if len(close) == 1:
        return selected(text.text, close[0])
    if not places:
        raise DomainError("quote_not_found", field=field)
    if len(places) > 1:
        raise DomainError("quote_twice", field=field, times=len(places))
    return selected(text.text, places[0])


def _whole(text: Words, position: Position) -> Selectors:
    return selected(text.text, text.widen(*position) or position)


def _everywhere(text: Words, exact: str) -> list[Position]:
    """All places of the quote as whole words, or else inside of words."""
    wanted = pieces(exact)
    as_words = text.places(wanted)
    if as_words or not wanted:
        return as_words or []
    # Either it stands so often that counting stops being of use, or it is cut inside a word.
    loose = re.compile(r"\s+".join(re.escape(part) for part in exact.split()))
    found = (text.widen(*match.span()) for match in loose.finditer(text.text))
    return list(dict.fromkeys(at for at in found if at))


def surrounded(text: str, at: Position, quote: Quote) -> bool:
    """True where what stands on both sides is what stood there; false where nothing is known."""
    return bool(quote.prefix.strip() or quote.suffix.strip()) and all(agreement(text, at, quote)[1])


def agreement(text: str, at: Position, quote: Quote) -> tuple[int, tuple[bool, bool]]:
    """How many characters next to the words are the same, and whether each side is whole."""
    before = without_space(text[max(0, at.start - 2 * AROUND) : at.start])
    after = without_space(text[at.end : at.end + 2 * AROUND])
    prefix, suffix = without_space(quote.prefix), without_space(quote.suffix)
    first, last = _same(before[::-1], prefix[::-1]), _same(after, suffix)
    return first + last, (first == len(prefix), last == len(suffix))


def _same(found: str, wanted: str) -> int:
    for at, (one, other) in enumerate(zip(found, wanted, strict=False)):
        if one != other:
            return at
    return min(len(found), len(wanted))


def as_json(selectors: Selectors) -> list[dict[str, object]]:
    """Both selectors as the Web Annotation Data Model writes them (W3C, section 4.2)."""
    quote = {"type": "TextQuoteSelector", **selectors.quote._asdict()}
    return [quote, {"type": "TextPositionSelector", **selectors.position._asdict()}]
