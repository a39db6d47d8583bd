"""Reads about consultations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.domain.bilingual import Bilingual
from portal.domain.consultations import PUBLIC_PHASES, Dates, Phase, phase
from portal.models import Consultation, db


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
