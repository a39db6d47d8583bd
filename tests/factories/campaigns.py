"""Campaigns to send: variants of one text, each with some of its words edited; no real words."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def vocabulary(size: int, rng: random.Random) -> list[str]:
    """Invented words; the first are used most, as in any language."""
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(rng.choices(LETTERS, k=rng.randint(2, 7)))] = None
    return list(words)


class Writer:
    """Writes texts and variants of them, the same for the same seed."""

    def __init__(self, seed: int, words: int = 3_000) -> None:
        self._rng = random.Random(seed)  # noqa: S311
        self._words = vocabulary(words, self._rng)
        self._weights = list(accumulate(1 / (rank + 1.5) for rank in range(words)))

    def text(self, shortest: int = 20, longest: int = 60) -> list[str]:
        """A text as its words."""
        length = self._rng.randint(shortest, longest)
        return self._rng.choices(self._words, cum_weights=self._weights, k=length)

    def variant(self, base: Sequence[str], least: float = 0.15, most: float = 0.35) -> str:
        """`base` with that share of its words replaced, dropped or added to."""
        words = list(base)
        edits = round(len(words) * self._rng.uniform(least, most))
        for at in sorted(self._rng.sample(range(len(base)), edits), reverse=True):
            (new,) = self._rng.choices(self._words, cum_weights=self._weights)
            kind = self._rng.random()
            if kind < 0.7:
                words[at] = new
            elif kind < 0.85:
                del words[at]
            else:
                words.insert(at, new)
        return " ".join(words)

    def mixture(self, size: int, campaigns: int, share: float = 0.3) -> list[tuple[int, str]]:
        """`(campaign, text)` in any order; -1 for what is of no campaign."""
        each = int(size * share) // campaigns
        texts = [
            (number, self.variant(base))
            for number in range(campaigns)
            for base in [self.text()]
            for _ in range(each)
        ]
        texts += [(-1, " ".join(self.text(15))) for _ in range(size - len(texts))]
        self._rng.shuffle(texts)
        return texts


def recall_and_precision(
    truth: Sequence[int], groups: Sequence[Sequence[int]]
) -> tuple[float, float]:
    """By pairs: of those that belong together how many were found, of those found how many do."""
    found = {member: number for number, group in enumerate(groups) for member in group}
    together = _pairs(Counter(each for each in truth if each >= 0))
    right = _pairs(
        Counter((truth[member], group) for member, group in found.items() if truth[member] >= 0)
    )
    said = _pairs(Counter(found.values()))
    return right / together, right / said if said else 1.0


def _pairs(counts: Counter[object] | Counter[int] | Counter[tuple[int, int]]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())
