"""The words of a version as one text in reading order: what positions of chosen words count in.

A heading and a text are a stretch each, parted by one line feed; markers (`أ-`, `المادة 4:`) stand
outside. A position in a provision counts from the beginning of its own words, which end where the
words of all that stands under it end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Provision(NamedTuple):
    """The least of a provision that can be read."""

    eid: str
    depth: int
    heading: str
    text: str


class Stretch(NamedTuple):
    """Characters `start` up to `end` of the version are this field of this provision."""

    eid: str
    field: str
    start: int
    end: int


class Chosen(NamedTuple):
    """Words of a provision: characters `start` up to `end` of its own words."""

    eid: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """`spans` gives for every provision where its words begin and end, those below included."""

    text: str
    stretches: tuple[Stretch, ...]
    spans: Mapping[str, tuple[int, int]]

    def words(self, eid: str) -> str:
        """All words of a provision and of what stands under it. Raises KeyError."""
        start, end = self.spans[eid]
        return self.text[start:end]

    def body(self, eid: str) -> tuple[int, int]:
        """Where the words of a provision stand without its own heading, unless it is all there is.

        This is what a proposal for the whole of it replaces. Raises KeyError.
        """
        start, end = self.spans[eid]
        named = (s.end for s in self.stretches if s.eid == eid and s.field == "heading")
        after = next(named, start - 1) + 1
        return (after, end) if after < end else (start, end)

    def choose(self, start: int, end: int) -> Chosen | None:
        """The smallest provision that holds these characters of the version; None for none."""
        holding = [
            (last - first, -first, eid)
            for eid, (first, last) in self.spans.items()
            if first <= start < end <= last
        ]
        if not holding:
            return None
        eid = min(holding)[2]
        first = self.spans[eid][0]
        return Chosen(eid, start - first, end - first)


def read(provisions: Iterable[Provision]) -> Reading:
    """Lay the words of a version's provisions, given in reading order, into one text."""
    parts: list[str] = []
    stretches: list[Stretch] = []
    spans: dict[str, tuple[int, int]] = {}
    open_: list[tuple[int, str, int]] = []
    at = 0

    def close(depth: int) -> None:
        while open_ and open_[-1][0] >= depth:
            _depth, eid, start = open_.pop()
            end = max(at - 1, 0)  # without the line feed that parts it from what follows
            spans[eid] = (min(start, end), end)

    for each in provisions:
        close(each.depth)
        open_.append((each.depth, each.eid, at))
        for field, words in (("heading", each.heading), ("text", each.text)):
            if words:
                stretches.append(Stretch(each.eid, field, at, at + len(words)))
                parts.append(words)
                at += len(words) + 1
    close(0)
    return Reading("\n".join(parts), tuple(stretches), spans)
