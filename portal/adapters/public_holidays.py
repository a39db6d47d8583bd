"""Jordan's public holidays, with an operator's corrections."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

from config import Settings

BACK = 1  # a service target looks back over days, at New Year into the year before


@lru_cache(maxsize=16)
def _of_year(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("JO", years=[year]))


def around(settings: Settings, day: date) -> frozenset[date]:
    """The holidays of the year of `day` and of those beside it, as the operator has them.

    The moving feasts of the library are estimates; `HOLIDAYS` adds days and takes days away.
    """
    years = {(day + timedelta(days=366 * step)).year for step in (-BACK, 0, BACK)}
    known = frozenset().union(*(_of_year(year) for year in years))
    return (known | settings.holidays_added) - settings.holidays_removed
