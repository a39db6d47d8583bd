"""Life of a consultation: phases by the clock, and what may happen in each (DOMAIN.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal.domain.errors import DomainError

MINIMUM_DAYS = 10
TIME_ZONE = "Asia/Amman"


class Phase(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    ANSWERED = "answered"
    CONCLUDED = "concluded"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    ANNOUNCE = "announce"
    EXTEND = "extend"
    WITHDRAW = "withdraw"
    ANSWER = "answer"
    ANSWER_IN_PART = "answer_in_part"
    CONCLUDE = "conclude"
    ARCHIVE = "archive"
    SUBMIT = "submit"
    TAKE_IN = "take_in"


PUBLIC_PHASES = frozenset(Phase) - {Phase.DRAFT}

# State x event -> state. Opening and closing are not events: the clock alone does them.
TRANSITIONS: dict[tuple[Phase, Event], Phase] = {
    (Phase.DRAFT, Event.ANNOUNCE): Phase.ANNOUNCED,
    # A workshop is often held before the opening, and its report names the documents.
    (Phase.DRAFT, Event.TAKE_IN): Phase.DRAFT,
    (Phase.ANNOUNCED, Event.TAKE_IN): Phase.ANNOUNCED,
    (Phase.OPEN, Event.TAKE_IN): Phase.OPEN,
    (Phase.CLOSED, Event.TAKE_IN): Phase.CLOSED,
    (Phase.ANNOUNCED, Event.EXTEND): Phase.ANNOUNCED,
    (Phase.ANNOUNCED, Event.WITHDRAW): Phase.WITHDRAWN,
    (Phase.OPEN, Event.SUBMIT): Phase.OPEN,
    (Phase.OPEN, Event.EXTEND): Phase.OPEN,
    (Phase.OPEN, Event.WITHDRAW): Phase.WITHDRAWN,
    (Phase.CLOSED, Event.SUBMIT): Phase.CLOSED,  # taken, and marked late
    (Phase.CLOSED, Event.WITHDRAW): Phase.WITHDRAWN,
    (Phase.CLOSED, Event.ANSWER): Phase.ANSWERED,
    # Not while comments are being taken: nobody comments on a text and its answers at once.
    (Phase.CLOSED, Event.ANSWER_IN_PART): Phase.CLOSED,
    (Phase.ANSWERED, Event.ANSWER): Phase.ANSWERED,  # a later edition: a corrigendum
    (Phase.ANSWERED, Event.CONCLUDE): Phase.CONCLUDED,
    (Phase.CONCLUDED, Event.ARCHIVE): Phase.ARCHIVED,
}


@dataclass(frozen=True, slots=True)
class Dates:
    """The moments that decide the phase; all are aware, None where it has not happened."""

    opens_at: datetime
    closes_at: datetime
    announced_at: datetime | None = None
    withdrawn_at: datetime | None = None
    answered_at: datetime | None = None
    concluded_at: datetime | None = None
    archived_at: datetime | None = None


def phase(dates: Dates, now: datetime) -> Phase:
    """The phase at `now`. Derived, never stored, so it cannot be behind the clock."""
    if dates.withdrawn_at:
        return Phase.WITHDRAWN
    if dates.announced_at is None:
        return Phase.DRAFT
    if dates.archived_at:
        return Phase.ARCHIVED
    if dates.concluded_at:
        return Phase.CONCLUDED
    if dates.answered_at:
        return Phase.ANSWERED
    if now < dates.opens_at:
        return Phase.ANNOUNCED
    return Phase.OPEN if now < dates.closes_at else Phase.CLOSED


def newest_step(dates: Dates, extended_at: datetime | None, now: datetime) -> datetime:
    """When something last happened to an announced consultation: what a feed calls updated.

    The clock's own steps count as well, and so does an extension, which leaves the phase as it is.
    """
    told = (
        dates.announced_at,
        extended_at,
        dates.opens_at,
        dates.closes_at,
        dates.withdrawn_at,
        dates.answered_at,
        dates.concluded_at,
        dates.archived_at,
    )
    if dates.withdrawn_at:
        return dates.withdrawn_at
    return max((each for each in told if each and each <= now), default=dates.opens_at)


def after(current: Phase, event: Event) -> Phase:
    """The phase that follows, or `phase_refuses` (status 409)."""
    following = TRANSITIONS.get((current, event))
    if following is None:
        raise DomainError("phase_refuses", status=409, phase=current, event=event)
    return following


def check_period(
    opens_at: datetime, closes_at: datetime, *, minimum_days: int, short_reason: str
) -> bool:
    """True where the period is shorter than the minimum, which needs an approver's reason.

    Raises `period_backwards`, or `period_short` where no reason is recorded.
    """
    if closes_at <= opens_at:
        raise DomainError("period_backwards", field="closes_at")
    if closes_at - opens_at >= timedelta(days=minimum_days):
        return False
    if not short_reason.strip():
        raise DomainError("period_short", field="short_reason", minimum=minimum_days)
    return True


def check_extension(current: datetime, new: datetime, *, now: datetime, reason: str) -> None:
    """An extension is announced before the deadline, moves it later, and has a reason."""
    if now >= current:
        raise DomainError("extension_late", field="closes_at", status=409)
    if new <= current:
        raise DomainError("extension_not_later", field="closes_at")
    if not reason.strip():
        raise DomainError("reason_missing", field="reason_ar")
