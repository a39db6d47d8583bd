"""Many texts at once, sorted into groups that say nearly the same.

Band by band of their signatures: texts with an equal band are candidates, and each candidate pair
is held against the features of the groups that the two are in by then (`domain.near`).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from operator import eq

from portal.domain.near import SAMPLE, alike, common

# Of those who share a band only the first few are looked at: a campaign needs no more.
MOST_IN_A_BUCKET = 8
# A pair that agrees in fewer places of its signatures cannot be alike (5 of 64 is a tenth of the
# pairs of words; what is alike shares a fifth and more). Only bulk work needs the shortcut.
LEAST_AGREEMENT = 5

Features = frozenset[str]


class Clusters:
    """Groups of texts, named by their positions; `features_of` gives a text's features."""

    def __init__(self, size: int, features_of: Callable[[int], Features]) -> None:
        self._group: list[int] = list(range(size))
        self._members: dict[int, list[int]] = {}
        self._common: dict[int, Features] = {}
        self._features_of = features_of

    def same(self, one: int, other: int) -> bool:
        """True where both are in one group already."""
        return self._group[one] == self._group[other]

    def link(self, one: int, other: int) -> None:
        """Make the groups of two candidates one, where they are alike."""
        if alike(self._of(one), self._of(other)):
            self.join(one, other)

    def join(self, one: int, other: int) -> None:
        """Make the groups of two texts one; the greater takes the other in."""
        groups = self._group[one], self._group[other]
        if groups[0] == groups[1]:
            return
        into, gone = sorted(groups, key=lambda each: (-len(self._of_group(each)), each))
        members, joining = self._of_group(into), self._members.pop(gone, [gone])
        for member in joining:
            self._group[member] = into
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
        group = self._group[text]
        if group not in self._members:
            return self._features_of(text)
        found = self._common.get(group)
        if found is None:
            first = self._members[group][:SAMPLE]
            found = self._common[group] = common(self._features_of(each) for each in first)
        return found


def link_by_bands(clusters: Clusters, signatures: Sequence[array[int]], rows: int) -> None:
    """Link what shares a band of `rows` numbers. An empty signature has no candidates."""
    texts = [text for text, signature in enumerate(signatures) if signature]
    width = len(signatures[texts[0]]) if texts else 0
    for at in range(0, width, rows):
        first: dict[bytes, int] = {}
        more: dict[bytes, list[int]] = {}
        for text in texts:
            signature = signatures[text]
            key = signature[at : at + rows].tobytes()
            earliest = first.setdefault(key, text)
            if earliest == text:
                continue
            bucket = more.setdefault(key, [earliest])
            for earlier in bucket:
                if not clusters.same(earlier, text) and _may_be(signature, signatures[earlier]):
                    clusters.link(earlier, text)
            if len(bucket) < MOST_IN_A_BUCKET:
                bucket.append(text)


def _may_be(one: array[int], other: array[int]) -> bool:
    return sum(map(eq, one, other)) >= LEAST_AGREEMENT
