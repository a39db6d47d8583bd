"""The provisions of a working version as a flat list with depths, which drafters correct.

The list in reading order is the text: an act on it may change what stands under what, and no act
but the correction of words loses a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portal.domain.draft_tree import ParsedProvision, walk
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.provision_ids import Named, name_all

MAX_DEPTH = 9
_RANK = {
    ProvisionKind.ANNEX: 0,
    ProvisionKind.PART: 1,
    ProvisionKind.CHAPTER: 2,
    ProvisionKind.SECTION: 3,
    ProvisionKind.ARTICLE: 4,
}
LEAVES = frozenset({ProvisionKind.TEXT, ProvisionKind.TABLE})


@dataclass(frozen=True, slots=True)
class Row:
    """A provision without its id, which follows from where it stands."""

    kind: ProvisionKind
    number: str = ""
    marker: str = ""
    heading: str = ""
    text: str = ""
    depth: int = 0
    heading_en: str = ""
    text_en: str = ""


Rows = tuple[Row, ...]


class Placed(NamedTuple):
    """What an act made of the list, and where the provision it was about stands now."""

    rows: Rows
    at: int


def rows_of(provisions: tuple[ParsedProvision, ...]) -> Rows:
    """The tree as a flat list."""
    return tuple(
        Row(
            each.kind,
            each.number,
            each.marker,
            each.heading,
            each.text,
            depth,
            each.heading_en,
            each.text_en,
        )
        for each, depth in walk(provisions)
    )


def eids_of(rows: Iterable[Row]) -> list[str]:
    """The id of each, by the scheme of `provision_ids`."""
    return name_all((Named(row.kind, row.number, row.marker), row.depth) for row in rows)


def tree_of(rows: Sequence[Row]) -> tuple[ParsedProvision, ...]:
    """The flat list as a tree; `line` of a provision is its place in the list, from 1."""
    eids = eids_of(rows)
    open_: list[list[ParsedProvision]] = [[]]
    for at in range(len(rows) - 1, -1, -1):
        row = rows[at]
        while len(open_) <= row.depth + 1:
            open_.append([])
        children = tuple(reversed(open_[row.depth + 1]))
        open_[row.depth + 1] = []
        open_[row.depth].append(
            ParsedProvision(
                eids[at],
                row.kind,
                row.number,
                row.marker,
                row.heading,
                row.text,
                at + 1,
                children,
                row.heading_en,
                row.text_en,
            )
        )
    return tuple(reversed(open_[0]))


def end_of(rows: Sequence[Row], at: int) -> int:
    """Where what stands under a provision ends: the place after the last of it."""
    end = at + 1
    while end < len(rows) and rows[end].depth > rows[at].depth:
        end += 1
    return end


def parent_of(rows: Sequence[Row], at: int) -> int | None:
    """What a provision stands under; None for the draft itself."""
    return next((up for up in range(at - 1, -1, -1) if rows[up].depth < rows[at].depth), None)


def before(rows: Sequence[Row], at: int) -> int | None:
    """The sibling before a provision; None for the first."""
    for up in range(at - 1, -1, -1):
        if rows[up].depth <= rows[at].depth:
            return up if rows[up].depth == rows[at].depth else None
    return None


def may_hold(parent: ProvisionKind | None, child: ProvisionKind) -> bool:
    """Whether one kind may stand under another: no article in a paragraph, no part in a chapter."""
    if parent is None:
        return True
    if parent in LEAVES or child is ProvisionKind.ANNEX:
        return False
    return child not in _RANK or _RANK.get(parent, 9) < _RANK[child]


def faults(rows: Sequence[Row]) -> Iterator[tuple[ProvisionKind, ProvisionKind]]:
    """Each (upper, lower) pair of which the lower may not stand under the upper."""
    path: list[ProvisionKind] = []
    for row in rows:
        del path[row.depth :]
        if path and not may_hold(path[-1], row.kind):
            yield path[-1], row.kind
        path.append(row.kind)


def checked(old: Rows, new: Placed) -> Placed:
    """`new`, where it is no worse a tree than `old` (a file may have brought an odd one).

    Raises `structure_nesting` and `structure_deep`.
    """
    wrong = list(faults(new.rows))
    if len(wrong) > len(list(faults(old))):
        upper, lower = wrong[0]
        raise DomainError("structure_nesting", upper=upper, lower=lower)
    if max((row.depth for row in new.rows), default=0) > MAX_DEPTH:
        raise DomainError("structure_deep", maximum=MAX_DEPTH + 1)
    return new
