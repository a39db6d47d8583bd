"""The changes that somebody must explain: by place, each with all of its words (DOMAIN.md, rule 3).

What only has another number needs no reason: an article put in would ask for a hundred. What
stands under a new or gone provision is explained with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.domain.citations import gone
from portal.domain.draft_comparison import Change
from portal.domain.drafts import Relation
from portal.domain.provision_trees import Node, ProvisionText, grow

QUIET = frozenset({Relation.SAME, Relation.RENUMBERED})


@dataclass(frozen=True, slots=True)
class Told:
    """A change at one place: its id in the later version, marked where it is gone."""

    place: str
    relation: Relation
    old_eids: tuple[str, ...]
    before: str
    after: str


def place_of(change: Change) -> str:
    """Where a change is, in the later version."""
    return change.new_eid or gone(change.old_eid)


def to_explain(
    old: Sequence[ProvisionText], new: Sequence[ProvisionText], changes: Sequence[Change]
) -> tuple[Told, ...]:
    """What changed from `old` to `new`, in reading order: one for each place."""
    olds = {node.given.eid: node for node in grow(old)}
    news = {node.given.eid: node for node in grow(new)}
    lone_old = {c.old_eid for c in changes if c.relation is Relation.GONE}
    lone_new = {c.new_eid for c in changes if c.relation is Relation.NEW}
    by_place: dict[str, list[Change]] = {}
    for change in changes:
        node = news[change.new_eid] if change.new_eid else olds[change.old_eid]
        alone = lone_new if change.new_eid else lone_old
        inside = node.parent is not None and node.parent.given.eid in alone
        if change.relation not in QUIET and not (node.given.eid in alone and inside):
            by_place.setdefault(place_of(change), []).append(change)
    told = []
    for place, found in by_place.items():
        before, after = _words(found, olds, news, lone_old, lone_new)
        sources = tuple(change.old_eid for change in found if change.old_eid)
        told.append(Told(place, found[0].relation, sources, before, after))
    return tuple(told)


def _words(
    found: list[Change],
    olds: dict[str, Node],
    news: dict[str, Node],
    lone_old: set[str],
    lone_new: set[str],
) -> tuple[str, str]:
    first = found[0]
    if first.relation is Relation.NEW:
        return "", "\n".join(_with_below(news[first.new_eid], lone_new))
    if first.relation is Relation.GONE:
        return "\n".join(_with_below(olds[first.old_eid], lone_old)), ""
    before = "\n".join(change.before for change in found if change.before)
    after = "".join(change.after for change in found)
    if before or after:
        return before, after
    # An article of paragraphs alone has no words but theirs.
    return "\n".join(olds[change.old_eid].whole for change in found), news[first.new_eid].whole


def _with_below(node: Node, alone: set[str]) -> Iterator[str]:
    """Its words and those under it that are new (or gone) with it, numbered."""
    inside = node.parent is not None and node.parent.given.eid in alone
    if inside and node.given.number:
        yield f"{node.given.number}- {node.own}"
    elif node.own:
        yield node.own
    for child in node.children:
        if child.given.eid in alone:
            yield from _with_below(child, alone)
