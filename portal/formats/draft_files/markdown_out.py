"""A draft as Markdown that `domain.draft_parsing.parse` reads back as the same tree.

Divisions are headings, tables are pipe tables. Where heading marks would make the parser find
another structure, the text is written as it was put together without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portal.domain.draft_display import bare_marker, divided, stands
from portal.domain.draft_parsing import parse
from portal.domain.draft_tree import ParsedDraft, ParsedProvision, reassemble, walk
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError
from portal.formats.draft_files.about import About, FileLanguage
from portal.formats.draft_files.pages import marker_of
from portal.formats.draft_files.shown import storable

_LEVELS = 6
_HEADED = frozenset(
    {
        ProvisionKind.PART,
        ProvisionKind.CHAPTER,
        ProvisionKind.SECTION,
        ProvisionKind.ARTICLE,
        ProvisionKind.ANNEX,
    }
)


def write_markdown(draft: ParsedDraft, about: About, _lang: FileLanguage = "ar") -> bytes:
    """UTF-8. A translation has no place in it."""
    safe = _safe(draft)
    for form in (_with_headings, reassemble):
        text = form(safe)
        if _shape(text) == _shape_of(safe):
            return f"{text}\n".encode()
    # No text reads as this tree, which a drafter has shaped by hand: then it is for people.
    return f"{_with_headings(safe)}\n".encode()


def _safe(draft: ParsedDraft) -> ParsedDraft:
    def safe(node: ParsedProvision) -> ParsedProvision:
        return replace(
            node,
            marker=storable(node.marker if stands(node) else marker_of(node)),
            heading=storable(node.heading),
            text=storable(node.text),
            children=tuple(map(safe, node.children)),
        )

    return ParsedDraft(storable(draft.title), tuple(map(safe, draft.provisions)), ())


def _with_headings(draft: ParsedDraft) -> str:
    above, below = divided(draft)
    titled = len(above) + len(below) < len(draft.provisions)
    parts = [node.text for node in above]
    if titled:
        parts.append(f"# {draft.title}")
    parts += _parts(below, 2 if titled else 1)
    return "\n\n".join(part for part in parts if part)


def _parts(nodes: tuple[ParsedProvision, ...], level: int) -> Iterator[str]:
    for node in nodes:
        division = node.kind in _HEADED
        yield _written(node, level) if division else _line(node)
        yield from _parts(node.children, level + 1 if division else level)


def _line(node: ParsedProvision) -> str:
    return " ".join(part for part in (node.marker, node.heading, node.text) if part)


def _written(node: ParsedProvision, level: int) -> str:
    head = " ".join(part for part in (bare_marker(node.marker), node.heading) if part)
    heading = f"{'#' * min(level, _LEVELS)} {head}".rstrip()
    return "\n\n".join(part for part in (heading, node.text) if part)


def _shape(text: str) -> list[tuple[object, ...]] | None:
    """The structure that the parser finds; None where it refuses the text."""
    try:
        return _shape_of(parse(text))
    except DomainError:
        return None


def _shape_of(draft: ParsedDraft) -> list[tuple[object, ...]]:
    """The structure and all words, but for white space and Markdown's own marks."""
    return [
        (node.eid, node.kind, node.number, depth, _bare(node.heading), _bare(node.text))
        for node, depth in walk(draft.provisions)
    ]


def _bare(words: str) -> str:
    return "".join(words.split())
