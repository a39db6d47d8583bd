"""Many texts at once, sorted into groups that say nearly the same.

Band by band of their signatures: texts with an equal band are candidates, and each candidate pair
is held against the features of the groups that the two are in by then (`domain.near`).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from operator import ne

from portal.domain.near import SAMPLE, alike, common

# Of those who share a band only the first few are looked at: a campaign needs no more.
MOST_IN_A_BUCKET = 8
# A pair that agrees in fewer places of its signatures cannot be alike (5 of 64 is a tenth of the
# pairs of words; what is alike shares a fifth and more). Only bulk work needs the shortcut.
LEAST_AGREEMENT = 5

Features = frozenset[str]


class Clusters:
    """Groups of texts, named by their positions; `features_of` gives a text's features.

    `group` says of each text which group it is in: equal where two are in one.
    """

    def __init__(self, size: int, features_of: Callable[[int], Features]) -> None:
        self.group: list[int] = list(range(size))
        self._members: dict[int, list[int]] = {}
        self._common: dict[int, Features] = {}
        self._features_of = features_of

    def link(self, one: int, other: int) -> None:
        """Make the groups of two candidates one, where they are alike."""
        if alike(self._of(one), self._of(other)):
            self.join(one, other)

    def join(self, one: int, other: int) -> None:
        """Make the groups of two texts one; the greater takes the other in."""
        groups = self.group[one], self.group[other]
        if groups[0] == groups[1]:
            return
        into, gone = sorted(groups, key=lambda each: (-len(self._of_group(each)), each))
        members, joining = self._of_group(into), self._members.pop(gone, [gone])
        for member in joining:
            self.group[member] = into
        if len(members) < SAMPLE:
            self._common.pop(into, None)
        self._common.pop(gone, None)
        self._members[into] = members + joining if len(members) < len(joining) else members
        if self._members[into] is members:
            members.extend(joining)

    def groups(self) -> list[list[int]]:
        """The groups of two and more, each in order of arrival, the oldest first."""
        return sorted(sorted(members) for members in self._members.values())

    def _of_group(self, group: int) -> list[int]:
        return self._members.get(group, [group])

    def _of(self, text: int) -> Features:
        group = self.group[text]
        if group not in self._members:
            return self._features_of(text)
        found = self._common.get(group)
        if found is None:
            first = self._members[group][:SAMPLE]
            found = self._common[group] = common(self._features_of(each) for each in first)
        return found


class Bands:
    """A signature as it is looked up and compared in bulk: its bands as numbers of 64 bits (two
    places each), and the whole as one number."""

    __slots__ = ("keys", "whole")

    def __init__(self, signature: array[int]) -> None:
        data = signature.tobytes()
        self.keys = array("Q", data)
        self.whole = int.from_bytes(data)


def link_by_bands(clusters: Clusters, signatures: Sequence[array[int]]) -> None:
    """Link what shares a band of two places, 32 bits each. An empty signature has no candidates."""
    texts = [text for text, signature in enumerate(signatures) if signature]
    bands = {text: Bands(signatures[text]) for text in texts}
    keys = [bands[text].keys for text in texts]
    group = clusters.group
    places = _Places(len(signatures[texts[0]]) if texts else 0)
    for band in range(len(keys[0]) if keys else 0):
        first: dict[int, int] = {}
        more: dict[int, list[int]] = {}
        for text, key in _shared(texts, [each[band] for each in keys]):
            earliest = first.setdefault(key, text)
            if earliest == text:
                continue
            bucket = more.setdefault(key, [earliest])
            whole, known = bands[text].whole, False
            for earlier in bucket:
                if group[earlier] != group[text]:
                    if places.agreeing(whole, bands[earlier].whole) < LEAST_AGREEMENT:
                        continue
                    clusters.link(earlier, text)
                known = known or group[earlier] == group[text]
            # One of a group is enough: whoever comes is held against what its members share.
            if not known and len(bucket) < MOST_IN_A_BUCKET:
                bucket.append(text)


def _shared(texts: list[int], keys: list[int]) -> Iterator[tuple[int, int]]:
    """The texts whose key another has too, in their order: most share none, and are not looked at
    one by one."""
    last = dict(zip(keys, texts, strict=True))
    again = set(compress(keys, map(ne, map(last.__getitem__, keys), texts)))
    return compress(zip(texts, keys, strict=True), map(again.__contains__, keys))


class _Places:
    """In how many of its places of 32 bits two signatures agree: some operations on whole numbers
    instead of one for each place, because bulk work asks millions of times."""

    def __init__(self, count: int) -> None:
        self._count = count
        ones = sum(1 << 32 * place for place in range(count))
        self._low, self._high = ones * 0x7FFF_FFFF, ones << 31

    def agreeing(self, one: int, other: int) -> int:
        differing = one ^ other
        # The highest bit of a place is set where any of its bits is: by carrying, or itself.
        carried = (differing & self._low) + self._low
        return self._count - ((carried | differing) & self._high).bit_count()
