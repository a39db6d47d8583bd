"""What a person should look at in a draft's numbering, and whether it can be published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portal.domain.citations import ABJAD
from portal.domain.draft_numbers import ALPHABET, at_place, place
from portal.domain.draft_tree import DraftWarning, ParsedProvision, walk
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.text import counted, deceptive

_BY_LIST = (
    ProvisionKind.PART,
    ProvisionKind.CHAPTER,
    ProvisionKind.SECTION,
    ProvisionKind.PARAGRAPH,
    ProvisionKind.POINT,
)

_FOUND_ANEW = frozenset(
    {
        *("number_gap", "number_repeat", "number_back", "number_start", "no_article"),
        *("hidden_characters", "hidden_marks"),
    }
)


def is_of_structure(warning: DraftWarning) -> bool:
    """Whether it speaks of the provisions as they are, and is found anew after each correction."""
    return warning.code in _FOUND_ANEW


def numbering_warnings(provisions: tuple[ParsedProvision, ...]) -> tuple[DraftWarning, ...]:
    """Gaps and repeats: articles through the whole draft, everything else list by list."""
    nodes = [node for node, _depth in walk(provisions)]
    found: list[DraftWarning] = []
    for body in _bodies(provisions):
        found += _sequence([node for node, _ in walk(body) if node.kind is ProvisionKind.ARTICLE])
    for siblings in (provisions, *(node.children for node in nodes)):
        for kind in _BY_LIST:
            found += _sequence([node for node in siblings if node.kind is kind and node.number])
        for name in ("annex_", "table_"):  # annexes, and those that are a table, each by its name
            found += _sequence([node for node in siblings if _is_annex(node, name)])
    return tuple(sorted(found, key=lambda warning: warning.line))


def _bodies(
    provisions: tuple[ParsedProvision, ...],
) -> Iterator[tuple[ParsedProvision, ...]]:
    """The draft without its annexes, and each annex: its articles are numbered by themselves."""
    yield tuple(node for node in provisions if node.kind is not ProvisionKind.ANNEX)
    for node in provisions:
        if node.kind is ProvisionKind.ANNEX:
            yield node.children


def _is_annex(node: ParsedProvision, name: str) -> bool:
    return node.kind is ProvisionKind.ANNEX and node.eid.startswith(name)


def _sequence(nodes: list[ParsedProvision]) -> list[DraftWarning]:
    """What is odd in one list, by the order of letters that fits it better."""
    found = _odd(nodes, ABJAD)
    if found and any(node.number in ALPHABET for node in nodes):
        found = min(found, _odd(nodes, ALPHABET), key=len)
    return found


def _odd(nodes: list[ParsedProvision], letters: str) -> list[DraftWarning]:
    """Gaps, repeats and steps back; a number that stands elsewhere in the list is not missing."""
    placed = [(at, node) for node in nodes if (at := place(node.number, letters))]
    known = {at for at, _node in placed}
    found: list[DraftWarning] = []
    seen: set[int] = set()
    reached = 0
    for at, node in placed:
        before = at_place(reached, node.number, letters)
        params = {"found": node.number, "before": before, "expected": ""}
        missing = [each for each in range(reached + 1, at) if each not in known]
        if at in seen:
            found.append(DraftWarning("number_repeat", node.line, params))
        elif at < reached:
            found.append(DraftWarning("number_back", node.line, params))
        elif missing:
            params["expected"] = _span(missing, node.number, letters)
            code = "number_gap" if reached else "number_start"
            found.append(DraftWarning(code, node.line, params))
        seen.add(at)
        reached = at  # one wrong number is one thing to look at, not all that follow
    return found


def _span(missing: list[int], like: str, letters: str) -> str:
    first, last = (at_place(at, like, letters) for at in (missing[0], missing[-1]))
    return first if first == last else f"{first}–{last}"


def check_publishable(kinds: Iterable[ProvisionKind]) -> None:
    """Raise `draft_no_article` where there is nothing that a comment could be about."""
    if not {ProvisionKind.ARTICLE, ProvisionKind.SECTION} & set(kinds):
        raise DomainError("draft_no_article", field="source")


def check_readable(texts: Iterable[tuple[str, str]]) -> None:
    """Raise `hidden_in_text` for the first `(eid, words)` that can read as other than they are.

    A law must say what it seems to say: Unicode's report on bidirectional text (UAX 9) and its
    security considerations (UTR 36) tell how overrides and controls deceive.
    """
    for eid, words in texts:
        if found := deceptive(words):
            raise DomainError(
                "hidden_in_text", field="source", place=eid, characters=counted(found)
            )
