"""The words that are marked to be parts of a comment, as a form carries them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from portal.domain.comment_parts import MOST_PARTS, SPLIT_FIELDS, PartSpan
from portal.domain.errors import DomainError
from portal.domain.given_numbers import whole
from portal.domain.grounds import Ground
from portal.domain.redaction import spans_of, tidy
from portal.models import Comment
from portal.web.forms.moderation import MOST_MARKS, span_of

# What marking words asks for and a part does not have.
_ANY = Ground.PERSONAL_DATA


@dataclass(frozen=True, slots=True)
class PartMark:
    """Words that are marked, and the number of the part that they belong to."""

    field: str
    start: int
    end: int
    words: str
    part: int

    @property
    def value(self) -> str:
        """As the form carries it."""
        return f"{self.field}:{self.start}:{self.end}"


def fields_of(comment: Comment) -> dict[str, str]:
    """The texts that parts take words from, by name."""
    return {field: getattr(comment, field) for field in SPLIT_FIELDS}


def marks_of(typed: MultiDict[str, str], fields: Mapping[str, str]) -> list[PartMark]:
    """The marks that a form carries, widened to whole words; raises `span_outside`."""
    places = typed.getlist("span")[:MOST_MARKS]
    numbers = [*typed.getlist("span_part"), *[""] * len(places)]
    found = []
    for place, number in zip(places, numbers, strict=False):
        part = min(whole(number) or 0, MOST_PARTS + 1)
        for span in tidy((span_of(place, fields),), fields):
            found.append(_mark(span.field, span.start, span.end, fields, max(1, part)))
    return found


def _mark(field: str, start: int, end: int, fields: Mapping[str, str], part: int) -> PartMark:
    return PartMark(field, start, end, fields[field][start:end], part)


def with_typed(marks: list[PartMark], words: str, fields: Mapping[str, str]) -> list[PartMark]:
    """The marks and the words that were typed, a part a line; raises `part_words_missing`."""
    found = list(marks)
    for line in words.splitlines():
        if not line.strip():
            continue
        try:
            first = spans_of(line.strip(), fields, _ANY)[0]
        except DomainError as error:
            raise DomainError("part_words_missing", field="words", words=line.strip()) from error
        found.append(_mark(first.field, first.start, first.end, fields, _next(found)))
    return found


def _next(marks: list[PartMark]) -> int:
    return max((mark.part for mark in marks), default=0) + 1


def by_paragraph(fields: Mapping[str, str]) -> list[PartMark]:
    """A part for each paragraph of the text; what it proposes and its grounds go to the first."""
    marks: list[PartMark] = []
    at = 0
    for line in fields["text"].split("\n"):
        if line.strip() and len(marks) < MOST_PARTS:
            marks.append(_mark("text", at, at + len(line), fields, len(marks) + 1))
        at += len(line) + 1
    for field in ("proposed", "grounds"):
        if fields[field].strip():
            marks.append(_mark(field, 0, len(fields[field]), fields, 1))
    return marks


def parts_of(marks: list[PartMark]) -> tuple[tuple[PartSpan, ...], ...]:
    """The parts as marked, numbered on from 1 without a gap."""
    parts: dict[int, list[PartSpan]] = {}
    for mark in sorted(marks, key=lambda mark: mark.part):
        parts.setdefault(mark.part, []).append(PartSpan(mark.field, mark.start, mark.end))
    return tuple(tuple(spans) for spans in parts.values())
