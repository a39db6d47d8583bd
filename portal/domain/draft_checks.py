"""What a person should look at in a draft's numbering, and whether it can be published."""

from __future__ import annotations

from collections.abc import Iterable

from portal.domain.citations import ABJAD
from portal.domain.draft_tree import DraftWarning, ParsedProvision, walk
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError

_BY_LIST = (
    ProvisionKind.PART,
    ProvisionKind.CHAPTER,
    ProvisionKind.SECTION,
    ProvisionKind.PARAGRAPH,
    ProvisionKind.POINT,
)


def numbering_warnings(provisions: tuple[ParsedProvision, ...]) -> tuple[DraftWarning, ...]:
    """Gaps and repeats: articles through the whole draft, everything else list by list."""
    nodes = [node for node, _depth in walk(provisions)]
    found = _sequence(node for node in nodes if node.kind is ProvisionKind.ARTICLE)
    for siblings in (provisions, *(node.children for node in nodes)):
        for kind in _BY_LIST:
            found += _sequence(node for node in siblings if node.kind is kind and node.number)
    return tuple(sorted(found, key=lambda warning: warning.line))


def _sequence(nodes: Iterable[ParsedProvision]) -> list[DraftWarning]:
    found: list[DraftWarning] = []
    before = 0
    for node in nodes:
        at = ABJAD.find(node.number) + 1 or int(node.number)
        params = {"found": node.number, "before": _name(before, node), "expected": ""}
        if at == before:
            found.append(DraftWarning("number_repeat", node.line, params))
        elif at < before:
            found.append(DraftWarning("number_back", node.line, params))
        elif at > before + 1:
            params["expected"] = _name(before + 1, node)
            found.append(DraftWarning("number_gap", node.line, params))
        before = at
    return found


def _name(at: int, like: ParsedProvision) -> str:
    letters = like.kind is ProvisionKind.PARAGRAPH
    return ABJAD[at - 1] if letters and 0 < at <= len(ABJAD) else str(at)


def check_publishable(kinds: Iterable[ProvisionKind]) -> None:
    """Raise `draft_no_article` where there is nothing that a comment could be about."""
    if not {ProvisionKind.ARTICLE, ProvisionKind.SECTION} & set(kinds):
        raise DomainError("draft_no_article", field="source")
