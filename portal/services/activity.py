"""Writing down what staff do, in the transaction of what they do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from portal.domain.accounts import Actor
from portal.models import Consultation, StaffAct, db

ABOUT_LIMIT = 200
WHAT_LIMIT = 80
# Which consultation is a column of its own; the language of the page says nothing.
LEFT_OUT = frozenset({"slug", "lang"})


def note(
    actor: Actor,
    now: datetime,
    what: str,
    *,
    consultation_id: int | None,
    about: Mapping[str, object],
) -> None:
    """One act; `about` are the parameters of its address: numbers and ids, nothing typed."""
    said = " · ".join(f"{name} {value}" for name, value in about.items() if name not in LEFT_OUT)
    db.session.add(
        StaffAct(
            at=now,
            user_id=actor.user_id,
            what=what,
            consultation_id=consultation_id,
            about=said[:ABOUT_LIMIT],
        )
    )


def note_command(now: datetime, words: str, *, slug: str | None) -> None:
    """A command given at the console, where no account stands behind who gives it."""
    known = select(Consultation.id).where(Consultation.slug == slug)
    db.session.add(
        StaffAct(
            at=now,
            user_id=None,
            what=words[:WHAT_LIMIT],
            consultation_id=db.session.scalar(known) if slug else None,
            about="",
        )
    )
