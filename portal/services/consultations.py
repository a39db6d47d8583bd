"""What can happen to a consultation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from portal.domain.accounts import Actor
from portal.domain.bilingual import Bilingual
from portal.domain.consultations import Event, after, check_extension, check_period, phase
from portal.domain.drafts import DocumentKind
from portal.domain.errors import DomainError, Refusals
from portal.domain.record import Entry
from portal.domain.text import refuse_unsafe
from portal.models import Consultation, Document, Extension, db
from portal.models.ledger import write_down
from portal.queries.consultations import dates

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TITLE_LIMIT = 300
TEXT_LIMIT = 10_000
NOTHING = Bilingual("")


@dataclass(frozen=True, slots=True)
class Particulars:
    """What staff write about a consultation."""

    title: Bilingual
    opens_at: datetime
    closes_at: datetime
    purpose: Bilingual = NOTHING
    negotiable: Bilingual = NOTHING
    fixed: Bilingual = NOTHING
    contact: str = ""


def create(
    actor: Actor, now: datetime, *, body_id: int, slug: str, particulars: Particulars
) -> Consultation:
    """A consultation in preparation. Raises `Refusals`: `slug_bad`, `slug_taken`…"""
    found = check_particulars(particulars)
    if len(slug) > 80 or not SLUG.fullmatch(slug):
        found.append(DomainError("slug_bad", field="slug"))
    elif db.session.scalar(select(Consultation.id).where(Consultation.slug == slug)):
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
    """Change what is said of a consultation before it opens."""
    found = check_particulars(particulars)
    if found:
        raise Refusals(found)
    _fill(consultation, particulars)
    _record(Entry.CONSULTATION_CHANGED, actor, now, consultation)


def check_particulars(particulars: Particulars) -> list[DomainError]:
    """All that is wrong with what was written, each about its field."""
    found: list[DomainError] = []
    if not particulars.title.ar.strip():
        found.append(DomainError("title_missing", field="title_ar"))
    if particulars.closes_at <= particulars.opens_at:
        found.append(DomainError("period_backwards", field="closes_at"))
    for name in ("title", "purpose", "negotiable", "fixed"):
        limit = TITLE_LIMIT if name == "title" else TEXT_LIMIT
        words: Bilingual = getattr(particulars, name)
        for language, text in words._asdict().items():
            found += check_words(text, f"{name}_{language}", limit)
    return found + check_words(particulars.contact, "contact", TITLE_LIMIT)


def check_words(text: str, field: str, limit: int) -> list[DomainError]:
    """Too long, or with characters that nobody sees."""
    if len(text) > limit:
        return [DomainError("text_long", field=field, maximum=limit, length=len(text))]
    try:
        refuse_unsafe(text, field=field)
    except DomainError as error:
        return [error]
    return []


def _fill(consultation: Consultation, particulars: Particulars) -> None:
    for name in ("title", "purpose", "negotiable", "fixed"):
        words: Bilingual = getattr(particulars, name)
        setattr(consultation, f"{name}_ar", words.ar.strip())
        setattr(consultation, f"{name}_en", words.en.strip())
    consultation.contact = particulars.contact.strip()
    consultation.opens_at = particulars.opens_at
    consultation.closes_at = particulars.closes_at


def add_document(
    actor: Actor, now: datetime, consultation: Consultation, kind: DocumentKind, title: Bilingual
) -> Document:
    """A further document, numbered on from the last."""
    found = [] if title.ar.strip() else [DomainError("title_missing", field="title_ar")]
    for language, text in title._asdict().items():
        found += check_words(text, f"title_{language}", 500)
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
) -> None:
    """Make it public; from here on the clock opens and closes it.

    A period under the minimum needs an approver and a reason (`period_short`). Raises
    `nothing_to_read` where there is no document.
    """
    after(phase(dates(consultation), now), Event.ANNOUNCE)
    documents = select(func.count()).where(Document.consultation_id == consultation.id)
    if not db.session.scalar(documents):
        raise DomainError("nothing_to_read")
    short = check_period(
        consultation.opens_at,
        consultation.closes_at,
        minimum_days=minimum_days,
        short_reason=short_reason if approver else "",
    )
    if short:
        consultation.short_reason = short_reason.strip()
        consultation.short_approved_by = actor.user_id
    consultation.announced_at = now
    _record(Entry.ANNOUNCED, actor, now, consultation)


def extend(
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    *,
    closes_at: datetime,
    reason: Bilingual,
) -> Extension:
    """A later deadline, announced before the old one, with a reason; the old one stays visible."""
    after(phase(dates(consultation), now), Event.EXTEND)
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
