"""What pairs of provisions are to one another: the same, changed, moved, renumbered, a part."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from portal.domain.drafts import Relation
from portal.domain.provision_pairs import Pairs
from portal.domain.provision_trees import Node

Found = tuple[Node, Node]


def relations(pairs: Pairs) -> dict[Found, Relation]:
    """The relation of every pair."""
    every = pairs.all()
    olds, news = Counter(old for old, _new in every), Counter(new for _old, new in every)
    moved = _moved(every)
    found = {}
    for old, new in every:
        if news[new] > 1:
            found[old, new] = Relation.MERGED
        elif olds[old] > 1:
            found[old, new] = Relation.SPLIT
        elif (old, new) in moved:
            found[old, new] = Relation.MOVED
        else:
            found[old, new] = _in_place(old, new)
    return found


def _in_place(old: Node, new: Node) -> Relation:
    one, other = old.given, new.given
    if (one.kind, one.heading, one.text) != (other.kind, other.heading, other.text):
        return Relation.CHANGED
    if (one.number, one.eid) != (other.number, other.eid):
        return Relation.RENUMBERED
    return Relation.SAME


def _moved(every: Sequence[Found]) -> set[Found]:
    """Those that stand under another provision, or in another order among the others."""
    together = set(every)
    moved: set[Found] = set()
    lists: dict[object, list[Found]] = {}
    olds, news = {old for old, _new in every}, {new for _old, new in every}
    for old, new in every:
        if old.unit and new.unit:
            key: object = "units"
            if _holder_changed(old, new, together, olds, news):
                moved.add((old, new))
        else:
            key = (old.parent, new.parent)
            if old.parent is None or new.parent is None:
                kept = old.parent is new.parent
            else:
                kept = (old.parent, new.parent) in together
            if not kept and not _holds(old, new):
                moved.add((old, new))
        lists.setdefault(key, []).append((old, new))
    for listed in lists.values():
        moved.update(_out_of_order([each for each in listed if each not in moved]))
    return moved


def _holds(old: Node, new: Node) -> bool:
    """Parts and chapters: another level around them is that level's change, not theirs."""
    return not old.unit and not new.unit and old.article is old and new.article is new


def _holder_changed(
    old: Node, new: Node, together: set[Found], olds: set[Node], news: set[Node]
) -> bool:
    """An article in another chapter than before, where both chapters are in both versions."""
    if old.parent is None or new.parent is None:
        return False
    known = old.parent in olds and new.parent in news
    return known and (old.parent, new.parent) not in together


def _out_of_order(found: list[Found]) -> list[Found]:
    """The fewest that must be taken out for the others to keep their order."""
    found = sorted(found, key=lambda pair: (pair[1].at, pair[0].at))
    ends: list[int] = []  # the least old place at which an increasing run of that length ends
    last: list[int] = []  # … and the pair that it ends with
    before: list[int] = []
    for at, (old, _new) in enumerate(found):
        length = bisect_left(ends, old.at)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [old.at]
        last[length : length + 1] = [at]
    kept = set()
    at = last[-1] if last else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return [pair for at, pair in enumerate(found) if at not in kept]
