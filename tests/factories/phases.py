"""A consultation in each phase, made of the moments that put it there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal.domain.consultations import Phase
from portal.models import Consultation, PublicBody, db
from tests.fixtures.apps import START

DAY = timedelta(days=1)
OPENED, CLOSED = START - 20 * DAY, START - 5 * DAY
ANNOUNCED = {"announced_at": START - 25 * DAY}
ENDED = {**ANNOUNCED, "opens_at": OPENED, "closes_at": CLOSED}
MOMENTS: dict[Phase, dict[str, Any]] = {
    Phase.DRAFT: {},
    Phase.ANNOUNCED: {**ANNOUNCED, "opens_at": START + DAY, "closes_at": START + 15 * DAY},
    Phase.OPEN: {**ANNOUNCED, "opens_at": OPENED, "closes_at": START + DAY},
    Phase.CLOSED: ENDED,
    Phase.ANSWERED: {**ENDED, "answered_at": START - 3 * DAY},
    Phase.CONCLUDED: {**ENDED, "answered_at": START - 3 * DAY, "concluded_at": START - DAY},
    Phase.ARCHIVED: {
        **ENDED,
        "answered_at": START - 3 * DAY,
        "concluded_at": START - DAY,
        "archived_at": START,
    },
    Phase.WITHDRAWN: {**ENDED, "withdrawn_at": START, "withdrawn_reason_ar": "سبب (مثال)"},
}


def slug_of(phase: Phase) -> str:
    """The slug of the consultation in that phase."""
    return f"phase-{phase.value}"


def make_phases(body: PublicBody) -> None:
    """One consultation of `body` in each phase at START."""
    for phase, moments in MOMENTS.items():
        usual = {"opens_at": START + DAY, "closes_at": START + 15 * DAY}
        db.session.add(
            Consultation(
                slug=slug_of(phase),
                body_id=body.id,
                title_ar="استشارة (مثال)",
                created_at=START,
                **{**usual, **moments},
            )
        )
    db.session.flush()
