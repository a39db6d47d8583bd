"""Until when a comment should have its decision: working days on Amman's clock.

Jordan's weekend is Friday and Saturday. Public holidays are passed in: the moving feasts are
known from the sighting of the moon, so an operator corrects them (`HOLIDAYS`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.domain.consultations import TIME_ZONE

WEEKEND = frozenset({4, 5})  # Friday and Saturday, as `date.weekday` counts
DAY = timedelta(days=1)
_AMMAN = ZoneInfo(TIME_ZONE)


def works(day: date, holidays: Collection[date]) -> bool:
    """Whether `day` is a working day."""
    return day.weekday() not in WEEKEND and day not in holidays


def due(since: datetime, days: int, holidays: Collection[date]) -> datetime:
    """The end of the `days`-th working day after the day of `since`."""
    day = since.astimezone(_AMMAN).date()
    left = days
    while left:
        day += DAY
        left -= works(day, holidays)
    return _midnight(day + DAY)


def overdue_before(now: datetime, days: int, holidays: Collection[date]) -> datetime:
    """What waits since before this moment is overdue: `since < it` just when `due(since) <= now`.

    One comparison instead of a count for each comment, so that an index answers it.
    """
    day = now.astimezone(_AMMAN).date()
    left = days
    while left:
        day -= DAY
        left -= works(day, holidays)
    return _midnight(day)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=_AMMAN)
