"""Reads about consultations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from portal.domain.bilingual import Bilingual
from portal.domain.consultations import PUBLIC_PHASES, Dates, Phase, newest_step, phase
from portal.models import (
    Comment,
    Consultation,
    Extension,
    MatrixEdition,
    PublicBody,
    Submission,
    Workshop,
    db,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The consultation a request is about, as far as the gate and the page's head need it."""

    id: int
    slug: str
    body_id: int
    title: Bilingual
    phase: Phase
    moderated_after: bool = False

    @property
    def public(self) -> bool:
        return self.phase in PUBLIC_PHASES


def dates(consultation: Consultation) -> Dates:
    """The moments that decide the phase of `consultation`."""
    return Dates(
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
        announced_at=consultation.announced_at,
        withdrawn_at=consultation.withdrawn_at,
        answered_at=consultation.answered_at,
        concluded_at=consultation.concluded_at,
        archived_at=consultation.archived_at,
    )


def find_scope(slug: str, now: datetime) -> Scope | None:
    """The consultation with that slug, in whatever phase; None where there is none."""
    found = db.session.scalar(select(Consultation).where(Consultation.slug == slug))
    if found is None:
        return None
    title = Bilingual(found.title_ar, found.title_en)
    return Scope(
        found.id, found.slug, found.body_id, title, phase(dates(found), now), found.moderated_after
    )


def find_consultation(slug: str) -> Consultation | None:
    """The mapped consultation with that slug, for services."""
    return db.session.scalar(select(Consultation).where(Consultation.slug == slug))


@dataclass(frozen=True, slots=True)
class Listed:
    """A consultation in a list."""

    id: int
    slug: str
    title: Bilingual
    body: Bilingual
    body_id: int
    phase: Phase
    opens_at: datetime
    closes_at: datetime
    answered_at: datetime | None
    updated_at: datetime

    def as_dict(self) -> dict[str, object]:
        return {
            "slug": self.slug,
            "title": self.title._asdict(),
            "body": self.body._asdict(),
            "phase": self.phase.value,
            "opens": self.opens_at.isoformat(),
            "closes": self.closes_at.isoformat(),
        }


def list_all(now: datetime) -> tuple[Listed, ...]:
    """Every consultation, those that close last first. One query."""
    extended = (
        select(func.max(Extension.announced_at))
        .where(Extension.consultation_id == Consultation.id)
        .scalar_subquery()
    )
    query = (
        select(Consultation, PublicBody, extended)
        .join(PublicBody, Consultation.body_id == PublicBody.id)
        .order_by(Consultation.closes_at.desc(), Consultation.id.desc())
    )
    return tuple(
        Listed(
            id=each.id,
            slug=each.slug,
            title=Bilingual(each.title_ar, each.title_en),
            body=Bilingual(body.name_ar, body.name_en),
            body_id=each.body_id,
            phase=phase(dates(each), now),
            opens_at=each.opens_at,
            closes_at=each.closes_at,
            answered_at=each.answered_at,
            updated_at=newest_step(dates(each), extended_at, now),
        )
        for each, body, extended_at in db.session.execute(query)
    )


def list_public(now: datetime) -> tuple[Listed, ...]:
    """What the public may see: open ones first by deadline, then the others, newest first."""
    found = [each for each in list_all(now) if each.phase in PUBLIC_PHASES]
    by_deadline = sorted(
        (each for each in found if each.phase is Phase.OPEN), key=lambda each: each.closes_at
    )
    return (*by_deadline, *(each for each in found if each.phase is not Phase.OPEN))


@dataclass(frozen=True, slots=True)
class ExtensionView:
    old: datetime
    new: datetime
    reason: Bilingual
    announced_at: datetime


@dataclass(frozen=True, slots=True)
class WorkshopView:
    """A workshop as a provenance of comments; nobody's name is kept."""

    held_on: date | None
    place: str
    total: int | None
    women: int | None
    men: int | None
    governorates: tuple[str, ...]
    indicators: tuple[dict[str, str], ...]
    comments: int


@dataclass(frozen=True, slots=True)
class ConsultationPage:
    """Everything a consultation's page says, but documents and counts."""

    id: int
    slug: str
    title: Bilingual
    body: Bilingual
    purpose: Bilingual
    negotiable: Bilingual
    fixed: Bilingual
    contact: str
    phase: Phase
    dates: Dates
    short_reason: str
    moderated_after: bool
    withdrawn_reason: Bilingual
    extensions: tuple[ExtensionView, ...]
    workshops: tuple[WorkshopView, ...]


def find_page(slug: str, now: datetime) -> ConsultationPage | None:
    """The page of a consultation. Three queries."""
    query = (
        select(Consultation, PublicBody)
        .join(PublicBody, Consultation.body_id == PublicBody.id)
        .where(Consultation.slug == slug)
    )
    found = db.session.execute(query).first()
    if found is None:
        return None
    each, body = found
    return ConsultationPage(
        id=each.id,
        slug=each.slug,
        title=Bilingual(each.title_ar, each.title_en),
        body=Bilingual(body.name_ar, body.name_en),
        purpose=Bilingual(each.purpose_ar, each.purpose_en),
        negotiable=Bilingual(each.negotiable_ar, each.negotiable_en),
        fixed=Bilingual(each.fixed_ar, each.fixed_en),
        contact=each.contact,
        phase=phase(dates(each), now),
        dates=dates(each),
        short_reason=each.short_reason,
        moderated_after=each.moderated_after,
        withdrawn_reason=Bilingual(each.withdrawn_reason_ar, each.withdrawn_reason_en),
        extensions=_extensions(each.id),
        workshops=_workshops(each.id),
    )


def _extensions(consultation_id: int) -> tuple[ExtensionView, ...]:
    query = select(Extension).where(Extension.consultation_id == consultation_id)
    return tuple(
        ExtensionView(
            each.old_closes_at,
            each.new_closes_at,
            Bilingual(each.reason_ar, each.reason_en),
            each.announced_at,
        )
        for each in db.session.scalars(query.order_by(Extension.announced_at))
    )


def _workshops(consultation_id: int) -> tuple[WorkshopView, ...]:
    query = (
        select(Workshop, func.count(Comment.id))
        .outerjoin(Submission, Submission.workshop_id == Workshop.id)
        .outerjoin(Comment, Comment.submission_id == Submission.id)
        .where(Workshop.consultation_id == consultation_id)
        .group_by(Workshop.id)
        .order_by(Workshop.id)
    )
    return tuple(
        WorkshopView(
            held_on=each.held_on,
            place=each.place,
            total=each.total,
            women=each.women,
            men=each.men,
            governorates=tuple(each.governorates),
            indicators=tuple(each.indicators),
            comments=comments,
        )
        for each, comments in db.session.execute(query)
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """The three numbers of the home page."""

    received: int
    answered: int
    changed: int


def count_totals() -> Totals:
    """Comments received, comments answered in a published matrix, provisions they changed.

    What a workshop left with a consultation that is still in preparation is not counted yet.
    """
    newest = select(func.max(MatrixEdition.id)).group_by(MatrixEdition.consultation_id).subquery()
    announced = select(Consultation.id).where(Consultation.announced_at.is_not(None))
    of_these = select(func.count(Comment.id)).where(Comment.consultation_id.in_(announced))
    received = db.session.scalar(of_these) or 0
    counts = db.session.scalars(
        select(MatrixEdition.counts).where(MatrixEdition.id.in_(select(newest)))
    ).all()
    return Totals(
        received=received,
        answered=sum(each.get("answered", each["received"]) for each in counts),
        changed=sum(each["provisions_changed"] for each in counts),
    )
