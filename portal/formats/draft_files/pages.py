"""A tree laid out for a printed page: what each provision is there, whatever the file's format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from flask_babel import force_locale

from portal.domain.draft_display import bare_marker, divided, stands
from portal.domain.draft_tables import Table, read_table
from portal.domain.draft_tree import ParsedDraft, ParsedProvision
from portal.domain.drafts import ProvisionKind
from portal.formats.citations import named

_ANNEX = ProvisionKind.ANNEX
_GRAND = frozenset({ProvisionKind.PART, ProvisionKind.CHAPTER, _ANNEX})
_DIVISIONS = _GRAND | {ProvisionKind.SECTION, ProvisionKind.ARTICLE}
_LISTED = frozenset({ProvisionKind.PARAGRAPH, ProvisionKind.POINT})
_CLOSING = tuple(":：.-–—")
_LONGEST_MARKER = 12
_DEEPEST = 12  # a draft of law has six
_COLUMN = (8, 40)  # characters, least and most

_NO_TABLE = Table(())

Safe = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Page:
    """A provision on a page; words are lists of lines.

    `form`: a `division` has a heading, an `item` hangs its marker, a `table` has rows of cells,
    each row as wide as the widest.
    `grand`: a division whose heading stands in the middle. `depth` counts items within items.
    """

    form: Literal["division", "item", "text", "table"]
    marker: str
    head: tuple[str, ...]
    head_en: tuple[str, ...]
    text: tuple[str, ...]
    text_en: tuple[str, ...]
    children: tuple[Page, ...] = ()
    table: Table = _NO_TABLE
    table_en: Table = _NO_TABLE
    grand: bool = False
    new_page: bool = False
    depth: int = 0


def widths(table: Table) -> tuple[int, ...]:
    """How wide the columns of a table are, one beside the other."""
    least, most = _COLUMN
    columns = zip(*table.rows, strict=True)
    return tuple(min(max(least, *map(len, each)), most) for each in columns)


def laid_out(draft: ParsedDraft, safe: Safe) -> tuple[tuple[Page, ...], tuple[Page, ...]]:
    """What stands above the title and what under it; `safe` makes words fit for the format."""
    above, below = divided(draft)
    return tuple(_pages(above, safe, 0, 1)), tuple(_pages(below, safe, 0, 1))


def _pages(
    nodes: tuple[ParsedProvision, ...], safe: Safe, depth: int, level: int
) -> Iterator[Page]:
    """What is nested deeper than a page can show follows what it stands in."""
    for node in nodes:
        page = replace(_page(node, safe, depth), new_page=node.kind is _ANNEX and level == 1)
        inside = depth + (page.form == "item")
        if level < _DEEPEST:
            yield replace(page, children=tuple(_pages(node.children, safe, inside, level + 1)))
        else:
            yield page
            yield from _pages(node.children, safe, depth, level)


def _page(node: ParsedProvision, safe: Safe, depth: int) -> Page:
    division, listed = node.kind in _DIVISIONS, node.kind in _LISTED
    marker = safe(marker_of(node))
    hanging = not division and len(marker) <= _LONGEST_MARKER
    head = _head(marker, safe(node.heading)) if division else _lines(safe(node.heading))
    if marker and not hanging and not division:
        head = (marker, *head)
    table = node.kind is ProvisionKind.TABLE
    return Page(
        form="division" if division else "item" if listed else "table" if table else "text",
        marker=marker if hanging else "",
        head=head,
        head_en=_lines(safe(_english(node))) if division else _lines(safe(node.heading_en)),
        text=_lines(safe(node.text)),
        text_en=_lines(safe(node.text_en)),
        table=_table(node.text, safe) if table else _NO_TABLE,
        table_en=_table(node.text_en, safe) if table else _NO_TABLE,
        grand=node.kind in _GRAND,
        depth=depth,
    )


def _table(text: str, safe: Safe) -> Table:
    """The rows, all of one width, in words that the format can hold."""
    read = read_table(text)
    return Table(tuple(tuple(map(safe, row)) for row in read.even), read.headed)


def marker_of(node: ParsedProvision) -> str:
    """As the source wrote it, or from the number where that was corrected."""
    if stands(node):
        return bare_marker(node.marker)
    if node.kind in _LISTED:
        return f"{node.number}-"
    with force_locale("ar"):
        return f"{named(node.kind, node.number)}:"


def _english(node: ParsedProvision) -> str:
    if not node.heading_en and not node.text_en:
        return ""
    with force_locale("en"):
        place = named(node.kind, node.number) if node.number else ""
    return ": ".join(part for part in (place, node.heading_en) if part)


def _head(marker: str, heading: str) -> tuple[str, ...]:
    """Under a marker that nothing closes (`الباب الأول`) a heading stands on the next line."""
    if marker and heading and not marker.endswith(_CLOSING):
        return (marker, *_lines(heading))
    return _lines(" ".join(part for part in (marker, heading) if part))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text.strip() else ()
