"""What a comment quotes and proposes, settled against the text that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from portal.domain.anchor_words import Words
from portal.domain.anchors import Quote, resolve
from portal.domain.comments import TEXT_LIMIT
from portal.domain.errors import DomainError
from portal.domain.reading import Reading
from portal.domain.submissions import Point
from portal.domain.text import squeeze


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
        if words is None:
            return point
        if point.quoted.strip() and len(point.quoted) <= TEXT_LIMIT:
            point = self._quoted(point, words, prefix)
        original = point.quoted if point.quoted.strip() else words.text
        if squeeze(point.proposed) == squeeze(original):
            point = replace(point, proposed="")
        return point

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
