"""Parts, chapters and sections of two versions: known by their headings and by what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from portal.domain.provision_likeness import likeness
from portal.domain.provision_pairs import Pairs
from portal.domain.provision_trees import HOLDING, Node

_ENOUGH = 0.5


def pair_holders(pairs: Pairs, old: Sequence[Node], new: Sequence[Node]) -> None:
    """Pair them best first, once the articles are paired. Asked of pairs that share something."""
    olds, news = _holders(pairs, old), _holders(pairs, new)
    if not olds or not news:
        return
    held = {node: [each for each in node.walk() if each.unit] for node in (*olds, *news)}
    ranked = sorted(
        _ranked(pairs, olds, news, held), key=lambda each: (-each[0], each[2].at, each[1].at)
    )
    for score, one, other in ranked:
        if pairs.is_free(one) and pairs.is_free(other):
            pairs.add(one, other, min(score, 1.0))
    _named_alike(pairs, olds, news)


def _named_alike(pairs: Pairs, old: Sequence[Node], new: Sequence[Node]) -> None:
    """Those that hold nothing by which they could be known: kind, number and heading."""

    def key(node: Node) -> tuple[object, ...]:
        return node.given.kind, node.given.number, node.own

    there: dict[tuple[object, ...], list[Node]] = {}
    for node in reversed(pairs.free(old)):
        there.setdefault(key(node), []).append(node)
    for node in pairs.free(new):
        if there.get(key(node)):
            pairs.add(there[key(node)].pop(), node, 1.0)


def _holders(pairs: Pairs, nodes: Sequence[Node]) -> list[Node]:
    return pairs.free(node for node in nodes if node.given.kind in HOLDING)


def _ranked(
    pairs: Pairs, olds: list[Node], news: list[Node], held: dict[Node, list[Node]]
) -> Iterator[tuple[float, Node, Node]]:
    above: dict[Node, list[Node]] = {}
    for node in olds:
        for unit in held[node]:
            above.setdefault(unit, []).append(node)
    headed: dict[str, list[Node]] = {}
    for node in olds:
        headed.setdefault(node.own, []).append(node)
    for node in news:
        votes: Counter[Node] = Counter()
        for unit in held[node]:
            votes.update(above.get(pairs.old_of.get(unit, unit), ()))
        candidates = {*votes, *headed.get(node.own, ())[:4]}
        for one in candidates:
            if one.given.kind is not node.given.kind:
                continue
            size = max(len(held[one]), len(held[node]), 1)
            named = likeness(pairs.bags.own(one), pairs.bags.own(node)) if node.own else 0.0
            score = max(named if one.own else 0.0, votes[one] / size)
            numbered = one.given.number == node.given.number
            if score >= _ENOUGH:
                yield score + 0.05 * numbered, one, node
