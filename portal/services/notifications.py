"""The outbox: what waits is handed over, one mail at a time, again until it is gone."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.formats.mails import Letter, render
from portal.models import OutboxMail, db

WAITS = (1, 5, 15, 60, 240, 720)  # minutes after each failed attempt; then every twelve hours


def due(now: datetime, limit: int = 100) -> list[int]:
    """The ids of the mails whose time has come, oldest first."""
    query = select(OutboxMail.id).where(
        OutboxMail.sent_at.is_(None), OutboxMail.next_attempt_at <= now
    )
    return list(db.session.scalars(query.order_by(OutboxMail.id).limit(limit)))


def take(now: datetime, mail_id: int) -> Letter | None:
    """Take a mail that is due, to be handed over once this is committed; None where another has it.

    It counts as tried, and the time of its next attempt is laid down, before anybody tries: so no
    transaction waits for a mail server, and who dies meanwhile leaves it to the next.
    """
    query = select(OutboxMail).where(
        OutboxMail.id == mail_id,
        OutboxMail.sent_at.is_(None),
        OutboxMail.next_attempt_at <= now,
    )
    mail = db.session.scalar(query.with_for_update(skip_locked=True))
    if mail is None:
        return None
    mail.attempts += 1
    mail.next_attempt_at = now + timedelta(minutes=WAITS[min(mail.attempts, len(WAITS)) - 1])
    return render(mail.template, mail.language, mail.params, mail.recipient, mail.id)


def note_sent(now: datetime, mail_id: int) -> None:
    """It is handed over."""
    mail = db.session.get_one(OutboxMail, mail_id)
    mail.sent_at, mail.last_error = now, ""


def note_failure(mail_id: int, error: OSError) -> None:
    """It was not; the desk shows by which error."""
    db.session.get_one(OutboxMail, mail_id).last_error = type(error).__name__
