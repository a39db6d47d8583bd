"""What a person should look at in a draft's numbering, and whether it can be published."""

from __future__ import annotations

from collections.abc import Iterable

from portal.domain.draft_numbers import at_place, place
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

_OF_NUMBERING = frozenset({"number_gap", "number_repeat", "number_back", "number_start"})


def is_of_numbering(warning: DraftWarning) -> bool:
    """Whether it speaks of the structure alone, so that it is found anew after each correction."""
    return warning.code in _OF_NUMBERING or warning.code == "no_article"


def numbering_warnings(provisions: tuple[ParsedProvision, ...]) -> tuple[DraftWarning, ...]:
    """Gaps and repeats: articles through the whole draft, everything else list by list."""
    nodes = [node for node, _depth in walk(provisions)]
    found = _sequence(node for node in nodes if node.kind is ProvisionKind.ARTICLE)
    for siblings in (provisions, *(node.children for node in nodes)):
        for kind in _BY_LIST:
            found += _sequence(node for node in siblings if node.kind is kind and node.number)
    return tuple(sorted(found, key=lambda warning: warning.line))


def _sequence(nodes: Iterable[ParsedProvision]) -> list[DraftWarning]:
    """What is odd in one list; a number that stands elsewhere in it is not missing."""
    placed = [(at, node) for node in nodes if (at := place(node.number))]
    known = {at for at, _node in placed}
    found: list[DraftWarning] = []
    seen: set[int] = set()
    reached = 0
    for at, node in placed:
        params = {"found": node.number, "before": at_place(reached, node.number), "expected": ""}
        missing = [each for each in range(reached + 1, at) if each not in known]
        if at in seen:
            found.append(DraftWarning("number_repeat", node.line, params))
        elif at < reached:
            found.append(DraftWarning("number_back", node.line, params))
        elif missing:
            params["expected"] = _span(missing, node.number)
            code = "number_gap" if reached else "number_start"
            found.append(DraftWarning(code, node.line, params))
        seen.add(at)
        reached = at  # one wrong number is one thing to look at, not all that follow
    return found


def _span(missing: list[int], like: str) -> str:
    first, last = (at_place(at, like) for at in (missing[0], missing[-1]))
    return first if first == last else f"{first}–{last}"


def check_publishable(kinds: Iterable[ProvisionKind]) -> None:
    """Raise `draft_no_article` where there is nothing that a comment could be about."""
    if not {ProvisionKind.ARTICLE, ProvisionKind.SECTION} & set(kinds):
        raise DomainError("draft_no_article", field="source")
