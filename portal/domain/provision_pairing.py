"""Pairing lists of provisions: the same words first, then like words, then number and neighbours.

Each step takes two lists in reading order (articles, or what stands under a pair of provisions)
and pairs what the steps before it left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from portal.domain.provision_likeness import Bag, Index, likeness
from portal.domain.provision_pairs import Pairs
from portal.domain.provision_trees import Node

LIKE = 0.45  # words alone say that it is the same provision
ELSEWHERE = 0.6  # … though it stands under another
SURE = 0.6  # nobody needs to confirm it
PLACED = 0.3  # … nor this, where the number or the heading stayed
HINT = 0.15  # beside its number and neighbours, so much in common is enough to propose it
_RIVAL = 0.05  # another is as like: somebody must choose
_FEW = 4  # fewer words than this are not known again by themselves
_SMALL = 8  # so many between two neighbours are looked at each with each


def same_words(pairs: Pairs, old: Sequence[Node], new: Sequence[Node]) -> None:
    """What says exactly the same; of several alike, neighbours decide, then the number."""
    olds, news = _by_words(pairs.free(old)), _by_words(pairs.free(new))
    repeated = []
    for words, found in news.items():
        there = olds.get(words, [])
        if len(there) == len(found):
            for one, other in zip(there, found, strict=True):
                pairs.add(one, other, 1.0)
        elif there:
            repeated.append((there, found))
    if repeated:
        _beside(pairs, old, new, {node for there, _found in repeated for node in there})
    for there, found in repeated:
        numbered = {(node.given.kind, node.given.number): node for node in pairs.free(there)}
        for node in pairs.free(found):
            key = (node.given.kind, node.given.number)
            if key in numbered:
                pairs.add(numbered.pop(key), node, 1.0)
        for one, other in zip(pairs.free(there), pairs.free(found), strict=False):
            pairs.add(one, other, 1.0)


def _by_words(nodes: Sequence[Node]) -> dict[tuple[str, str], list[Node]]:
    found: dict[tuple[str, str], list[Node]] = {}
    for node in nodes:
        found.setdefault((node.given.kind, node.whole), []).append(node)
    return found


def _beside(pairs: Pairs, old: Sequence[Node], new: Sequence[Node], alike: set[Node]) -> None:
    """Pair what follows, or comes before, a pair that is known, where it says the same."""
    for olds, news in ((list(old), list(new)), (list(old)[::-1], list(new)[::-1])):
        following = dict(pairwise(olds))
        for before, node in pairwise(news):
            known = pairs.old_of.get(before)
            one = following.get(known) if known is not None else None
            if one is None or one not in alike or not (pairs.is_free(one) and pairs.is_free(node)):
                continue
            if one.whole == node.whole and one.given.kind is node.given.kind:
                pairs.add(one, node, 1.0)


def like_words(pairs: Pairs, old: Sequence[Node], new: Sequence[Node]) -> None:
    """What shares most of its words, best first."""
    _pair_best(pairs, pairs.free(old), pairs.free(new), pairs.bags.whole, LIKE)


def moved_words(pairs: Pairs, old: Sequence[Node], new: Sequence[Node]) -> list[tuple[Node, Node]]:
    """What is left, wherever it stands: known by its own words, where they are enough."""

    def enough(nodes: Sequence[Node]) -> list[Node]:
        return [node for node in pairs.free(nodes) if pairs.bags.own(node).length >= _FEW]

    return _pair_best(pairs, enough(old), enough(new), pairs.bags.own, ELSEWHERE)


def _pair_best(
    pairs: Pairs, old: list[Node], new: list[Node], bag: Callable[[Node], Bag], least: float
) -> list[tuple[Node, Node]]:
    if not old or not new:
        return []
    index = Index(old, new, bag)
    numbers = {(node.given.kind, node.given.number): node for node in reversed(old)}
    found = []
    for node in new:
        candidates = dict.fromkeys(index.sharing(bag(node)))
        numbered = numbers.get((node.given.kind, node.given.number))
        if numbered is not None:
            candidates[numbered] = None
        scored = [(likeness(bag(one), bag(node)), one) for one in candidates]
        close = sorted(score for score, _one in scored)
        for score, one in scored:
            if score >= least:
                rival = len(close) > 1 and score < 1 and close[-2] > score - _RIVAL
                found.append((score + _bonus(one, node), score, one, node, rival))
    found.sort(key=lambda each: (-each[0], each[3].at, each[2].at))
    done = []
    for _rank, score, one, node, rival in found:
        if pairs.is_free(one) and pairs.is_free(node):
            unsure = score < SURE if _bonus(one, node) == 0 else score < PLACED
            doubtful = unsure or (rival and one.given.number != node.given.number)
            pairs.add(one, node, score, doubtful=doubtful)
            done.append((one, node))
    return done


def _bonus(old: Node, new: Node) -> float:
    """Of two that are as like, the one whose number or heading stayed."""
    return 0.05 * (old.given.number == new.given.number) + 0.05 * _same_heading(old, new)


def _same_heading(old: Node, new: Node) -> bool:
    return bool(old.given.heading) and old.given.heading == new.given.heading


def by_place(pairs: Pairs, old: Sequence[Node], new: Sequence[Node]) -> None:
    """What is left between the same neighbours: its number, and at least a hint of its words."""
    for olds, news in _gaps(pairs, old, new):
        if len(olds) > _SMALL or len(news) > _SMALL:
            numbers = {(node.given.kind, node.given.number): node for node in reversed(olds)}
            keys = [(node, (node.given.kind, node.given.number)) for node in news]
            chosen = [(numbers[key], node) for node, key in keys if key in numbers]
        else:
            chosen = [(one, node) for one in olds for node in news]
        ranked = sorted(
            ((pairs.likeness(one, node), one, node) for one, node in chosen),
            key=lambda each: (-each[0] - _bonus(each[1], each[2]) * 2, each[2].at, each[1].at),
        )
        alone = len(olds) == len(news) == 1
        for score, one, node in ranked:
            free = pairs.is_free(one) and pairs.is_free(node)
            if free and _may_be(pairs, one, node, score, alone=alone):
                stayed = _same_heading(one, node) or _short(pairs, one, node)
                pairs.add(one, node, score, doubtful=score < PLACED and not stayed)


def _may_be(pairs: Pairs, old: Node, new: Node, score: float, *, alone: bool) -> bool:
    """Whether to propose it. `alone`: nothing else is free between the same neighbours."""
    one, other = old.given, new.given
    if one.kind is not other.kind:
        return score >= LIKE
    if one.heading and other.heading and one.heading != other.heading and score < PLACED:
        return False
    if score >= HINT or _same_heading(old, new):
        return True
    return one.number == other.number and (alone or _short(pairs, old, new))


def _short(pairs: Pairs, old: Node, new: Node) -> bool:
    return min(pairs.bags.whole(old).length, pairs.bags.whole(new).length) < _FEW


def _gaps(
    pairs: Pairs, old: Sequence[Node], new: Sequence[Node]
) -> Iterator[tuple[list[Node], list[Node]]]:
    """What is free between the same pairs on both sides, and at both ends."""
    places = {node: at for at, node in enumerate(old)}
    begun, waiting = 0, []
    for node in new:
        one = pairs.old_of.get(node)
        at = places.get(one, -1) if one is not None else -1
        if at < 0:
            waiting.append(node)
        elif at >= begun:
            yield pairs.free(old[begun:at]), pairs.free(waiting)
            begun, waiting = at + 1, []
    yield pairs.free(old[begun:]), pairs.free(waiting)
