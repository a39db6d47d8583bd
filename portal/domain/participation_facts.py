"""The facts at the head of a workshop report: when, where, who came, from which governorates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.participation_lines import Line
from portal.domain.participation_places import governorate, split_names
from portal.domain.participation_report import Attendance, ReportWarning
from portal.domain.participation_times import odd_times, read_date, weekday_warning
from portal.domain.submissions import Governorate
from portal.domain.text import fold, latin_digits

_LABELS = {
    "date": re.compile(r"(?:ال)?تاريخ\b"),
    "day": re.compile(r"(?:ال)?يوم\b"),
    "time": re.compile(r"(?:ال)?(?:وقت|ساعه)\b"),
    "place": re.compile(r"(?:ال)?(?:مكان|موقع)\b"),
    "attendance": re.compile(r"(?:عدد )?(?:ال)?(?:حضور|حاضرين|مشاركين|مشاركون)\b"),
    "governorates": re.compile(r"(?:ال)?محافظ(?:ات|ه)\b"),
}
_LABEL_WORDS = 5
_COUNTED = re.compile(r"(\d{1,6})\s*(?:من\s+)?(?:ال)?([^\W\d]+)|(?:ال)?([^\W\d]+)\s*:\s*(\d{1,6})")
_WOMEN = frozenset(["اناث", "انثي", "نساء", "امراه", "سيدات", "سيده", "مشاركات"])
_MEN = frozenset(["ذكور", "ذكر", "رجال", "رجل"])


@dataclass(frozen=True)
class Facts:
    held_on: date | None
    date_text: str
    place: str
    attendance: Attendance | None
    governorates: tuple[str, ...]
    governorate_codes: tuple[Governorate, ...]
    warnings: tuple[ReportWarning, ...]


def read_facts(lines: Sequence[Line]) -> Facts:
    """Facts from `lines` (those before the recommendations); what is missing is warned of."""
    values = _labelled(lines)
    warnings: list[ReportWarning] = []
    written = values.get("date")
    held_on = _date(written, warnings)
    for line, text in filter(None, (written, values.get("day"), values.get("time"))):
        warnings += weekday_warning(held_on, text, line)
        warnings += odd_times(text, line)
    place = values.get("place", (None, ""))[1]
    if not place:
        warnings.append(ReportWarning("place_missing", None, {}))
    names = _governorates(values.get("governorates"), warnings)
    return Facts(
        held_on=held_on,
        date_text=written[1] if written else "",
        place=place,
        attendance=_attendance(values.get("attendance"), warnings),
        governorates=names,
        governorate_codes=tuple(
            dict.fromkeys(code for name in names if (code := governorate(name)))
        ),
        warnings=tuple(warnings),
    )


def _labelled(lines: Sequence[Line]) -> dict[str, tuple[int, str]]:
    """The first value of each label, with its line: behind the colon, or on the next line."""
    found: dict[str, tuple[int, str]] = {}
    for at, line in enumerate(lines):
        before, colon, after = _content(line).partition(":")
        label = " ".join(fold(before).split())
        if not colon or label.count(" ") >= _LABEL_WORDS:
            continue
        for name, pattern in _LABELS.items():
            if name not in found and pattern.match(label):
                number, value = _value(lines, at, after.strip())
                if name == "governorates":
                    value = _with_following_names(lines, number, value)
                if value and (name != "attendance" or re.search(r"\d", value)):
                    found[name] = (number, value)
                break
    return found


def _value(lines: Sequence[Line], at: int, inline: str) -> tuple[int, str]:
    if inline or at + 1 == len(lines) or lines[at + 1].text.endswith(":"):
        return lines[at].end, inline
    return lines[at + 1].end, _content(lines[at + 1])


def _content(line: Line) -> str:
    return line.rest if line.marker else line.text


def _with_following_names(lines: Sequence[Line], number: int, value: str) -> str:
    """A list of governorates may take several lines; all that holds nothing else belongs to it."""
    for line in lines:
        if line.number <= number:
            continue
        names = split_names(_content(line))
        if not names or not all(governorate(name) for name in names):
            break
        value = f"{value}\n{'،'.join(names)}"
    return value


def _governorates(found: tuple[int, str] | None, warnings: list[ReportWarning]) -> tuple[str, ...]:
    line, names = (found[0], split_names(found[1])) if found else (None, [])
    if not names:
        warnings.append(ReportWarning("governorates_missing", None, {}))
    seen: set[str] = set()
    for name in names:
        code = governorate(name)
        if code is None:
            warnings.append(ReportWarning("governorate_unknown", line, {"name": name}))
        if (key := code or fold(name)) in seen:
            warnings.append(ReportWarning("governorate_repeated", line, {"name": name}))
        seen.add(key)
    return tuple(names)


def _date(found: tuple[int, str] | None, warnings: list[ReportWarning]) -> date | None:
    if found is None:
        warnings.append(ReportWarning("date_missing", None, {}))
        return None
    held_on = read_date(found[1])
    if held_on is None:
        warnings.append(ReportWarning("date_not_understood", found[0], {"text": found[1]}))
    return held_on


def _attendance(found: tuple[int, str] | None, warnings: list[ReportWarning]) -> Attendance | None:
    if found is None:
        warnings.append(ReportWarning("attendance_missing", None, {}))
        return None
    line, text = found
    folded = fold(latin_digits(text))
    women, men, rest = _count(folded, _WOMEN), _count(folded, _MEN), _COUNTED.sub(_without, folded)
    total = re.search(r"\d{1,6}", rest)
    attendance = Attendance(int(total[0]) if total else None, women, men)
    if attendance.total is None:
        warnings.append(ReportWarning("attendance_total_missing", line, {}))
    elif women is not None and men is not None and women + men != attendance.total:
        counted = {"total": attendance.total, "women": women, "men": men, "sum": women + men}
        warnings.append(ReportWarning("attendance_does_not_add_up", line, counted))
    return attendance


def _count(folded: str, words: frozenset[str]) -> int | None:
    for number, word, word_before, number_after in _COUNTED.findall(folded):
        if (word or word_before) in words:
            return int(number or number_after)
    return None


def _without(found: re.Match[str]) -> str:
    """Nothing for a count of women or men, else the text as it is: the total is among that."""
    return "" if (found[2] or found[3]) in _WOMEN | _MEN else found[0]
