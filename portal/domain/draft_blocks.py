"""A comparison laid out for reading: article by article, what is unchanged folded to a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from portal.domain.draft_changes import QUIET, place_of
from portal.domain.draft_comparison import Change
from portal.domain.drafts import Relation
from portal.domain.provision_trees import HOLDING, Node, ProvisionText, grow


@dataclass(frozen=True, slots=True)
class Line:
    """A provision; `left`: it stood here and moved to where its change is told.

    `anchor` is its id on the page, empty where another line has it. `level` counts from 0 in an
    article.
    """

    change: Change
    left: bool
    anchor: str
    level: int

    @property
    def quiet(self) -> bool:
        return self.change.relation in QUIET

    @property
    def place(self) -> str:
        return place_of(self.change)


@dataclass(slots=True)
class Block:
    """An article, or what stands on its level; `old` and `new` are the unit in each version."""

    old: ProvisionText | None
    new: ProvisionText | None
    lines: list[Line] = field(default_factory=list)

    @property
    def own(self) -> Line | None:
        """The line of the unit itself, where it is in this block."""
        unit = self.unit
        return next((x for x in self.lines if unit in (x.change.new, x.change.old)), None)

    @property
    def relation(self) -> Relation:
        """That of the unit itself; `changed` where only what stands in it has."""
        own = self.own.change.relation if self.own else Relation.CHANGED
        if own in QUIET and not self.quiet:
            return Relation.CHANGED
        if own is Relation.SAME and any(x.change.relation is not own for x in self.lines):
            return Relation.RENUMBERED
        return own

    @property
    def quiet(self) -> bool:
        return all(line.quiet for line in self.lines)

    @property
    def unit(self) -> ProvisionText | None:
        return self.new or self.old

    @property
    def holder(self) -> bool:
        """A part, chapter or section: no article of its own."""
        return self.unit is not None and self.unit.kind in HOLDING


@dataclass(frozen=True, slots=True)
class Fold:
    """Neighbouring blocks that say what they said: all `same`, or all only renumbered."""

    relation: Relation
    blocks: tuple[Block, ...]


def lay_out(
    old: Sequence[ProvisionText], new: Sequence[ProvisionText], changes: Sequence[Change]
) -> tuple[Block | Fold, ...]:
    """The changes from `old` to `new` in blocks, in the order of the new version."""
    folds: list[Block | Fold] = []
    for key, found in groupby(_blocks(old, new, changes), key=_folded):
        blocks = tuple(found)
        if key is None:
            folds += blocks
        else:
            folds.append(Fold(key[0], blocks))
    return tuple(folds)


def _folded(block: Block) -> tuple[Relation, int | None] | None:
    """What the blocks of one fold have in common; None for one that is told in full."""
    if not block.quiet:
        return None
    if block.relation is Relation.SAME:
        return Relation.SAME, None
    one, other = block.old, block.new
    numbers = [each.number for each in (one, other) if each and each.number.isdecimal()]
    step = int(numbers[1]) - int(numbers[0]) if len(numbers) == 2 else None
    return Relation.RENUMBERED, step


def _blocks(
    old: Sequence[ProvisionText], new: Sequence[ProvisionText], changes: Sequence[Change]
) -> list[Block]:
    olds = {node.given.eid: node for node in grow(old)}
    news = {node.given.eid: node for node in grow(new)}
    units = {c.new_eid: c.old for c in changes if c.new and news[c.new_eid].article.given == c.new}
    blocks: list[Block] = []
    seen: set[str] = set()
    for change, left in _with_departures(old, changes):
        node = news[change.new_eid] if change.new and not left else olds[change.old_eid]
        block = _block_for(node, blocks, units, olds, here=bool(change.new and not left))
        place = f"left__{change.old_eid}" if left else place_of(change)
        anchor = "" if place in seen else place
        seen.add(place)
        block.lines.append(Line(change, left, anchor, _level(node)))
    return blocks


def _level(node: Node) -> int:
    return node.given.depth - node.article.given.depth


def _block_for(
    node: Node,
    blocks: list[Block],
    units: dict[str, ProvisionText | None],
    olds: dict[str, Node],
    *,
    here: bool,
) -> Block:
    """The block of an article: the last one, or a new one. `here`: it is in the new version."""
    unit = node.article.given
    last = blocks[-1] if blocks else None
    if here:
        if last is None or last.new != unit:
            blocks.append(Block(units.get(unit.eid), unit))
    elif last is None or (node.article is node and (last.new is not None or last.old != unit)):
        blocks.append(Block(unit, None))
    return blocks[-1]


def _with_departures(
    old: Sequence[ProvisionText], changes: Sequence[Change]
) -> Iterator[tuple[Change, bool]]:
    """The changes in order, and what moved away also where it stood."""
    by_old = {change.old_eid: change for change in changes if change.old}
    leaving: dict[str, list[Change]] = {}
    anchor = ""
    for each in old:
        change = by_old[each.eid]
        if change.relation is Relation.MOVED:
            leaving.setdefault(anchor, []).append(change)
        elif change.relation is not Relation.MERGED:
            anchor = each.eid
    for change in leaving.get("", ()):
        yield change, True
    done: set[str] = set()
    for change in changes:
        yield change, False
        if change.old_eid not in done and by_old.get(change.old_eid) is change:
            done.add(change.old_eid)
            for left in leaving.get(change.old_eid, ()):
                yield left, True
