"""How much two texts say the same, and which of many could be the one: by folded words.

Texts are compared by their words and by pairs of neighbouring words, as bags; the pairs are also
the index by which candidates are found, so that nothing is compared with everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise

from portal.domain.provision_trees import Node
from portal.domain.text import fold, words

# A pair of words that stands in more provisions than this tells none of them from the others.
_COMMON = 24
# So many of those that share most are looked at closely.
_LOOKED_AT = 4
Pair = tuple[str, str]


class Bag:
    """The folded words of a text and its pairs of neighbouring words, counted."""

    __slots__ = ("counts", "length", "pairs", "size")

    def __init__(self, text: str) -> None:
        found = words(fold(text))
        self.length = len(found)
        pairs = list(pairwise(found))
        self.pairs: frozenset[Pair] = frozenset(pairs)
        self.counts: Counter[str | Pair] = Counter([*found, *pairs])
        self.size = 2 * len(found) - 1 if found else 0


class Bags:
    """The bags of nodes, each made once: of their own words, or of all that stands under them."""

    def __init__(self) -> None:
        self._own: dict[Node, Bag] = {}
        self._whole: dict[Node, Bag] = {}

    def own(self, node: Node) -> Bag:
        if node not in self._own:
            self._own[node] = Bag(node.own)
        return self._own[node]

    def whole(self, node: Node) -> Bag:
        if not node.children:
            return self.own(node)
        if node not in self._whole:
            self._whole[node] = Bag(node.whole)
        return self._whole[node]


def likeness(one: Bag, other: Bag) -> float:
    """From 0 (no word in common) to 1 (the same words in the same order): Dice's coefficient."""
    if not one.size or not other.size:
        return 1.0 if one.size == other.size else 0.0
    few, many = (one, other) if len(one.counts) <= len(other.counts) else (other, one)
    shared = 0
    for each in few.counts.keys() & many.counts.keys():
        mine, theirs = few.counts[each], many.counts[each]
        shared += mine if mine < theirs else theirs
    return 2 * shared / (one.size + other.size)


class Index:
    """Nodes by the pairs of words that stand in few of them; only pairs that `asked` have too."""

    def __init__(
        self, nodes: Iterable[Node], asked: Iterable[Node], bag: Callable[[Node], Bag]
    ) -> None:
        wanted = frozenset[Pair]().union(*(bag(node).pairs for node in asked))
        self._found: dict[Pair, list[Node]] = {}
        for node in nodes:
            for pair in bag(node).pairs & wanted:
                self._found.setdefault(pair, []).append(node)

    def sharing(self, bag: Bag) -> list[Node]:
        """Those that share most with `bag`, most first."""
        shared: dict[Node, int] = {}
        for pair in bag.pairs:
            nodes = self._found.get(pair, ())
            if len(nodes) <= _COMMON:
                for node in nodes:
                    shared[node] = shared.get(node, 0) + 1
        best = sorted(shared.items(), key=lambda found: (-found[1], found[0].at))
        return [node for node, _count in best[:_LOOKED_AT]]
