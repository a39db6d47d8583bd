"""Where many are sending just now, in numbers, for the staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from portal.domain.bilingual import Bilingual
from portal.models import Consultation, SendingCount, db

LATELY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A consultation in which senders were asked to wait within ten minutes, in numbers.

    `received` submissions, `marked` among them; `waited` and `worked` were asked for one or the
    other before theirs was taken. `flood`: for work too.
    """

    slug: str
    title: Bilingual
    received: int
    marked: int
    waited: int
    worked: int

    @property
    def flood(self) -> bool:
        return self.worked > 0


def pressed(consultation_ids: tuple[int, ...], now: datetime) -> tuple[Pressed, ...]:
    """Those of the consultations where it is so, the worst first. One query."""
    sums = [
        func.sum(getattr(SendingCount, name)) for name in ("received", "marked", "waited", "worked")
    ]
    query = (
        select(Consultation.slug, Consultation.title_ar, Consultation.title_en, *sums)
        .join(SendingCount, SendingCount.consultation_id == Consultation.id)
        .where(SendingCount.minute > now - LATELY, Consultation.id.in_(consultation_ids))
        .group_by(Consultation.id, Consultation.slug, Consultation.title_ar, Consultation.title_en)
        .having(func.sum(SendingCount.waited) + func.sum(SendingCount.worked) > 0)
        .order_by(func.sum(SendingCount.worked).desc(), Consultation.id)
    )
    return tuple(
        Pressed(slug, Bilingual(ar, en), *numbers)
        for slug, ar, en, *numbers in db.session.execute(query)
    )
