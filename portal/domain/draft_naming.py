"""Ids and lines for a tree that came without them, as the parser would have given them."""

from __future__ import annotations

from dataclasses import replace

from portal.domain.draft_tree import ParsedDraft, ParsedProvision, reassemble
from portal.domain.drafts import ProvisionKind
from portal.domain.provision_ids import COUNTED, Ids, Named


def with_eids(provisions: tuple[ParsedProvision, ...]) -> tuple[ParsedProvision, ...]:
    """The same tree with an id for every provision, none of them twice."""
    return _named(provisions, "", "", Ids())


def _named(
    provisions: tuple[ParsedProvision, ...], parent: str, annex: str, ids: Ids
) -> tuple[ParsedProvision, ...]:
    found = []
    counts = dict.fromkeys(COUNTED, 0)
    for node in provisions:
        if node.kind in counts:
            counts[node.kind] += 1
        named = Named(node.kind, node.number, node.marker)
        eid = ids.give(named, parent, annex, counts.get(node.kind, 0))
        inside = eid if node.kind is ProvisionKind.ANNEX else annex
        found.append(replace(node, eid=eid, children=_named(node.children, eid, inside, ids)))
    return tuple(found)


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
