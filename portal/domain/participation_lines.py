"""The lines of a workshop report, each with what it is by its own words alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from portal.domain.ordinals import ordinal
from portal.domain.text import fold


class LineKind(Enum):
    BLANK = auto()
    BULLET = auto()
    DOCUMENT = auto()
    AXIS = auto()
    RECOMMENDATIONS = auto()
    INDICATORS = auto()
    TIME_FRAME = auto()
    ACTIVITY = auto()
    PEOPLE = auto()
    BODIES = auto()
    TEXT = auto()


HEADINGS = frozenset(LineKind) - {
    LineKind.BLANK,
    LineKind.BULLET,
    LineKind.TEXT,
    LineKind.ACTIVITY,
}


@dataclass(frozen=True)
class Line:
    """`rest` is what follows the marker or the label; `end` the last source line taken in."""

    kind: LineKind
    number: int
    end: int
    text: str
    rest: str = ""
    ordinal: int | None = None
    marker: str = ""
    indented: bool = False


_EDGE = "\u200e\u200f\u061c\ufeff"
_MARKER = re.compile(
    rf"[\s{_EDGE}]*([·•∙‣◦●○▪■□➢*\uf0b7\uf0a7–—-]|o(?=\s|$)|\(?\d{{1,3}}[.)\-–](?!\d))[\s{_EDGE}]*"
)
_RULE = re.compile(r"[\s\-–—_=*·•.]{3,}")
_HEAD = re.compile(r"(\S{2,20})\s+(\S.{0,40}?)\s*(?:[:\-–—./|]\s*|(?=\()|$)")
_NAMELESS_AXIS = re.compile(r"(?:ال)?محور\s*:\s*(?=\S)")
_NOUNS = {
    prefix + noun: kind
    for kind, nouns in (
        (LineKind.DOCUMENT, ("التزام", "وثيقه", "مسوده", "مشروع")),
        (LineKind.AXIS, ("محور",)),
        (LineKind.ACTIVITY, ("نشاط",)),
    )
    for noun in nouns
    for prefix in ("", "ال")
}
_TIME_FRAME = re.compile(r"(?:ال)?(?:اطر|اطار|مده|مدد|جدول|جداول) (?:ال)?زمني")
_INDICATORS = re.compile(r"(?:ال)?مؤشر(?:ات)?\b")
_RECOMMENDATIONS = re.compile(r"(?:ال)?(?:توصي(?:ات|ه)|مقترحات|ملاحظات)\b")
_RECOMMENDS = re.compile(r"توصي|اوصي|يوصي|مقترحات|اقتراحات|ملاحظات")
_PEOPLE = re.compile(
    r"(?:ال)?(?:ضباط|ضابط|فريق|اسماء|مشارك(?:ون|ين|ات)|حضور|حاضر(?:ون|ين)|اعضاء|ميسر(?:ه|و|ون|ين)?"
    r"|منسق(?:ه|و|ون|ين)?|مقرر(?:ه|و)?|متحدث(?:ه|ون|ين)?|مدرب(?:ون|ين)|معدو|كاتب)\b"
)
_PEOPLE_LIST = re.compile(r"(?:قائمه|كشف|جدول) (?:ال)?(?:اسماء|حضور|مشاركين|حاضرين|مدعوين)\b")
_PREPARED_BY = re.compile(r"(?:اعداد|اعد|اعدها|اعده|كتب|كتبه|كتبها)(?: (?:ال)?(?:تقرير|محضر))?$")
_BODIES = re.compile(r"(?:^|\s)(?:ال)?جهات\b")


def read_lines(text: str) -> list[Line]:
    """The lines of `text`; a label, a lone colon and a value on three lines are one line."""
    source = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines: list[Line] = []
    index = 0
    while index < len(source):
        taken = _cells(source, index)
        joined = source[index] if taken == 1 else _joined(source[index : index + taken])
        lines.append(_classify(joined, index + 1, index + taken))
        index += taken
    return lines


def _cells(source: list[str], index: int) -> int:
    """How many source lines from `index` on make one: table cells come as lines of their own."""
    own = source[index].strip()
    if not own or own == ":" or index + 1 == len(source) or source[index + 1].strip() != ":":
        return 1
    has_value = index + 2 < len(source) and source[index + 2].strip() not in ("", ":")
    return 3 if has_value else 2


def _joined(cells: list[str]) -> str:
    return cells[0].rstrip() + ": " + "".join(cell.strip() for cell in cells[2:])


def _classify(source: str, number: int, end: int) -> Line:
    text = source.strip().strip(_EDGE).strip()
    if not text or text == ":" or _RULE.fullmatch(text):
        return Line(LineKind.BLANK, number, end, text)
    marked = _MARKER.match(source)
    marker = marked[1] if marked else ""
    content = source[marked.end() :].strip() if marked else text
    kind, value, rest = _heading(content)
    if marker and not _is_marked_heading(kind, len(marker) > 1, content, rest):
        value = value if kind is LineKind.ACTIVITY else None
        kind, rest = LineKind.BULLET, content
    indented = source[:1].isspace()
    return Line(kind, number, end, text, rest, value, marker, indented)


def _is_marked_heading(kind: LineKind, numbered: bool, content: str, rest: str) -> bool:
    """Headings may stand in a list, but a recommendation may begin with a heading's words."""
    if kind in (LineKind.DOCUMENT, LineKind.AXIS):
        return numbered or not rest
    short = not rest and len(content.split()) <= 4
    return kind in HEADINGS and short and (numbered or content.endswith(":"))


def _heading(text: str) -> tuple[LineKind, int | None, str]:
    found = _HEAD.match(text)
    if found and (noun := _NOUNS.get(fold(found[1]))):
        value = ordinal(found[2])
        if value is not None:
            return noun, value, _unwrapped(text[found.end() :])
    nameless = _NAMELESS_AXIS.match(text)
    if nameless:
        return LineKind.AXIS, None, text[nameless.end() :].strip()
    return _section(text)


def _unwrapped(title: str) -> str:
    title = title.strip()
    if title.startswith("(") and title.endswith(")") and title.count("(") == 1:
        return title[1:-1].strip()
    return title


def _section(text: str) -> tuple[LineKind, int | None, str]:
    before, colon, after = text.partition(":")
    label, rest = " ".join(fold(before).split()), after.strip()
    length = label.count(" ") + 1
    introduces = bool(colon) and not rest
    if _TIME_FRAME.match(label) and (colon or length <= 8):
        return LineKind.TIME_FRAME, None, rest
    if _names(label, length, _INDICATORS) or (introduces and _INDICATORS.search(label)):
        return LineKind.INDICATORS, None, rest
    if _names(label, length, _RECOMMENDATIONS) or (introduces and _RECOMMENDS.search(label)):
        return LineKind.RECOMMENDATIONS, None, rest
    if _is_people(label, length, bool(colon), rest):
        return LineKind.PEOPLE, None, rest
    if introduces and _BODIES.search(label):
        return LineKind.BODIES, None, ""
    return LineKind.TEXT, None, rest


def _names(label: str, length: int, pattern: re.Pattern[str]) -> bool:
    return length <= 5 and pattern.match(label) is not None


def _is_people(label: str, length: int, colon: bool, rest: str) -> bool:
    """A heading over names, or a label with names behind it; a number of people is neither."""
    if re.search(r"\d", rest) or length > (4 if rest else 16):
        return False
    if _PEOPLE_LIST.match(label):
        return True
    if not colon:
        return label.startswith("اسماء ") and length <= 6
    return bool(_PEOPLE.match(label) or _PREPARED_BY.match(label))
