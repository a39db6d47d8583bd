"""Participation: the report of a workshop, read into documents, axes and recommendations.

Nothing is mended: what looks wrong is kept and warned of. Names of people are not taken in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from portal.domain.errors import DomainError
from portal.domain.ordinals import CARDINAL_WORDS, cardinal
from portal.domain.participation_body import Body
from portal.domain.participation_build import Listed, OpenDocument, bullets
from portal.domain.participation_checks import check_axes, check_bullets, check_documents
from portal.domain.participation_facts import read_facts
from portal.domain.participation_json import as_json
from portal.domain.participation_lines import Line, LineKind, read_lines
from portal.domain.participation_parts import Parts, find_parts
from portal.domain.participation_places import GOVERNORATE_NAMES
from portal.domain.participation_report import (
    Attendance,
    Axis,
    Bullet,
    ReportWarning,
    WorkshopDocument,
    WorkshopReport,
)
from portal.domain.text import fold, refuse_unsafe

__all__ = [
    "GOVERNORATE_NAMES",
    "MAX_REPORT_LENGTH",
    "Attendance",
    "Axis",
    "Bullet",
    "ReportWarning",
    "WorkshopDocument",
    "WorkshopReport",
    "as_json",
    "parse_report",
]

MAX_REPORT_LENGTH = 500_000
_ANNOUNCED = re.compile(
    rf"(?<!\w)(\d{{1,3}}|{'|'.join(CARDINAL_WORDS)}) (?:ال)?(?:التزامات|تزامات|وثائق|مسودات|مشاريع)"
)


def parse_report(text: str) -> WorkshopReport:
    """The report in `text`, in time linear in its length.

    Raises `report_empty`, `report_too_long` (over 500,000 characters; `limit`),
    `bidi_characters`, `control_characters`, `report_no_bullets`.
    """
    if len(text) > MAX_REPORT_LENGTH:
        raise DomainError("report_too_long", field="text", limit=MAX_REPORT_LENGTH)
    refuse_unsafe(text, field="text")
    if not text.strip("\ufeff").strip():
        raise DomainError("report_empty", field="text")
    lines = read_lines(text)
    parts = find_parts(lines)
    head = [line for at, line in enumerate(lines[: parts.start]) if at not in parts.people]
    listed = _listed(lines, parts)
    body = _read_body(lines, parts, listed)
    facts = read_facts(head)
    documents = _with_listed(body.documents, listed)
    warnings = [
        *facts.warnings,
        *body.warnings,
        *_people(parts),
        *_opening(head),
        *_announced(head, len(listed or body.documents)),
        *_not_discussed(body.documents, listed),
        *check_documents(body.documents, listed),
        *(warning for document in body.documents for warning in check_axes(document)),
        *(warning for document in body.documents for warning in check_bullets(document)),
    ]
    return WorkshopReport(
        held_on=facts.held_on,
        date_text=facts.date_text,
        place=facts.place,
        attendance=facts.attendance,
        governorates=facts.governorates,
        governorate_codes=facts.governorate_codes,
        documents=tuple(document.closed() for document in documents),
        warnings=tuple(sorted(warnings, key=lambda warning: warning.line or 0)),
    )


def _read_body(lines: Sequence[Line], parts: Parts, listed: Listed) -> Body:
    only = None
    if len(listed) == 1:
        ((number, (title, line)),) = listed.items()
        only = OpenDocument(number, title, line)
    body = Body(only)
    body.read(
        line
        for at, line in enumerate(lines[parts.start :], start=parts.start)
        if at not in parts.people
    )
    if not any(map(bullets, body.documents)):
        raise DomainError("report_no_bullets", field="text")
    for document in body.documents:
        if not document.title and document.number is not None and document.number in listed:
            document.title = listed[document.number][0]
    return body


def _listed(lines: Sequence[Line], parts: Parts) -> Listed:
    """Title and line of the documents that the report lists before it goes through them."""
    listed: dict[int, tuple[str, int]] = {}
    for at in parts.headings:
        line = lines[at]
        if at < parts.start and line.ordinal is not None:
            listed.setdefault(line.ordinal, (line.rest, line.number))
    return listed


def _with_listed(found: list[OpenDocument], listed: Listed) -> list[OpenDocument]:
    """`found` with the documents that are only listed, each before the first higher number."""
    documents = list(found)
    for number, (title, line) in listed.items():
        if all(document.number != number for document in documents):
            higher = (at for at, d in enumerate(documents) if d.number and d.number > number)
            at = next(higher, len(documents))
            documents.insert(at, OpenDocument(number, title, line))
    return documents


def _not_discussed(found: list[OpenDocument], listed: Listed) -> Iterable[ReportWarning]:
    under = {document.number for document in found if bullets(document)}
    lines = {number: line for number, (_, line) in listed.items()}
    lines |= {d.number: d.line for d in found if d.number is not None and d.line is not None}
    for number, line in lines.items():
        if number not in under:
            yield ReportWarning("document_without_recommendations", line, {"number": number})


def _people(parts: Parts) -> list[ReportWarning]:
    if not parts.people_count:
        return []
    count = {"count": parts.people_count}
    return [ReportWarning("people_left_out", parts.first_people_line, count)]


def _opening(head: Sequence[Line]) -> list[ReportWarning]:
    """How the day went is often told in bullets: no recommendations, but nothing goes unsaid."""
    told = [line.number for line in head if line.kind is LineKind.BULLET and line.rest]
    return [ReportWarning("opening_left_out", told[0], {"count": len(told)})] if told else []


def _announced(head: Sequence[Line], found: int) -> Iterable[ReportWarning]:
    """A line that ends with a colon and a number of documents announces how many there are."""
    for line in head:
        announced = _ANNOUNCED.search(" ".join(fold(line.text).split()))
        if line.kind is LineKind.TEXT and announced and line.text.endswith(":"):
            stated = cardinal(announced[1])
            if stated != found:
                params = {"stated": stated, "found": found}
                yield ReportWarning("document_count_differs", line.number, params)
