"""Where comments on one version stand in the next.

The law: an anchor that is carried never points at other words than those it quotes, but for
white space. Where that cannot be, it points at nothing, and the nearest place is offered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from portal.domain.anchor_words import Position, Words, pieces, without_space
from portal.domain.anchors import Quote, agreement, selected, surrounded
from portal.domain.drafts import Standing
from portal.domain.reading import Reading

# Words that are, with what is the same beside them, as long as this are known again anywhere.
_KNOWN_AGAIN = 24  # letters

NO_WORDS = Quote("")
Pairs = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a comment stands in a version.

    `at` counts in the words of the provision `eid`; None where the comment is about the whole of
    it. An orphan has no `eid`; `near` is then the provision nearest to where it stood.
    """

    eid: str
    at: Position | None = None
    quote: Quote = NO_WORDS
    standing: Standing = Standing.EXACT
    near: str = ""


def carry(
    anchors: Iterable[Anchor], old: Reading, new: Reading, pairs: Pairs
) -> tuple[Anchor, ...]:
    """The anchors in the next version, in the same order.

    `pairs` gives for a provision of `old` those of `new` that it became, the likest first. Words
    are looked for in these, then, by the words with what stood beside them, in the whole text.
    """
    carrying = _Carrying(old, new, pairs)
    return tuple(carrying.carry(anchor) for anchor in anchors)


class _Carrying:
    def __init__(self, old: Reading, new: Reading, pairs: Pairs) -> None:
        self.new = new
        self.words = Words(new.text)
        self.holders = _Holders(new)
        self.pairs = {
            eid: there
            for eid, given in pairs.items()
            if (there := tuple(each for each in given if each in new.spans))
        }
        self.nearest = dict(_nearest(old, self.pairs))

    def carry(self, anchor: Anchor) -> Anchor:
        stood = anchor.eid or anchor.near
        became = self.pairs.get(stood, ())
        if anchor.quote.exact:
            found = self._within(anchor, became) or self._elsewhere(anchor.quote)
            if found:
                return found
        # Words that are gone orphan a comment, unless somebody placed it on the whole provision.
        if anchor.eid and anchor.at is None and became:
            standing = anchor.standing if len(became) == 1 else Standing.SHIFTED
            return replace(anchor, eid=became[0], standing=standing, near="")
        near = became[0] if became else self._near(stood)
        return Anchor("", None, anchor.quote, Standing.ORPHANED, near)

    def _near(self, stood: str) -> str:
        if stood in self.nearest:
            return self.nearest[stood]
        return next(iter(reading_order(self.new)), "")

    def _within(self, anchor: Anchor, became: tuple[str, ...]) -> Anchor | None:
        """The words in the provisions that theirs became: at the old place before any other."""
        wanted = pieces(anchor.quote.exact)
        for eid in became:
            first, last = self.new.spans[eid]
            place = anchor.at and Position(anchor.at.start + first, anchor.at.end + first)
            if place and self._unmoved(place, wanted, anchor.quote, last):
                return self._found(anchor.quote, eid, place, anchor.standing)
            there = self.words.places(wanted, first, last)
            best = self._best(there or [], anchor.quote, place)
            if best:
                # What was shifted once stays so: readers compare with where it was made.
                standing = anchor.standing if best == place else Standing.SHIFTED
                return self._found(anchor.quote, eid, best, standing)
        return None

    def _unmoved(self, place: Position, wanted: Sequence[str], quote: Quote, last: int) -> bool:
        if place.end > last or not self.words.stands(wanted, place):
            return False
        _length, (before, after) = agreement(self.new.text, place, quote)
        alone = not quote.prefix.strip() and not quote.suffix.strip()
        return alone or bool((before and quote.prefix.strip()) or (after and quote.suffix.strip()))

    def _best(
        self, places: list[Position], quote: Quote, place: Position | None
    ) -> Position | None:
        """The place whose surroundings are most alike; None where nothing tells them apart."""
        if len(places) <= 1:
            return places[0] if places else None
        alike = {at: agreement(self.new.text, at, quote)[0] for at in places}
        most = max(alike.values())
        best = [at for at in places if alike[at] == most]
        if len(best) == 1 and most:
            return best[0]
        return place if place in best else None

    def _elsewhere(self, quote: Quote) -> Anchor | None:
        """The words in any provision, where they can stand for no others."""
        wanted = pieces(quote.exact)
        places = self.words.places(wanted)
        if places is None:
            return None
        text, least = self.new.text, _KNOWN_AGAIN - len(without_space(quote.exact))
        close = [at for at in places if surrounded(text, at, quote)]
        if len(close) != 1:
            close = [at for at in places if agreement(text, at, quote)[0] >= least]
        if len(close) != 1:
            return None
        eid = self.holders.smallest(close[0])
        return self._found(quote, eid, close[0], Standing.SHIFTED) if eid else None

    def _found(self, quote: Quote, eid: str, place: Position, standing: Standing) -> Anchor:
        first, last = self.new.spans[eid]
        at = Position(place.start - first, place.end - first)
        now = selected(self.new.text[first:last], at).quote
        kept = Quote(quote.exact, now.prefix, now.suffix)
        return Anchor(eid, at, kept, standing)


class _Holders:
    """What `Reading.choose` finds, without a look at every provision each time."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.starts = [stretch.start for stretch in reading.stretches]
        self.above: dict[str, str] = {}
        open_: list[str] = []
        for eid in reading_order(reading):
            start, end = reading.spans[eid]
            while open_ and not self._holds(open_[-1], start, end):
                open_.pop()
            self.above[eid] = open_[-1] if open_ else ""
            open_.append(eid)

    def _holds(self, eid: str, start: int, end: int) -> bool:
        first, last = self.reading.spans[eid]
        return first <= start and end <= last

    def smallest(self, at: Position) -> str:
        """The smallest provision that holds these characters; nothing for none."""
        index = bisect_right(self.starts, at.start) - 1
        eid = self.reading.stretches[index].eid if index >= 0 else ""
        while eid and not self._holds(eid, *at):
            eid = self.above[eid]
        return eid


def reading_order(reading: Reading) -> list[str]:
    """The provisions of a version as they follow one another, each before what is under it."""
    return sorted(
        reading.spans, key=lambda eid: (reading.spans[eid][0], -reading.spans[eid][1], _level(eid))
    )


def _level(eid: str) -> int:
    return eid.count("__")


def _nearest(old: Reading, pairs: Pairs) -> Iterator[tuple[str, str]]:
    """For each provision that is gone: where its parent is now, or else its neighbour.

    The neighbour before it is taken, and for the first ones that after them.
    """
    last: dict[int, str] = {}
    waiting: list[str] = []
    for eid in reading_order(old):
        if eid in pairs:
            last = {level: each for level, each in last.items() if level < _level(eid)}
            last[_level(eid)] = pairs[eid][0]
            yield from ((each, pairs[eid][0]) for each in waiting)
            waiting = []
            continue
        parent, parted, _own = eid.rpartition("__")
        above = [each for level, each in sorted(last.items()) if level <= _level(eid)]
        if parted and parent in pairs:
            yield eid, pairs[parent][0]
        elif above:
            yield eid, above[-1]
        else:
            waiting.append(eid)
