"""Participation: the report of a workshop, read into documents, axes and recommendations.

Nothing is mended: what looks wrong is kept and warned of. Names of people are not taken in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from portal.domain.errors import DomainError
from portal.domain.participation_body import Body
from portal.domain.participation_build import Listed, OpenDocument
from portal.domain.participation_checks import check_axes, check_bullets, check_documents
from portal.domain.participation_facts import read_facts
from portal.domain.participation_lines import Line, LineKind, read_lines
from portal.domain.participation_ordinals import CARDINAL_WORDS, cardinal
from portal.domain.participation_parts import Parts, find_parts
from portal.domain.participation_places import GOVERNORATE_NAMES, governorate
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
        *_announced(head, len(listed or body.documents)),
        *_not_discussed(body.documents, listed),
        *check_documents(body.documents, listed),
        *(warning for document in body.documents for warning in check_axes(document)),
        *check_bullets(body.documents),
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


def as_json(report: WorkshopReport) -> dict[str, Any]:
    """The report for programs: dates in ISO form, governorates in their usual spelling."""
    return {
        "date": report.held_on.isoformat() if report.held_on else None,
        "place": report.place,
        "attendance": _attendance_json(report.attendance),
        "governorates": [_usual_name(name) for name in report.governorates],
        "documents": [
            {
                "number": document.number,
                "title": document.title,
                "axes": [_axis_json(axis) for axis in document.axes],
            }
            for document in report.documents
        ],
        "warnings": [
            {"code": warning.code, "message": warning.message, "line": warning.line}
            for warning in report.warnings
        ],
    }


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
    if not any(axis.recommendations or axis.indicators for d in body.documents for axis in d.axes):
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
    under = {d.number for d in found if any(a.recommendations or a.indicators for a in d.axes)}
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


def _announced(head: Sequence[Line], found: int) -> Iterable[ReportWarning]:
    """A line that ends with a colon and a number of documents announces how many there are."""
    for line in head:
        announced = _ANNOUNCED.search(" ".join(fold(line.text).split()))
        if line.kind is LineKind.TEXT and announced and line.text.endswith(":"):
            stated = cardinal(announced[1])
            if stated != found:
                params = {"stated": stated, "found": found}
                yield ReportWarning("document_count_differs", line.number, params)


def _usual_name(name: str) -> str:
    code = governorate(name)
    return GOVERNORATE_NAMES[code] if code else name


def _attendance_json(attendance: Attendance | None) -> dict[str, int | None] | None:
    if attendance is None:
        return None
    return {"total": attendance.total, "women": attendance.women, "men": attendance.men}


def _axis_json(axis: Axis) -> dict[str, Any]:
    return {
        "number": axis.number,
        "title": axis.title,
        "recommendations": [bullet.text for bullet in axis.recommendations],
        "indicators": [bullet.text for bullet in axis.indicators],
    }
