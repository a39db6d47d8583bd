"""How a provision's number is shown: as the source wrote it, where that is still its number."""

from __future__ import annotations

import re

from portal.domain.draft_markers import UNSEEN, find_marker
from portal.domain.draft_tree import ParsedDraft, ParsedProvision
from portal.domain.drafts import ProvisionKind

_SPACES = dict.fromkeys(map(ord, UNSEEN), " ")
_MARKUP = re.compile(r"\s*(?:(?:#{1,6}|>)(?:\s+|$))+")


def number_of(marker: str) -> str:
    """The number that a marker says: Latin digits or the bare letter, nothing for none."""
    found = find_marker(marker.translate(_SPACES), 0)
    return found.number if found and found.kind else ""


def bare_marker(marker: str) -> str:
    """The marker without heading and quotation marks of Markdown."""
    return _MARKUP.sub("", marker, count=1)


def stands(node: ParsedProvision) -> bool:
    """Whether the marker still says the number: a drafter may have corrected that alone."""
    said = number_of(node.marker)
    written = any(char.isalnum() for char in node.marker)
    return not node.number or said == node.number or (written and not said)


def divided(
    draft: ParsedDraft,
) -> tuple[tuple[ParsedProvision, ...], tuple[ParsedProvision, ...]]:
    """What stands above the title of a page, and what under it; not the line that is the title."""
    for at, node in enumerate(draft.provisions):
        if node.kind is not ProvisionKind.TEXT or node.children or node.heading:
            break
        if node.text == draft.title:
            return draft.provisions[:at], draft.provisions[at + 1 :]
    return (), draft.provisions
