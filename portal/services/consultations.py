"""What can happen to a consultation."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from portal.domain.accounts import Actor
from portal.domain.bilingual import Bilingual
from portal.domain.consultations import Event, after, check_extension, check_period, phase
from portal.domain.drafts import DocumentKind
from portal.domain.errors import DomainError, Refusals
from portal.domain.particulars import (
    TEXT_LIMIT,
    Particulars,
    check_particulars,
    check_slug,
    check_title,
    check_year,
)
from portal.domain.record import Entry
from portal.domain.text import check_words
from portal.models import Consultation, Document, DraftVersion, Extension, db
from portal.models.ledger import write_down
from portal.queries.consultations import dates


def create(
    actor: Actor, now: datetime, *, body_id: int, slug: str, particulars: Particulars
) -> Consultation:
    """A consultation in preparation. Raises `Refusals`: `slug_bad`, `slug_taken`…"""
    found = check_particulars(particulars)
    found += check_slug(slug)
    if db.session.scalar(select(Consultation.id).where(Consultation.slug == slug)):
        found.append(DomainError("slug_taken", field="slug", slug=slug))
    if found:
        raise Refusals(found)
    consultation = Consultation(
        slug=slug, body_id=body_id, created_at=now, created_by=actor.user_id
    )
    _fill(consultation, particulars)
    db.session.add(consultation)
    db.session.flush()
    _record(Entry.CONSULTATION_CREATED, actor, now, consultation)
    return consultation


def edit(actor: Actor, now: datetime, consultation: Consultation, particulars: Particulars) -> None:
    """Change what is said of a consultation before it opens.

    Dates once announced stay (`dates_announced`): a later deadline is an extension.
    """
    found = check_particulars(particulars)
    if consultation.announced_at:
        for field in ("opens_at", "closes_at"):
            if _minute(getattr(particulars, field)) != _minute(getattr(consultation, field)):
                found.append(DomainError("dates_announced", field=field))
        particulars = replace(
            particulars, opens_at=consultation.opens_at, closes_at=consultation.closes_at
        )
    if found:
        raise Refusals(found)
    _fill(consultation, particulars)
    _record(Entry.CONSULTATION_CHANGED, actor, now, consultation)


def _minute(moment: datetime) -> datetime:
    """As a form shows it: a moment that was not touched there comes back without its seconds."""
    return moment.replace(second=0, microsecond=0)


def _refuse_reason(reason: Bilingual) -> None:
    for language, text in reason._asdict().items():
        _refuse_words(text, f"reason_{language}")


def _refuse_words(text: str, field: str) -> None:
    for error in check_words(text, field, TEXT_LIMIT):
        raise error


def _fill(consultation: Consultation, particulars: Particulars) -> None:
    for name in ("title", "purpose", "negotiable", "fixed"):
        words: Bilingual = getattr(particulars, name)
        setattr(consultation, f"{name}_ar", words.ar.strip())
        setattr(consultation, f"{name}_en", words.en.strip())
    consultation.contact = particulars.contact.strip()
    consultation.moderated_after = particulars.moderated_after
    consultation.opens_at = particulars.opens_at
    consultation.closes_at = particulars.closes_at


def add_document(
    actor: Actor, now: datetime, consultation: Consultation, kind: DocumentKind, title: Bilingual
) -> Document:
    """A further document, numbered on from the last."""
    found = check_title(title)
    if found:
        raise Refusals(found)
    newest = select(func.max(Document.number)).where(Document.consultation_id == consultation.id)
    document = Document(
        consultation_id=consultation.id,
        number=(db.session.scalar(newest) or 0) + 1,
        kind=kind,
        title_ar=title.ar.strip(),
        title_en=title.en.strip(),
    )
    db.session.add(document)
    db.session.flush()
    _record(Entry.CONSULTATION_CHANGED, actor, now, consultation)
    return document


def announce(
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    *,
    minimum_days: int,
    short_reason: str = "",
    approver: bool = False,
    as_dated: bool = False,
) -> None:
    """Make it public; from here on the clock opens and closes it.

    A period under the minimum needs an approver and a reason (`period_short`). It is counted from
    now where the opening is past already; `as_dated` takes the dates of a consultation that ran
    elsewhere as they are. Raises `nothing_to_read` where there is no document, and
    `version_unpublished` where the text of one is not published.
    """
    after(phase(dates(consultation), now), Event.ANNOUNCE)
    _refuse_words(short_reason, "short_reason")
    opens_at = consultation.opens_at
    short = check_period(
        opens_at if as_dated else max(opens_at, now),
        consultation.closes_at,
        minimum_days=minimum_days,
        short_reason=short_reason if approver else "",
    )
    _check_documents(consultation)
    if short:
        consultation.short_reason = short_reason.strip()
        consultation.short_approved_by = actor.user_id
    consultation.announced_at = now
    _record(Entry.ANNOUNCED, actor, now, consultation)


def _check_documents(consultation: Consultation) -> None:
    """A document may have no text here; one that has a text has it published."""
    versions = db.session.execute(
        select(Document.number, func.count(DraftVersion.id), func.count(DraftVersion.published_at))
        .outerjoin(DraftVersion, DraftVersion.document_id == Document.id)
        .where(Document.consultation_id == consultation.id)
        .group_by(Document.number)
        .order_by(Document.number)
    ).all()
    if not versions:
        raise DomainError("nothing_to_read")
    for number, all_of_them, published in versions:
        if all_of_them and not published:
            raise DomainError("version_unpublished", number=number)


def extend(
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    *,
    closes_at: datetime,
    reason: Bilingual,
) -> Extension:
    """A later deadline, announced before the old one, with a reason; the old one stays visible.

    Raises `extension_late`, `extension_not_later`, `reason_missing`.
    """
    after(phase(dates(consultation), now), Event.EXTEND)
    _refuse_reason(reason)
    for error in check_year(closes_at, "closes_at"):
        raise error
    check_extension(consultation.closes_at, closes_at, now=now, reason=reason.ar)
    extension = Extension(
        consultation_id=consultation.id,
        old_closes_at=consultation.closes_at,
        new_closes_at=closes_at,
        reason_ar=reason.ar.strip(),
        reason_en=reason.en.strip(),
        announced_at=now,
        announced_by=actor.user_id,
    )
    db.session.add(extension)
    consultation.closes_at = closes_at
    consultation.closing_told_at = None
    _record(Entry.EXTENDED, actor, now, consultation)
    return extension


def withdraw(actor: Actor, now: datetime, consultation: Consultation, *, reason: Bilingual) -> None:
    """Withdraw it, with a reason; comments and record stay."""
    after(phase(dates(consultation), now), Event.WITHDRAW)
    if not reason.ar.strip():
        raise DomainError("reason_missing", field="reason_ar")
    _refuse_reason(reason)
    consultation.withdrawn_at = now
    consultation.withdrawn_reason_ar = reason.ar.strip()
    consultation.withdrawn_reason_en = reason.en.strip()
    _record(Entry.CONSULTATION_WITHDRAWN, actor, now, consultation)


def conclude(actor: Actor, now: datetime, consultation: Consultation) -> None:
    """The final text was issued."""
    after(phase(dates(consultation), now), Event.CONCLUDE)
    consultation.concluded_at = now
    _record(Entry.CONCLUDED, actor, now, consultation)


def archive(actor: Actor, now: datetime, consultation: Consultation) -> None:
    after(phase(dates(consultation), now), Event.ARCHIVE)
    consultation.archived_at = now
    _record(Entry.ARCHIVED, actor, now, consultation)


def _record(kind: Entry, actor: Actor, now: datetime, consultation: Consultation) -> None:
    content = {
        "consultation": consultation.slug,
        "title": consultation.title_ar,
        "opens": consultation.opens_at.isoformat(),
        "closes": consultation.closes_at.isoformat(),
        "withdrawn": consultation.withdrawn_reason_ar,
    }
    write_down(
        kind,
        at=now,
        subject=consultation.slug,
        content=content,
        consultation_id=consultation.id,
        actor_id=actor.user_id,
    )
