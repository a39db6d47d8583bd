"""What the clock has done that nobody has been told of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from portal.models import Consultation, db


def untold(now: datetime) -> list[tuple[int, str]]:
    """`(consultation id, "opening" or "closing")` of what happened by the clock, oldest first."""
    live = (Consultation.announced_at.is_not(None), Consultation.withdrawn_at.is_(None))
    opened = select(Consultation.id, Consultation.opens_at).where(
        *live, Consultation.opening_told_at.is_(None), Consultation.opens_at <= now
    )
    closed = select(Consultation.id, Consultation.closes_at).where(
        *live, Consultation.closing_told_at.is_(None), Consultation.closes_at <= now
    )
    found = [(at, number, "opening") for number, at in db.session.execute(opened)]
    found += [(at, number, "closing") for number, at in db.session.execute(closed)]
    db.session.rollback()
    return [(number, event) for _at, number, event in sorted(found)]
