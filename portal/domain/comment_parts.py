"""A comment that makes several points, split: each part is words of the original, never new ones.

DOMAIN.md, rules of the matrix, 1. A part has a row of its own, with its words and no others; what
moderation masked in the original is masked in the part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from portal.domain.errors import DomainError
from portal.domain.visibility import Content, Span

# The fields of a comment that a part takes words from; what it quotes belongs to every part.
SPLIT_FIELDS = ("text", "proposed", "grounds")
BETWEEN = " … "
MOST_PARTS = 50


class PartSpan(NamedTuple):
    """Words of a part: characters `start` up to `end` of `field`."""

    field: str
    start: int
    end: int


def check_parts(parts: Iterable[tuple[PartSpan, ...]], fields: Mapping[str, str]) -> None:
    """Raise `one_part` for fewer than two, `many_parts`, `part_empty`, `part_outside`.

    Parts may share words (one sentence can carry two points), and need not hold all of them.
    """
    parts = tuple(parts)
    if len(parts) < 2:
        raise DomainError("one_part", field="parts")
    if len(parts) > MOST_PARTS:
        raise DomainError("many_parts", field="parts", maximum=MOST_PARTS)
    for number, spans in enumerate(parts, start=1):
        words = ""
        for span in spans:
            text = fields.get(span.field, "") if span.field in SPLIT_FIELDS else ""
            if not 0 <= span.start < span.end <= len(text):
                raise DomainError("part_outside", field="parts", number=number)
            words += text[span.start : span.end]
        if not words.strip():
            raise DomainError("part_empty", field="parts", number=number)


def part_content(content: Content, spans: Iterable[PartSpan]) -> Content:
    """The comment as if it had said this part alone, masked as the whole is."""
    masks = [mask for mask in content.spans if mask.field not in SPLIT_FIELDS]
    chosen = list(spans)
    cut = content
    for field in SPLIT_FIELDS:
        own = _merged((span.start, span.end) for span in chosen if span.field == field)
        covering = [mask for mask in content.spans if mask.field == field]
        words, moved = _cut(getattr(content, field), own, covering)
        cut = replace(cut, **{field: words})  # type: ignore[arg-type]
        masks += moved
    return replace(cut, spans=tuple(masks))


def _merged(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _cut(text: str, stretches: list[tuple[int, int]], masks: list[Span]) -> tuple[str, list[Span]]:
    cut, moved = "", []
    for start, end in stretches:
        cut += BETWEEN if cut else ""
        at = len(cut) - start
        cut += text[start:end]
        for mask in masks:
            begin, stop = max(mask.start, start), min(mask.end, end)
            if begin < stop:
                moved.append(Span(mask.field, begin + at, stop + at, mask.ground))
    return cut, moved
