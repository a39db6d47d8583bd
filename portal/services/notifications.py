"""The outbox: what waits is handed over, one mail at a time, again until it is gone."""

from __future__ import annotations

from collections.abc import Callable
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


def deliver(now: datetime, mail_id: int, send: Callable[[Letter], None]) -> bool:
    """Hand one mail over. A failure is kept with the time of the next attempt, never raised."""
    query = select(OutboxMail).where(OutboxMail.id == mail_id, OutboxMail.sent_at.is_(None))
    mail = db.session.scalar(query.with_for_update(skip_locked=True))
    if mail is None:
        return False
    mail.attempts += 1
    try:
        send(render(mail.template, mail.language, mail.params, mail.recipient, mail.id))
    except OSError as error:  # smtplib's errors are OSErrors
        wait = WAITS[min(mail.attempts, len(WAITS)) - 1]
        mail.next_attempt_at = now + timedelta(minutes=wait)
        mail.last_error = type(error).__name__
        return False
    mail.sent_at = now
    mail.last_error = ""
    return True
