"""Taking the report of a workshop in as comments, with the workshop as their provenance."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import func, select

from portal.domain.accounts import Actor
from portal.domain.comments import TEXT_LIMIT, CommentType
from portal.domain.consultations import Event, after, phase
from portal.domain.drafts import DocumentKind
from portal.domain.errors import DomainError
from portal.domain.participation import Axis, WorkshopDocument, WorkshopReport
from portal.domain.record import Entry
from portal.domain.submissions import Channel, Point, Sender, SenderClass, Target
from portal.domain.text import fold, squeeze
from portal.models import Consultation, Document, Submission, Workshop, db
from portal.models.intake import Arrival, take_in
from portal.models.ledger import write_down
from portal.models.targets import find_targets
from portal.queries.consultations import dates

TITLE_LIMIT = 500
WARNINGS_KEPT = 200


def take_in_report(
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    report: WorkshopReport,
    source: str,
    *,
    kind: DocumentKind = DocumentKind.PLAN,
    sender_class: SenderClass = SenderClass.CIVIL_SOCIETY,
) -> tuple[Workshop, Submission]:
    """Every recommendation becomes a comment on its document; indicators stay with the workshop.

    Documents are matched by title or added as `kind`; what stands under no document is about the
    consultation. Raises `workshop_taken_in_already` for the same report twice, `phase_refuses`
    out of time, `report_no_bullets` without a recommendation, `bullet_long`.
    """
    after(phase(dates(consultation), now), Event.TAKE_IN)
    _check_bullets(report)
    workshop = _workshop(actor, now, consultation, report, source)
    points = tuple(
        Point(
            target=Target(document_id=document_id),
            text=bullet.text,
            type=CommentType.SUBSTANTIVE,
            place=axis_words(axis),
        )
        for document, document_id in _documents(consultation, report, kind)
        for axis in document.axes
        for bullet in axis.recommendations
    )
    arrival = Arrival(Channel.WORKSHOP, now, f"workshop-{workshop.id}", "ar", workshop.id)
    sender = Sender(sender_class=sender_class)
    targets = find_targets(consultation.id, [point.target for point in points])
    submission = take_in(actor, now, consultation, sender, points, arrival, targets)
    write_down(
        Entry.WORKSHOP_TAKEN_IN,
        at=now,
        subject=f"workshop {workshop.id}",
        content={"consultation": consultation.slug, "source": workshop.source_sha256},
        consultation_id=consultation.id,
        actor_id=actor.user_id,
    )
    return workshop, submission


def _check_bullets(report: WorkshopReport) -> None:
    if not report.recommendation_count:
        raise DomainError("report_no_bullets", field="text")
    for _title, axis in _axes(report):
        for bullet in axis.recommendations:
            if len(bullet.text) > TEXT_LIMIT:
                raise DomainError("bullet_long", field="text", line=bullet.line, maximum=TEXT_LIMIT)


def axis_words(axis: Axis) -> str:
    """Where in its document a recommendation stands, as the report calls it."""
    if axis.number is None:
        return ""
    words = f"المحور {axis.number}"
    return f"{words}: {axis.title}"[:500] if axis.title else words


def _axes(report: WorkshopReport) -> list[tuple[str, Axis]]:
    return [(document.title, axis) for document in report.documents for axis in document.axes]


def _workshop(
    actor: Actor, now: datetime, consultation: Consultation, report: WorkshopReport, source: str
) -> Workshop:
    digest = hashlib.sha256(squeeze(source).encode()).hexdigest()
    already = select(Workshop.id).where(
        Workshop.consultation_id == consultation.id, Workshop.source_sha256 == digest
    )
    if db.session.scalar(already):
        raise DomainError("workshop_taken_in_already", status=409)
    attendance = report.attendance
    workshop = Workshop(
        consultation_id=consultation.id,
        held_on=report.held_on,
        place=report.place[:300],
        total=attendance.total if attendance else None,
        women=attendance.women if attendance else None,
        men=attendance.men if attendance else None,
        governorates=list(report.governorates),
        indicators=[
            {"document": title, "axis": axis_words(axis), "text": bullet.text}
            for title, axis in _axes(report)
            for bullet in axis.indicators
        ],
        warnings=[
            {"code": warning.code, "line": warning.line, "params": warning.params}
            for warning in report.warnings[:WARNINGS_KEPT]
        ],
        source_sha256=digest,
        taken_in_at=now,
        taken_in_by=actor.user_id,
    )
    db.session.add(workshop)
    db.session.flush()
    return workshop


def _documents(
    consultation: Consultation, report: WorkshopReport, kind: DocumentKind
) -> list[tuple[WorkshopDocument, int | None]]:
    """Every document of the report with the id of ours; missing ones are added."""
    query = select(Document).where(Document.consultation_id == consultation.id)
    by_title = {_key(each.title_ar): each.id for each in db.session.scalars(query)}
    newest = select(func.max(Document.number)).where(Document.consultation_id == consultation.id)
    number = db.session.scalar(newest) or 0
    found: list[tuple[WorkshopDocument, int | None]] = []
    for document in report.documents:
        title = squeeze(document.title) or f"الوثيقة {document.number}"
        if document.number is not None and _key(title) not in by_title:
            number += 1
            by_title[_key(title)] = _add(consultation, number, kind, title[:TITLE_LIMIT])
        found.append((document, by_title.get(_key(title))))
    return found


def _add(consultation: Consultation, number: int, kind: DocumentKind, title: str) -> int:
    added = Document(consultation_id=consultation.id, number=number, kind=kind, title_ar=title)
    db.session.add(added)
    db.session.flush()
    return added.id


def _key(title: str) -> str:
    """Titles with equal keys name one document, however they are spelt; as long as it is kept."""
    return fold(squeeze(title)[:TITLE_LIMIT]).strip(" .")
