"""The provisions of two versions matched, as a drafter reads: content first, number second.

Articles are matched by all their words; what stands in them is matched inside their pairs, so
that children follow their parent; what is left is known again by its own words wherever it
stands; then number and neighbours decide; at last, words that were taken out of one provision to
make another. Every step looks only at what shares some rare pair of words, so that the cost is
linear in the size of the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.domain.drafts import Relation
from portal.domain.provision_holders import pair_holders
from portal.domain.provision_pairing import by_place, like_words, moved_words, same_words
from portal.domain.provision_pairs import Pairs
from portal.domain.provision_parts import find_merged, find_split
from portal.domain.provision_relations import relations
from portal.domain.provision_trees import Node, ProvisionText, grow


@dataclass(frozen=True, slots=True)
class Match:
    """A provision of the old version beside one of the new; an id is empty where there is none.

    A split or merged provision has several. `score` is how much of their words is the same, from
    0 to 1; a `doubtful` match is a proposal that a drafter must confirm.
    """

    old_eid: str
    new_eid: str
    relation: Relation
    score: float = 1.0
    doubtful: bool = False
    confirmed: bool = False


def match(
    old: Sequence[ProvisionText],
    new: Sequence[ProvisionText],
    confirmed: Iterable[tuple[str, str]] = (),
) -> tuple[Match, ...]:
    """Every provision of both versions in one match at least: the new in order, then the gone.

    `confirmed` are pairs `(old eid, new eid)` that the drafter gave, with "" for none; they win.
    Pairs that name a provision which is not there are passed over.
    """
    olds, news = grow(old), grow(new)
    pairs = Pairs()
    _take(pairs, olds, news, confirmed)
    _pair(pairs, olds, news)
    return _told(pairs, olds, news)


def _take(
    pairs: Pairs, olds: list[Node], news: list[Node], confirmed: Iterable[tuple[str, str]]
) -> None:
    old_by = {node.given.eid: node for node in olds}
    new_by = {node.given.eid: node for node in news}
    for old_eid, new_eid in confirmed:
        one, other = old_by.get(old_eid), new_by.get(new_eid)
        if (one or not old_eid) and (other or not new_eid):
            pairs.decide(one, other)


def _pair(pairs: Pairs, olds: list[Node], news: list[Node]) -> None:
    old_units = [node for node in olds if node.unit]
    new_units = [node for node in news if node.unit]
    same_words(pairs, old_units, new_units)
    like_words(pairs, old_units, new_units)
    pair_holders(pairs, olds, news)
    _descend(pairs, pairs.all())
    _descend(pairs, moved_words(pairs, olds, news))
    by_place(pairs, old_units, new_units)
    _descend(pairs, pairs.all(), placed=True)
    for find in (find_split, find_merged):
        _descend(pairs, find(pairs, old_units, new_units), placed=True)
    within = [
        [node for node in each if not node.unit and not node.children] for each in (olds, news)
    ]
    find_split(pairs, *within)
    find_merged(pairs, *within)


def _descend(pairs: Pairs, begun: list[tuple[Node, Node]], *, placed: bool = False) -> None:
    """Pair what stands under each pair, and under the pairs found so; `placed`: by place too."""
    waiting = list(begun)
    while waiting:
        old, new = waiting.pop()
        if not old.children or not new.children or old.unit is not new.unit:
            continue
        if not old.unit and old.article is old:  # articles were matched through all chapters
            continue
        same_words(pairs, old.children, new.children)
        like_words(pairs, old.children, new.children)
        if placed:
            by_place(pairs, old.children, new.children)
        inside = set(new.children)
        for child in old.children:
            other = pairs.new_of.get(child)
            if other in inside and other is not None:
                waiting.append((child, other))


def _told(pairs: Pairs, olds: list[Node], news: list[Node]) -> tuple[Match, ...]:
    by_new: dict[Node, list[Match]] = {}
    with_old = set()
    for (old, new), relation in relations(pairs).items():
        with_old.add(old)
        sure = (old, new) in pairs.confirmed
        doubtful = (old, new) in pairs.doubtful and not sure
        score = round(pairs.scores[old, new], 3)
        told = Match(old.given.eid, new.given.eid, relation, score, doubtful, sure)
        by_new.setdefault(new, []).append(told)
    places = {node.given.eid: node.at for node in olds}
    found: list[Match] = []
    for node in news:
        alone = Match("", node.given.eid, Relation.NEW, 0.0, False, (None, node) in pairs.confirmed)
        these = by_new.get(node, [alone])
        found += sorted(these, key=lambda each: places.get(each.old_eid, -1))
    return (
        *found,
        *(
            Match(node.given.eid, "", Relation.GONE, 0.0, False, (node, None) in pairs.confirmed)
            for node in olds
            if node not in with_old
        ),
    )
