"""Dates and times in words, as Jordan writes them: Latin digits, its month names, Amman's clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from portal.domain.consultations import TIME_ZONE

AMMAN = ZoneInfo(TIME_ZONE)
LOCALES = {"ar": "ar_JO", "en": "en_GB"}
DAY = "EEEE d MMMM y"


def language() -> str:
    """The language words are being put in: that of the page, the mail or the export."""
    locale = get_locale()
    return locale.language if locale and locale.language in LOCALES else "ar"


def _locale() -> str:
    return LOCALES[language()]


def in_amman(moment: datetime) -> datetime:
    """`moment` on the clock of Amman."""
    return moment.astimezone(AMMAN)


def date_words(moment: date | datetime) -> str:
    """A day with its weekday: الخميس 10 كانون الأول 2026."""
    day = in_amman(moment).date() if isinstance(moment, datetime) else moment
    return format_date(day, DAY, locale=_locale())


def date_short(moment: date | datetime) -> str:
    """A day without its weekday: 10 كانون الأول 2026."""
    day = in_amman(moment).date() if isinstance(moment, datetime) else moment
    return format_date(day, "d MMMM y", locale=_locale())


def datetime_words(moment: datetime) -> str:
    """A day and the time, 24 hours, on Amman's clock: 10 كانون الأول 2026، 15:30."""
    local = in_amman(moment).replace(tzinfo=None)
    comma = "،" if language() == "ar" else ","
    return f"{format_datetime(local, 'd MMMM y', locale=_locale())}{comma} {time_words(moment)}"


def time_words(moment: datetime) -> str:
    return format_time(in_amman(moment).replace(tzinfo=None), "HH:mm", locale=_locale())


def clock_words(moment: datetime) -> str:
    """A time to the second, where seconds count."""
    return format_time(in_amman(moment).replace(tzinfo=None), "HH:mm:ss", locale=_locale())


def deadline(moment: datetime) -> str:
    """A deadline: day, time and whose time it is."""
    return _("%(day)s at %(time)s, Amman time", day=date_words(moment), time=time_words(moment))


def days_left(moment: datetime, now: datetime) -> str:
    """A countdown in words, by calendar days in Amman; by hours on the last day."""
    left = moment - now
    if left <= timedelta(0):
        return _("ended")
    if left < timedelta(hours=1):
        return _("less than an hour left")
    if left < timedelta(days=1):
        hours = int(left.total_seconds() // 3600)
        return ngettext("%(num)s hour left", "%(num)s hours left", hours)
    days = (in_amman(moment).date() - in_amman(now).date()).days
    return ngettext("%(num)s day left", "%(num)s days left", days)


def duration(time: timedelta) -> str:
    """A length of time in words, rounded to what matters: minutes, hours or days."""
    minutes = round(time.total_seconds() / 60)
    if minutes < 60:
        return ngettext("%(num)s minute", "%(num)s minutes", minutes)
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(num)s hour", "%(num)s hours", hours)
    return ngettext("%(num)s day", "%(num)s days", round(hours / 24))
