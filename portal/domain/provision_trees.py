"""The provisions of a version as the tree they were, for looking at what stands where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from portal.domain.drafts import ProvisionKind

# What only holds others: an article keeps its place whichever of these it stands in.
HOLDING = frozenset({ProvisionKind.PART, ProvisionKind.CHAPTER, ProvisionKind.SECTION})


class ProvisionText(NamedTuple):
    """A provision in reading order; `depth` counts from 0 and says what it stands under."""

    eid: str
    kind: ProvisionKind
    number: str
    heading: str
    text: str
    depth: int = 0


class Node:
    """A provision in its tree; `at` is its place in reading order.

    `unit`: an article or what stands on that level (an annex, a preamble), inside holders alone.
    `own` is its heading and text, `whole` these and the words of all that stands under it.
    """

    def __init__(self, at: int, given: ProvisionText, parent: Node | None) -> None:
        self.at = at
        self.given = given
        self.parent = parent
        self.children: list[Node] = []
        inside = parent is not None and parent.given.kind not in HOLDING
        self.unit = not inside and given.kind not in HOLDING
        self.own = "\n".join(part for part in (given.heading, given.text) if part)

    @cached_property
    def whole(self) -> str:
        parts = (self.own, *(child.whole for child in self.children))
        return "\n".join(part for part in parts if part)

    @property
    def article(self) -> Node:
        """The unit it stands in; itself for one, and for what holds articles."""
        node = self
        while not node.unit and node.parent is not None and node.parent.given.kind not in HOLDING:
            node = node.parent
        return node

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


def grow(provisions: Iterable[ProvisionText]) -> list[Node]:
    """Every provision as a node, in reading order."""
    nodes: list[Node] = []
    path: list[Node] = []
    for at, given in enumerate(provisions):
        while path and path[-1].given.depth >= given.depth:
            path.pop()
        parent = path[-1] if path else None
        node = Node(at, given, parent)
        if parent:
            parent.children.append(node)
        path.append(node)
        nodes.append(node)
    return nodes
