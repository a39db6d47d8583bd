"""What a comment quotes and proposes, settled against the text that it is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from portal.domain.anchor_words import Position, Words
from portal.domain.anchors import Quote, Selectors, resolve, select, selected
from portal.domain.comments import TEXT_LIMIT
from portal.domain.errors import DomainError
from portal.domain.reading import Reading
from portal.domain.submissions import Point
from portal.domain.text import squeeze


class Choice(NamedTuple):
    """Chosen words of a version: the provision they belong to, and where in it they stand."""

    eid: str
    selectors: Selectors


def choose(reading: Reading, start: int, end: int, offered: Collection[str]) -> Choice:
    """The whole words that these characters of a version touch, in the smallest provision.

    A provision of `offered` is taken before any other: what has no number of its own (a
    definition) is spoken of by the article that it stands in. Raises `words_not_there` where there
    are no words, or none that one provision holds.
    """
    holding = [
        (eid not in offered, last - first, eid)
        for eid, (first, last) in reading.spans.items()
        if first <= start < end <= last
    ]
    eid = min(holding, default=(True, 0, ""))[2]
    first = reading.spans[eid][0] if eid else 0
    found = select(reading.words(eid), start - first, end - first) if eid else None
    if found is None:
        raise DomainError("words_not_there")
    return Choice(eid, found)


def choose_again(choice: Choice, old: Reading, new: Reading, offered: Collection[str]) -> Choice:
    """Words chosen in an earlier version, in the newest. Raises `words_not_there`."""
    first = old.spans[choice.eid][0]
    start, end = choice.selectors.position
    quote = selected(old.text, Position(first + start, first + end)).quote
    try:
        found = resolve(new.text, quote).position
    except DomainError as error:
        raise DomainError("words_not_there") from error
    return choose(new, *found, offered)


class Quoting:
    """Settles the comments of one submission; each text is cut into words once.

    `readings` are the words of versions by id. `lenient`: what came on paper is never refused; a
    quote that is not found once stays as text, and the comment is about the whole provision.
    """

    def __init__(self, readings: Mapping[int, Reading], *, lenient: bool = False) -> None:
        self._readings = readings
        self._lenient = lenient
        self._words: dict[tuple[int, str], Words] = {}

    def settle(self, point: Point, prefix: str = "") -> Point:
        """The comment with its words as they stand in the text, and where; `prefix` goes before
        the name of the field. Raises `quote_not_found`, `quote_twice`.

        A proposal that is equal to the words it would replace is none.
        """
        words = self._text(point)
        if words is None or not point.quoted.strip() or len(point.quoted) > TEXT_LIMIT:
            point = replace(point, at=None, prefix="", suffix="")  # a place without words is none
        else:
            point = self._quoted(point, words, prefix)
        if words is None:
            return point
        originals = (point.quoted,) if point.quoted.strip() else (words.text, self._body(point))
        if squeeze(point.proposed) in map(squeeze, originals):
            point = replace(point, proposed="")
        return point

    def _body(self, point: Point) -> str:
        reading = self._readings[point.target.version_id or 0]
        return reading.text[slice(*reading.body(point.target.eid or ""))]

    def _quoted(self, point: Point, words: Words, prefix: str) -> Point:
        quote = Quote(point.quoted, point.prefix, point.suffix)
        try:
            found = resolve(words, quote, point.at, field=f"{prefix}quoted")
        except DomainError:
            if not self._lenient:
                raise
            return replace(point, at=None, prefix="", suffix="")
        exact, before, after = found.quote
        return replace(point, quoted=exact, prefix=before, suffix=after, at=found.position)

    def _text(self, point: Point) -> Words | None:
        """The words of the provision; None where there is none."""
        version_id, eid = point.target.version_id or 0, point.target.eid or ""
        reading = self._readings.get(version_id)
        if reading is None or eid not in reading.spans:
            return None
        key = (version_id, eid)
        if key not in self._words:
            self._words[key] = Words(reading.words(eid))
        return self._words[key]
