"""A draft as the tree that was found in its text; nothing of the text is outside the tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.domain.draft_markers import DIVISIONS, UNSEEN
from portal.domain.drafts import ProvisionKind

_CLOSING = tuple(":：.-–—")
MESSAGES = {
    "number_gap": "The numbering jumps from {before} to {found}: {expected} is missing.",
    "number_repeat": "The number {found} is used twice.",
    "number_back": "The number {found} comes after {before}.",
    "number_start": "The numbering starts at {found}: {expected} is missing.",
    "number_unread": "This line looks like a heading, but its number was not understood: {found}",
    "hidden_characters": (
        "Characters that nobody sees can make this line read as another: {found}"
    ),
    "hidden_marks": "The text holds marks that nobody sees: {found}",
    "hidden_words": "These words are hidden in the file and are shown here: {found}",
    "contents_left_out": "A table of contents was left out (lines: {count}).",
    "pictures_left_out": (
        "Pictures were left out: {count}. Add them as an annex where they matter."
    ),
    "embedded_left_out": "Documents embedded in the file were left out: {count}.",
    "running_lines_left_out": (
        "Heads, feet and page numbers were left out: {count} lines, such as {found}"
    ),
    "pdf_page_without_text": "Page {page} holds no text: look whether something is missing.",
    "pdf_lam_alef": "Page {page}: لا and ال look swapped here: {found}",
    "pdf_brackets": "Page {page}: brackets look turned round here: {found}",
    "pdf_brackets_turned": (
        "Most brackets stand in the file the wrong way round; all were turned: {count} lines, such "
        "as {found}"
    ),
    "pdf_digits": "Page {page}: the digits look reversed here: {found}",
    "pdf_backwards": "Page {page}: these words look written backwards: {found}",
    "pdf_parted": "Page {page}: a letter looks parted from its word: {found}",
    "pdf_unreadable": "Page {page}: the file does not say which letters these are: {found}",
    "pdf_forms": "Page {page}: forms of letters were taken as the letters: {found}",
    "pdf_more_faults": (
        "There are more faults of this kind from page {page} on; they are not listed."
    ),
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
    children, are the source but for white space. `heading_en` and `text_en` are a translation.
    """

    eid: str
    kind: ProvisionKind
    number: str
    marker: str
    heading: str
    text: str
    line: int
    children: tuple[ParsedProvision, ...] = ()
    heading_en: str = ""
    text_en: str = ""


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
    """The text put together again: equal to the source but for white space.

    Parsed again it gives the same tree, save for the numbers of lines.
    """
    return "\n\n".join(_written(node) for node, _depth in walk(parsed.provisions))


def _written(node: ParsedProvision) -> str:
    if node.kind not in DIVISIONS:
        return f"{node.marker} {node.text}".strip()
    # Under a marker that nothing closes (`الباب الأول`), a heading stands on the next line, and
    # under `الملحق:` too, which is no marker unless it stands alone; before a figure as well,
    # which behind two colons would be taken for a part of the number.
    closed = node.marker.rstrip(UNSEEN).endswith(_CLOSING)
    alone = node.kind is ProvisionKind.ANNEX and not node.number and "#" not in node.marker
    apart = node.kind is not ProvisionKind.ARTICLE and (
        alone or not closed or node.heading[:1].isdigit()
    )
    named = any(char.isalpha() and char != "ـ" for char in node.marker)
    between = "\n" if apart and named else " "
    head = between.join(part for part in (node.marker, node.heading) if part)
    return "\n".join(part for part in (head, node.text) if part)


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
    """A translation is told only where there is one."""
    translated = {"heading_en": provision.heading_en, "text_en": provision.text_en}
    return {
        "eid": provision.eid,
        "kind": provision.kind.value,
        "number": provision.number,
        "marker": provision.marker,
        "heading": provision.heading,
        "text": provision.text,
        **{name: words for name, words in translated.items() if words},
        "children": [_node(child) for child in provision.children],
    }
