"""Reads about consultations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.domain.bilingual import Bilingual
from portal.domain.consultations import PUBLIC_PHASES, Dates, Phase, phase
from portal.models import Consultation, PublicBody, db


@dataclass(frozen=True, slots=True)
class Scope:
    """The consultation a request is about, as far as the gate and the page's head need it."""

    id: int
    slug: str
    body_id: int
    title: Bilingual
    phase: Phase

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
    return Scope(found.id, found.slug, found.body_id, title, phase(dates(found), now))


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
    query = (
        select(Consultation, PublicBody)
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
        )
        for each, body in db.session.execute(query)
    )


def list_public(now: datetime) -> tuple[Listed, ...]:
    """What the public may see: open ones first by deadline, then the others, newest first."""
    found = [each for each in list_all(now) if each.phase in PUBLIC_PHASES]
    by_deadline = sorted(
        (each for each in found if each.phase is Phase.OPEN), key=lambda each: each.closes_at
    )
    return (*by_deadline, *(each for each in found if each.phase is not Phase.OPEN))
