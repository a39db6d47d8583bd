"""One provision whose words make several, and several whose words make one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from portal.domain.provision_likeness import Bag, Index
from portal.domain.provision_pairs import Pairs
from portal.domain.provision_trees import Node

_PART = 0.6  # so much of a part's words stand in the whole it comes from
_CERTAIN = 0.85  # … and nobody needs to confirm it
_ELSEWHERE = 0.5  # more of them than this in the counterpart, and they were not taken out
_FEW = 5


def find_split(pairs: Pairs, old: Sequence[Node], new: Sequence[Node]) -> list[tuple[Node, Node]]:
    """Parts of an old provision among the new ones that have no counterpart."""
    return _find(pairs, old, new, pairs.new_of, turned=False)


def find_merged(pairs: Pairs, old: Sequence[Node], new: Sequence[Node]) -> list[tuple[Node, Node]]:
    """Old provisions without a counterpart that became a part of a new one."""
    return _find(pairs, new, old, pairs.old_of, turned=True)


def _find(
    pairs: Pairs,
    wholes: Sequence[Node],
    parts: Sequence[Node],
    counterparts: dict[Node, Node],
    *,
    turned: bool,
) -> list[tuple[Node, Node]]:
    """Pairs `(old, new)`; `turned`: the wholes are the new provisions and the parts the old."""
    bag = pairs.bags.whole
    lost = pairs.free(parts)
    if not lost:
        return []
    possible = [node for node in wholes if _differs(node, counterparts, pairs, bag)]
    index = Index(possible, lost, bag)
    found: dict[Node, list[tuple[float, Node]]] = {}
    for part in lost:
        score, whole = _whole_of(part, index, counterparts, bag)
        if whole is not None:
            found.setdefault(whole, []).append((score, part))
    done = []
    for whole, these in found.items():
        alone = whole not in counterparts and len(these) == 1
        for score, part in these:
            doubtful = alone or score < _CERTAIN
            old, new = (part, whole) if turned else (whole, part)
            add = pairs.add if pairs.is_free(whole) else pairs.add_more
            add(old, new, score, doubtful=doubtful)
            done.append((old, new))
    return done


def _differs(
    node: Node, counterparts: dict[Node, Node], pairs: Pairs, bag: Callable[[Node], Bag]
) -> bool:
    """Only what has words that its counterpart lacks can have given words to another."""
    other = counterparts.get(node)
    if other is None:
        return pairs.is_free(node)
    return node.whole != other.whole and bool(bag(node).pairs - bag(other).pairs)


def _whole_of(
    part: Node, index: Index, counterparts: dict[Node, Node], bag: Callable[[Node], Bag]
) -> tuple[float, Node | None]:
    mine = bag(part)
    best: tuple[float, Node | None] = (0.0, None)
    if mine.length < _FEW:
        return best
    for whole in index.sharing(mine):
        shared = mine.pairs & bag(whole).pairs
        score = len(shared) / len(mine.pairs)
        other = counterparts.get(whole)
        kept = len(shared & bag(other).pairs) if other is not None else 0
        if score >= _PART and kept <= _ELSEWHERE * len(shared) and score > best[0]:
            best = (score, whole)
    return best
