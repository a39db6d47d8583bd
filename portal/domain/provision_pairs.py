"""Which provision has been paired with which, so far."""

from __future__ import annotations

from collections.abc import Iterable

from portal.domain.provision_likeness import Bags, likeness
from portal.domain.provision_trees import Node


class Pairs:
    """Pairs found; a node is in one at most, save for what was split or merged (`more`).

    `confirmed` are those that the drafter gave, with None for a provision that is new or gone.
    """

    def __init__(self) -> None:
        self.new_of: dict[Node, Node] = {}
        self.old_of: dict[Node, Node] = {}
        self.more: list[tuple[Node, Node]] = []
        self.doubtful: set[tuple[Node, Node]] = set()
        self.scores: dict[tuple[Node, Node], float] = {}
        self._taken: set[Node] = set()
        self.confirmed: set[tuple[Node | None, Node | None]] = set()
        self.bags = Bags()

    def add(self, old: Node, new: Node, score: float, *, doubtful: bool = False) -> None:
        self.new_of[old] = new
        self.old_of[new] = old
        self._note(old, new, score, doubtful=doubtful)

    def add_more(self, old: Node, new: Node, score: float, *, doubtful: bool = False) -> None:
        """One more part of what was split, or of what was merged."""
        self.more.append((old, new))
        self._note(old, new, score, doubtful=doubtful)

    def _note(self, old: Node, new: Node, score: float, *, doubtful: bool) -> None:
        self.scores[old, new] = score
        self._taken.update((old, new))
        if doubtful:
            self.doubtful.add((old, new))

    def all(self) -> list[tuple[Node, Node]]:
        return [*self.new_of.items(), *self.more]

    def decide(self, old: Node | None, new: Node | None) -> None:
        """What the drafter said: these belong together, or this one has no counterpart."""
        self.confirmed.add((old, new))
        if old is None or new is None:
            self._taken.update(node for node in (old, new) if node is not None)
        elif old in self.new_of or new in self.old_of:
            self.add_more(old, new, self.likeness(old, new))
        else:
            self.add(old, new, self.likeness(old, new))

    def is_free(self, node: Node) -> bool:
        """True for what is in no pair, and about which nobody decided."""
        return node not in self._taken

    def free(self, nodes: Iterable[Node]) -> list[Node]:
        return [node for node in nodes if node not in self._taken]

    def likeness(self, old: Node, new: Node) -> float:
        """Of all the words of both."""
        return likeness(self.bags.whole(old), self.bags.whole(new))
