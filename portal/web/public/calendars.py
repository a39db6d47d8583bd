"""A consultation's period as a calendar (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime

from flask_babel import gettext as _

from portal.formats.dates import language
from portal.queries.consultations import ConsultationPage

FOLD = 70


def calendar_of(page: ConsultationPage, link: str, now: datetime) -> str:
    """One event: the day on which the consultation closes."""
    title = page.title.pick(language())
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Radd//consultations//EN",
        "BEGIN:VEVENT",
        f"UID:{page.slug}-closes@radd",
        f"DTSTAMP:{_stamp(now)}",
        f"DTSTART:{_stamp(page.dates.closes_at)}",
        f"SUMMARY:{_escaped(_('Last moment for comments: %(title)s', title=title))}",
        f"URL:{link}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Lines of at most 75 octets, none cut inside a character."""
    rows, row = [], ""
    for char in line:
        if len((row + char).encode()) > FOLD:
            rows.append(row)
            row = " "
        row += char
    return [*rows, row]
