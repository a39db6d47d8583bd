"""Ids and lines for a tree that came without them, as the parser would have given them."""

from __future__ import annotations

from dataclasses import replace

from portal.domain.citations import PREFIXES
from portal.domain.draft_numbers import id_part
from portal.domain.draft_tree import ParsedDraft, ParsedProvision, reassemble
from portal.domain.drafts import ProvisionKind

_PREFIX = {kind: prefix for prefix, kind in PREFIXES.items()}
# What has no number of its own is counted among its neighbours of the same kind.
_COUNTED = frozenset({ProvisionKind.TEXT, ProvisionKind.TABLE, ProvisionKind.ANNEX})


def with_eids(provisions: tuple[ParsedProvision, ...]) -> tuple[ParsedProvision, ...]:
    """The same tree with an id for every provision, none of them twice."""
    return _named(provisions, "", {})


def _named(
    provisions: tuple[ParsedProvision, ...], prefix: str, seen: dict[str, int]
) -> tuple[ParsedProvision, ...]:
    found = []
    counts: dict[ProvisionKind, int] = {}
    for node in provisions:
        counts[node.kind] = counts.get(node.kind, 0) + 1
        counted = node.kind in _COUNTED and not (node.number and node.number.isalnum())
        number = str(counts[node.kind]) if counted else id_part(node.number)
        own = f"{_PREFIX[node.kind]}_{''.join(number.split())}"
        # Articles are numbered through the whole draft, whatever part they stand in.
        inside = prefix and node.kind is not ProvisionKind.ARTICLE
        eid = _unique(f"{prefix}__{own}" if inside else own, seen)
        found.append(replace(node, eid=eid, children=_named(node.children, eid, seen)))
    return tuple(found)


def _unique(eid: str, seen: dict[str, int]) -> str:
    seen[eid] = seen.get(eid, 0) + 1
    return eid if seen[eid] == 1 else f"{eid}-{seen[eid]}"


def with_lines(provisions: tuple[ParsedProvision, ...]) -> tuple[ParsedProvision, ...]:
    """The same tree; `line` is where each provision begins in its text put together again."""
    return _placed(provisions, 1)[0]


def _placed(
    provisions: tuple[ParsedProvision, ...], line: int
) -> tuple[tuple[ParsedProvision, ...], int]:
    found = []
    for node in provisions:
        alone = replace(node, children=())
        written = reassemble(ParsedDraft("", (alone,), ()))
        below, after = _placed(node.children, line + written.count("\n") + 2)
        found.append(replace(node, line=line, children=below))
        line = after
    return tuple(found), line
