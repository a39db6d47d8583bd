"""The structure of a draft found in its text: parts, chapters, articles, paragraphs, points."""

from __future__ import annotations

from portal.domain.draft_building import Node, build
from portal.domain.draft_checks import numbering_warnings
from portal.domain.draft_headings import HEADING_LENGTH
from portal.domain.draft_hidden import hidden_warnings
from portal.domain.draft_lines import Line, lines, split_lines
from portal.domain.draft_tree import DraftWarning, ParsedDraft, ParsedProvision
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.provision_ids import Ids, Named
from portal.domain.text import fold, refuse_unkeepable, strip_hidden

MAX_LENGTH = 2_000_000
MAX_ARTICLES = 2_000
MAX_PROVISIONS = 20_000
MAX_LINES = 5 * MAX_PROVISIONS  # blank and wrapped lines begin no provision
_NAMED = ("قانون", "نظام", "تعليمات", "مشروع", "مسوده", "سياسه", "استراتيجيه", "خطه", "نص")


def parse(text: str) -> ParsedDraft:
    """Find the structure of `text` (pasted, plain or Markdown).

    Raises `draft_empty`, `draft_too_long`, `draft_too_many_articles`, `draft_too_many_provisions`,
    or `control_characters` (a NUL, half a character). A text without an article is taken, and so
    is one with characters that nobody sees, each with warnings.
    """
    if not text.strip():
        raise DomainError("draft_empty", field="source")
    if len(text) > MAX_LENGTH:
        raise DomainError("draft_too_long", field="source", maximum=MAX_LENGTH)
    if len(split_lines(text)) > MAX_LINES:
        raise DomainError("draft_too_many_provisions", field="source", maximum=MAX_PROVISIONS)
    refuse_unkeepable(text, field="source")
    found = lines(text.removeprefix("\ufeff"))
    if not found:
        raise DomainError("draft_empty", field="source")
    articles = sum(line.kind is ProvisionKind.ARTICLE for line in found)
    _check_size("draft_too_many_articles", articles, MAX_ARTICLES)
    tree = build(found)
    _check_size("draft_too_many_provisions", _count(tree), MAX_PROVISIONS)
    provisions = _finish(tree, "", Ids())
    warnings = numbering_warnings(provisions) + hidden_warnings(text.removeprefix("\ufeff"))
    warnings += tuple(
        DraftWarning("number_unread", line.at, {"found": line.rest})
        for line in found
        if line.form == "unread"
    )
    if not articles:
        warnings += (DraftWarning("no_article", 0, {}),)
    # A title is a copy of a line, and no line of its own that a person could mend.
    return ParsedDraft(
        strip_hidden(_title(found)), provisions, tuple(sorted(warnings, key=_by_line))
    )


def _by_line(warning: DraftWarning) -> int:
    return warning.line


def _check_size(code: str, number: int, maximum: int) -> None:
    """A clear refusal where there is more than a page could show."""
    if number > maximum:
        raise DomainError(code, field="source", found=number, maximum=maximum)


def _count(node: Node) -> int:
    return sum(1 + _count(child) for child in node.children)


def _finish(parent: Node, prefix: str, ids: Ids, annex: str = "") -> tuple[ParsedProvision, ...]:
    finished = []
    counts: dict[ProvisionKind, int] = {}
    for node in parent.children:
        if node.kind is ProvisionKind.ARTICLE and not node.text and not node.children:
            # Nothing else stands in it, so what looked like a heading is its text.
            node.heading, node.text = "", [node.heading]
        counts[node.kind] = counts.get(node.kind, 0) + 1
        named = Named(node.kind, node.number, node.marker)
        eid = ids.give(named, prefix, annex, counts[node.kind])
        inside = eid if node.kind is ProvisionKind.ANNEX else annex
        finished.append(
            ParsedProvision(
                eid=eid,
                kind=node.kind,
                number=node.number,
                marker=node.marker,
                heading=node.heading,
                text="\n".join(node.text),
                line=node.line,
                children=_finish(node, eid, ids, inside),
            )
        )
    return tuple(finished)


def _title(found: list[Line]) -> str:
    """The line before the first division that names the draft."""
    leading = []
    for line in found:
        if line.kind:
            break
        if line.form == "row":
            continue
        if line.form == "heading":
            return line.rest[:500]
        leading.append(line.rest)
    for rest in reversed(leading[:8]):
        if fold(rest).startswith(_NAMED) and len(rest) <= HEADING_LENGTH * 2:
            return rest
    return leading[0][:500] if leading else ""
