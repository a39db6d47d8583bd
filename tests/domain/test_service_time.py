"""The service target: working days in Amman, its weekend, holidays as the operator has them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.adapters.public_holidays import around
from portal.domain.service_time import due, overdue_before, works
from portal.formats.dates import AMMAN
from tests.fixtures.apps import settings

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
feasts = st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=40)


@pytest.mark.parametrize(
    ("came", "end"),
    [
        ((2026, 11, 1, 10), (2026, 11, 4)),  # Sunday: until the end of Tuesday
        ((2026, 11, 4, 10), (2026, 11, 9)),  # Wednesday: Thursday and, after the weekend, Sunday
        ((2026, 11, 6, 10), (2026, 11, 10)),  # Friday
        ((2026, 11, 3, 23), (2026, 11, 6)),  # late on Tuesday is Tuesday still, in Amman
    ],
)
def test_two_working_days(came: tuple[int, ...], end: tuple[int, ...]) -> None:
    since = datetime(*came, tzinfo=AMMAN)  # type: ignore[misc,arg-type]
    assert due(since, 2, frozenset()) == datetime(*end, tzinfo=AMMAN)  # type: ignore[misc,arg-type]


def test_a_feast_does_not_count() -> None:
    thursday = datetime(2026, 3, 19, 9, tzinfo=AMMAN)
    feast = {date(2026, 3, day) for day in (20, 21, 22)}
    assert due(thursday, 1, feast) == datetime(2026, 3, 24, tzinfo=AMMAN)


@given(moments, moments, st.integers(1, 10), feasts)
def test_one_moment_says_what_is_overdue(
    since: datetime, now: datetime, days: int, holidays: set[date]
) -> None:
    assert (since < overdue_before(now, days, holidays)) is (due(since, days, holidays) <= now)


@given(moments, st.integers(1, 10), feasts)
def test_nothing_is_overdue_on_the_day_it_came(
    since: datetime, days: int, holidays: set[date]
) -> None:
    assert since >= overdue_before(since, days, holidays)


def test_the_operator_corrects_the_library(tmp_path: Path) -> None:
    day = date(2026, 12, 25)
    assert day in around(settings(tmp_path), day)
    added, removed = "+2026-12-27", "-2026-12-25"
    corrected = around(settings(tmp_path, HOLIDAYS=f"{added} {removed}"), day)
    assert date(2026, 12, 27) in corrected
    assert day not in corrected


def test_at_new_year_the_year_before_is_known(tmp_path: Path) -> None:
    holidays = around(settings(tmp_path), date(2027, 1, 2))
    assert {date(2026, 12, 25), date(2027, 1, 1)} <= holidays
    assert not works(date(2027, 1, 1), holidays)
    assert works(date(2027, 1, 1) + timedelta(days=2), holidays)
