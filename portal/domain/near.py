"""Texts that say nearly the same: what is compared, and from when on two are alike.

A text is compared by its folded words and by each word with the one after it. Two variants of a
campaign that were both edited share few of them; each shares many with what the variants have in
common. So a text is held against the *common features* of a group, not against its members.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable

from portal.domain.text import ARABIC_MARKS, fold

# Below so many words two texts are alike only when they say the very same.
FEWEST = 8
# Jaccard similarity of features: chosen by measurement, see the decision on near duplicates.
ALIKE = 0.3
# The first members of a group say what it has in common; more would change nothing.
SAMPLE = 8
_SHARE = 0.4
_WORD = re.compile(rf"[\w{ARABIC_MARKS}\u0640]+")
_KEPT_WORDS = 200_000


class _Folded(dict[str, str]):
    """Each word folded once; people use the same words again and again."""

    def __missing__(self, word: str) -> str:
        if len(self) > _KEPT_WORDS:
            self.clear()
        found = self[word] = fold(word)
        return found


_folded = _Folded()


def plain_words(text: str) -> list[str]:
    """The folded words of `text`, without punctuation."""
    return list(filter(None, map(_folded.__getitem__, _WORD.findall(text))))


def pairs(words: list[str]) -> list[str]:
    """Each word with the next: what the signatures are made of."""
    return list(map(" ".join, itertools.pairwise(words)))


def features(words: list[str]) -> frozenset[str]:
    """Words and pairs of words: what two texts are compared by."""
    return frozenset((*words, *pairs(words)))


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """True where the Jaccard similarity of two sets of features reaches `ALIKE`."""
    common = len(one & other)
    return common >= ALIKE * (len(one) + len(other) - common) > 0


def common(members: Iterable[frozenset[str]]) -> frozenset[str]:
    """What the first members of a group have in common.

    Of one or two: the features of the first, who founded it. Of more: what two in five have.
    """
    sample = list(members)[:SAMPLE]
    if len(sample) < 3:
        return sample[0] if sample else frozenset()
    counts = Counter(feature for member in sample for feature in member)
    needed = max(2, round(len(sample) * _SHARE))
    return frozenset(feature for feature, count in counts.items() if count >= needed)
