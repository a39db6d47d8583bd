"""The life of a consultation, as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from portal.domain.consultations import (
    TRANSITIONS,
    Dates,
    Event,
    Phase,
    after,
    check_extension,
    check_period,
    phase,
)
from portal.domain.errors import DomainError

OPENS = datetime(2026, 11, 1, 8, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=15)
SECOND = timedelta(seconds=1)
ANNOUNCED = Dates(OPENS, CLOSES, announced_at=OPENS - timedelta(days=3))
ANSWERED = replace(ANNOUNCED, answered_at=CLOSES + timedelta(days=20))


@pytest.mark.parametrize(
    ("dates", "now", "expected"),
    [
        # Not announced: a draft, whatever the clock says.
        (Dates(OPENS, CLOSES), OPENS, Phase.DRAFT),
        # The clock alone opens and closes, to the second.
        (ANNOUNCED, OPENS - SECOND, Phase.ANNOUNCED),
        (ANNOUNCED, OPENS, Phase.OPEN),
        (ANNOUNCED, CLOSES - SECOND, Phase.OPEN),
        (ANNOUNCED, CLOSES, Phase.CLOSED),
        # People do the rest, each step over the one before.
        (ANSWERED, CLOSES, Phase.ANSWERED),
        (replace(ANSWERED, concluded_at=CLOSES), CLOSES, Phase.CONCLUDED),
        (replace(ANSWERED, concluded_at=CLOSES, archived_at=CLOSES), CLOSES, Phase.ARCHIVED),
        # Withdrawn wins over the clock.
        (replace(ANNOUNCED, withdrawn_at=OPENS), OPENS, Phase.WITHDRAWN),
    ],
)
def test_the_phase_follows_the_clock(dates: Dates, now: datetime, expected: Phase) -> None:
    assert phase(dates, now) is expected


@pytest.mark.parametrize("event", list(Event))
@pytest.mark.parametrize("current", list(Phase))
def test_every_cell_of_the_table_moves_or_refuses(current: Phase, event: Event) -> None:
    following = TRANSITIONS.get((current, event))
    if following is None:
        with pytest.raises(DomainError, match="phase_refuses") as refused:
            after(current, event)
        assert refused.value.status == 409
    else:
        assert after(current, event) is following


def test_nothing_leads_back_to_an_earlier_phase() -> None:
    order = list(Phase)
    moves = [(start, end) for (start, _event), end in TRANSITIONS.items()]
    assert all(order.index(end) >= order.index(start) for start, end in moves)


@pytest.mark.parametrize("last", [Phase.ARCHIVED, Phase.WITHDRAWN])
def test_the_last_phases_have_no_way_out(last: Phase) -> None:
    assert not any(start is last for start, _event in TRANSITIONS)


@pytest.mark.parametrize(
    ("days", "reason", "short"),
    [
        (10, "", False),
        (30, "", False),
        (9, "necessity", True),
    ],
)
def test_a_short_period_needs_a_reason_and_is_known_as_short(
    days: int, reason: str, short: bool
) -> None:
    closes = OPENS + timedelta(days=days)
    assert check_period(OPENS, closes, minimum_days=10, short_reason=reason) is short


@pytest.mark.parametrize(
    ("closes", "reason", "code"),
    [
        (OPENS, "", "period_backwards"),
        (OPENS - SECOND, "necessity", "period_backwards"),
        (OPENS + timedelta(days=10) - SECOND, "", "period_short"),
        (OPENS + timedelta(days=1), "   ", "period_short"),
    ],
)
def test_a_wrong_period_is_refused(closes: datetime, reason: str, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        check_period(OPENS, closes, minimum_days=10, short_reason=reason)


@pytest.mark.parametrize(
    ("now", "new", "reason", "code"),
    [
        (CLOSES, CLOSES + timedelta(days=5), "more time", "extension_late"),
        (OPENS, CLOSES, "more time", "extension_not_later"),
        (OPENS, CLOSES - SECOND, "more time", "extension_not_later"),
        (OPENS, CLOSES + SECOND, " ", "reason_missing"),
    ],
)
def test_a_wrong_extension_is_refused(now: datetime, new: datetime, reason: str, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        check_extension(CLOSES, new, now=now, reason=reason)


def test_an_extension_before_the_deadline_with_a_reason_is_taken() -> None:
    check_extension(CLOSES, CLOSES + SECOND, now=CLOSES - SECOND, reason="more time")
