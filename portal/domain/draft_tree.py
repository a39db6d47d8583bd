"""A draft as the tree that was found in its text; nothing of the text is outside the tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.domain.drafts import ProvisionKind

MESSAGES = {
    "number_gap": "The numbering jumps from {before} to {found}: {expected} is missing.",
    "number_repeat": "The number {found} is used twice.",
    "number_back": "The number {found} comes after {before}.",
    "no_article": "No article was recognised in this text.",
}


@dataclass(frozen=True, slots=True)
class DraftWarning:
    """Something in the text that a person should look at; `line` counts from 1, 0 is the whole."""

    code: str
    line: int
    params: dict[str, str]

    @property
    def message(self) -> str:
        """The warning in English; pages word it in the reader's language by its code."""
        return MESSAGES[self.code].format(**self.params)


@dataclass(frozen=True, slots=True)
class ParsedProvision:
    """A node of the text.

    `marker` is how the source numbers it, as written (`المادة ١:`, `أ-`); `number` the same as
    Latin digits or the bare Arabic letter; marker, heading and text, in this order and then the
    children, are the source but for white space.
    """

    eid: str
    kind: ProvisionKind
    number: str
    marker: str
    heading: str
    text: str
    line: int
    children: tuple[ParsedProvision, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedDraft:
    """What was found: `title` is a copy of the line that names the draft."""

    title: str
    provisions: tuple[ParsedProvision, ...]
    warnings: tuple[DraftWarning, ...]

    @property
    def articles(self) -> int:
        return sum(node.kind is ProvisionKind.ARTICLE for node, _depth in walk(self.provisions))


def walk(
    provisions: tuple[ParsedProvision, ...], depth: int = 0
) -> Iterator[tuple[ParsedProvision, int]]:
    """Every provision with its depth, in reading order."""
    for provision in provisions:
        yield provision, depth
        yield from walk(provision.children, depth + 1)


def reassemble(parsed: ParsedDraft) -> str:
    """The text put together again: equal to the source but for white space."""
    lines = []
    for node, _depth in walk(parsed.provisions):
        lines.append(" ".join(part for part in (node.marker, node.heading) if part))
        lines.append(node.text)
    return "\n\n".join(line for line in lines if line)


def as_json(parsed: ParsedDraft) -> dict[str, Any]:
    """The tree for programs."""
    return {
        "title": parsed.title,
        "provisions": [_node(provision) for provision in parsed.provisions],
        "warnings": [
            {"code": warning.code, "message": warning.message, "line": warning.line}
            for warning in parsed.warnings
        ],
    }


def _node(provision: ParsedProvision) -> dict[str, Any]:
    return {
        "eid": provision.eid,
        "kind": provision.kind.value,
        "number": provision.number,
        "marker": provision.marker,
        "heading": provision.heading,
        "text": provision.text,
        "children": [_node(child) for child in provision.children],
    }
