"""Dates, weekdays and times of day as Arabic reports write them."""

from __future__ import annotations

import re
from datetime import date

from portal.domain.participation_report import ReportWarning
from portal.domain.text import fold, latin_digits, squeeze

# Numbers as in date.weekday(): Monday is 0.
_WEEKDAYS = {
    "اثنين": (0, "الاثنين"),
    "ثلاثاء": (1, "الثلاثاء"),
    "اربعاء": (2, "الأربعاء"),
    "خميس": (3, "الخميس"),
    "جمعه": (4, "الجمعة"),
    "سبت": (5, "السبت"),
    "احد": (6, "الأحد"),
}
WEEKDAY_NAMES = dict(_WEEKDAYS.values())
_WEEKDAY = re.compile(rf"(?<!\w)(?:ال)({'|'.join(_WEEKDAYS)})(?!\w)")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "كانون الثاني|يناير",
            "شباط|فبراير",
            "اذار|مارس",
            "نيسان|ابريل",
            "ايار|مايو",
            "حزيران|يونيو",
            "تموز|يوليو",
            "اب|اغسطس",
            "ايلول|سبتمبر",
            "تشرين الاول|اكتوبر",
            "تشرين الثاني|نوفمبر",
            "كانون الاول|ديسمبر",
        ),
        start=1,
    )
    for name in names.split("|")
}
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)")
_IN_WORDS = re.compile(rf"(?<!\d)(\d{{1,2}})\s+(?:من\s+)?({'|'.join(_MONTHS)})\s+(\d{{4}})(?!\d)")
_TIME = re.compile(
    r"(?<![\d/.-])(\d{1,2})(?::(\d{2}))?\s?"
    r"(صباح[اً]{1,2}|مساءً?|ظهر[اً]{1,2}|بعد الظهر|عصر[اً]{1,2}|فجر[اً]{1,2}|ص|م)?(?!\w|[/.])"
)
_BEFORE_NOON = frozenset({"صباحا", "فجرا", "ص"})


def read_date(text: str) -> date | None:
    """The first date in `text`: day/month/year as in Jordan, year-month-day, or with words."""
    folded = " ".join(fold(text).split())
    if found := _YEAR_FIRST.search(folded):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.search(folded):
        return _date(int(found[3]), int(found[2]), int(found[1]))
    if found := _IN_WORDS.search(folded):
        return _date(int(found[3]), _MONTHS[found[2]], int(found[1]))
    return None


def weekday_warning(held_on: date | None, text: str, line: int) -> list[ReportWarning]:
    """`weekday_differs` where `text` names another weekday than the one of `held_on`."""
    found = _WEEKDAY.search(fold(text))
    if held_on is None or found is None:
        return []
    number, written = _WEEKDAYS[found[1]]
    if number == held_on.weekday():
        return []
    actual = WEEKDAY_NAMES[held_on.weekday()]
    params = {"written": written, "actual": actual, "date": held_on.isoformat()}
    return [ReportWarning("weekday_differs", line, params)]


def odd_times(text: str, line: int) -> list[ReportWarning]:
    """Warnings for hours that their part of the day does not have, and for an end too early."""
    times = [found for found in _TIME.finditer(squeeze(latin_digits(text))) if found[2] or found[3]]
    odd = [found for found in times if _implausible(found)]
    if odd:
        return [ReportWarning("time_implausible", line, {"time": found[0]}) for found in odd]
    known = [minutes for found in times if (minutes := _minutes(found)) is not None]
    if len(times) == len(known) == 2 and known[1] <= known[0]:
        return [ReportWarning("time_order", line, {"time": f"{times[0][0]} - {times[1][0]}"})]
    return []


def _implausible(found: re.Match[str]) -> bool:
    hour, minute, part = int(found[1]), int(found[2] or 0), fold(found[3] or "")
    return hour > 23 or minute > 59 or (part in _BEFORE_NOON and hour > 12)


def _minutes(found: re.Match[str]) -> int | None:
    """Minutes after midnight, None where the text does not say which half of the day it is."""
    hour, minute, part = int(found[1]), int(found[2] or 0), fold(found[3] or "")
    if not part and hour <= 12:
        return None
    if part in _BEFORE_NOON:
        return hour % 12 * 60 + minute
    after_noon = bool(part) and hour < 12 and not (part == "ظهرا" and hour == 11)
    return (hour + 12 if after_noon else hour) * 60 + minute


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
