"""The open appeal on a comment, if there is one; what ends it without a ruling."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from portal.domain.appeals import AppealOutcome
from portal.models.appeals import Appeal
from portal.models.base import db


def open_appeal(comment_id: int) -> Appeal | None:
    """The appeal that waits for a ruling."""
    query = select(Appeal).where(Appeal.comment_id == comment_id, Appeal.outcome.is_(None))
    return db.session.scalar(query)


def lapse(comment_id: int, now: datetime) -> None:
    """The author changed or withdrew what the appeal was about: nothing is left to rule on."""
    appeal = open_appeal(comment_id)
    if appeal is not None:
        appeal.outcome = AppealOutcome.LAPSED
        appeal.decided_at = now
