"""Ids and lines for a tree that came without them, as the parser would have given them."""

from __future__ import annotations

from dataclasses import replace

from portal.domain.citations import PREFIXES
from portal.domain.draft_markers import LIST
from portal.domain.draft_numbers import id_part
from portal.domain.draft_tree import ParsedDraft, ParsedProvision, reassemble
from portal.domain.drafts import ProvisionKind
from portal.domain.text import fold

_PREFIX = {kind: prefix for prefix, kind in PREFIXES.items()}
_COUNTED = (ProvisionKind.TEXT, ProvisionKind.TABLE)  # they have no number of their own


def with_eids(provisions: tuple[ParsedProvision, ...]) -> tuple[ParsedProvision, ...]:
    """The same tree with an id for every provision, none of them twice."""
    return _named(provisions, "", "", {})


def _named(
    provisions: tuple[ParsedProvision, ...], prefix: str, annex: str, seen: dict[str, int]
) -> tuple[ParsedProvision, ...]:
    found = []
    counts = dict.fromkeys(_COUNTED, 0)
    for node in provisions:
        if node.kind in counts:
            counts[node.kind] += 1
        eid = _unique(_eid(node, prefix, annex, counts.get(node.kind, 0)), seen)
        inside = eid if node.kind is ProvisionKind.ANNEX else annex
        found.append(replace(node, eid=eid, children=_named(node.children, eid, inside, seen)))
    return tuple(found)


def _eid(node: ParsedProvision, prefix: str, annex: str, count: int) -> str:
    listed = node.kind is ProvisionKind.ANNEX and LIST in fold(node.marker)
    number = str(count) if count else "".join(id_part(node.number).split())
    own = f"{_PREFIX[ProvisionKind.TABLE if listed else node.kind]}_{number}"
    # Articles are numbered through the whole draft or annex, whatever part they stand in.
    above = annex if node.kind is ProvisionKind.ARTICLE else prefix
    return f"{above}__{own}" if above else own


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
