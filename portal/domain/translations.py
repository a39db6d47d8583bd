"""English beside the Arabic of a draft: attached by provision, kept where it still fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from portal.domain.draft_numbers import place
from portal.domain.draft_tree import ParsedProvision, walk
from portal.domain.structure import Row, Rows, eids_of, tree_of

EXCERPT = 160


@dataclass(frozen=True, slots=True)
class Attached:
    """A translation laid beside its draft.

    `left` are excerpts of what found no provision, `missing` the ids of provisions without one.
    """

    rows: Rows
    matched: int
    left: tuple[str, ...]
    missing: tuple[str, ...]


def attach(rows: Rows, english: tuple[ParsedProvision, ...]) -> Attached:
    """Lay the provisions of a translation beside those of `rows`.

    They are matched by id, then by kind and number within what was matched around them.
    """
    arabic = tree_of(rows)
    by_eid = {node.eid: node for node, _depth in walk(arabic)}
    new, left, taken = list(rows), list[str](), set[int]()

    def pair(ours: Sequence[ParsedProvision], theirs: Sequence[ParsedProvision]) -> None:
        for each in theirs:
            found = by_eid.get(each.eid) or _alike(each, ours, taken)
            if found is None or found.line in taken:
                left.append(_excerpt(each))
                pair((), each.children)
                continue
            taken.add(found.line)
            new[found.line - 1] = _beside(new[found.line - 1], each)
            pair(found.children, each.children)

    pair(arabic, english)
    return Attached(tuple(new), len(taken), tuple(left), tuple(_missing(new)))


def _alike(
    each: ParsedProvision, among: Sequence[ParsedProvision], taken: set[int]
) -> ParsedProvision | None:
    """The first provision of that kind and place in its list that is not taken yet."""
    at = place(each.number)
    return next(
        (
            ours
            for ours in among
            if at and ours.kind is each.kind and place(ours.number) == at and ours.line not in taken
        ),
        None,
    )


def _beside(row: Row, english: ParsedProvision) -> Row:
    """The row with its English; a heading stands beside a heading, where there is one."""
    heading, text = english.heading, english.text
    if heading and not row.heading:
        heading, text = "", "\n".join(part for part in (heading, text) if part)
    elif text and not heading and row.heading and not row.text:
        heading, text = text, ""
    return replace(row, heading_en=heading, text_en=text)


def _excerpt(node: ParsedProvision) -> str:
    words = " ".join(part for part in (node.marker, node.heading, node.text) if part)
    return words if len(words) <= EXCERPT else f"{words[: EXCERPT - 1]}…"


def _missing(rows: Sequence[Row]) -> Iterator[str]:
    for row, eid in zip(rows, eids_of(rows), strict=True):
        if (row.heading or row.text) and not (row.heading_en or row.text_en):
            yield eid


def carry(rows: Rows, *earlier: Rows) -> Rows:
    """`rows` with the English of earlier versions wherever their Arabic is word for word the same.

    The first of `earlier` that has one gives it; the provision of the same id before any other.
    """
    old = [(row, eid) for each in earlier for row, eid in zip(each, eids_of(each), strict=True)]
    here: dict[tuple[str, str, str], str] = {}
    anywhere: dict[tuple[str, str], str] = {}
    for row, eid in old:
        for field in ("heading", "text"):
            arabic, english = getattr(row, field), getattr(row, f"{field}_en")
            if english:
                here.setdefault((eid, field, arabic), english)
                anywhere.setdefault((field, arabic), english)

    def english_of(field: str, eid: str, arabic: str) -> str:
        return here.get((eid, field, arabic)) or anywhere.get((field, arabic), "")

    return tuple(
        replace(
            row,
            heading_en=row.heading_en or english_of("heading", eid, row.heading),
            text_en=row.text_en or english_of("text", eid, row.text),
        )
        for row, eid in zip(rows, eids_of(rows), strict=True)
    )
