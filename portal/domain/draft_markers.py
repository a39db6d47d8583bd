"""The markers by which provisions begin: `المادة ١:`, `الباب الأول`, `أ-`, `(ب)`, `١-`, `##`."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from portal.domain.citations import ABJAD
from portal.domain.draft_numbers import DIGITS, read_letter, read_number
from portal.domain.drafts import ProvisionKind
from portal.domain.text import fold, latin_digits

DIVISIONS = frozenset(
    {
        ProvisionKind.PART,
        ProvisionKind.CHAPTER,
        ProvisionKind.SECTION,
        ProvisionKind.ARTICLE,
        ProvisionKind.ANNEX,
    }
)
# Marks of direction and joining are typed into markers and mean nothing there.
UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_STRETCH = r"[ـ\u064b-\u0652]*"  # kashida and marks between the letters of a name


def _loose(words: str) -> str:
    return "|".join("".join(letter + _STRETCH for letter in word) for word in words.split())


_LEAD = r"\s*(?P<lead>(?:#{1,6}\s+|>\s*|[-*+•·]\s+)*)"
_NAME = re.compile(
    rf"{_LEAD}(?P<name>(?:{_loose('ال')})?(?:{_loose('مادة ماده باب فصل قسم ملحق ملاحق جدول')})"
    r"|(?:article|part|chapter|section|annex|appendix|schedule)(?![^\W\d]))",
    re.IGNORECASE,
)
# Something must part the number from what follows, or `المادة (٦) من هذا القانون` in a sentence
# would begin an article; under a heading mark of Markdown a space is enough.
_SEPARATORS = ":：.\\-–—"
_END = re.compile(
    rf"\s*[{_SEPARATORS}](?![{DIGITS}])(?:\s*[{_SEPARATORS}](?!\s*[{DIGITS}]))*\s*|\s*$"
)
_SPACE = re.compile(r"\s+")
_ALONE = re.compile(r"\s*(?:[:：]\s*)?$")
_UNREAD = re.compile(r"(?:\s+[^\W\d_]{1,20}){1,4}\s*[:：]\s*$")
_LETTERS = f"{ABJAD}اإآ"
_PARAGRAPH = re.compile(
    rf"{_LEAD}(?:\((?P<inner>[{_LETTERS}]ـ*|[a-z])\)(?P<after>\s*[-–—.:])?"
    rf"|(?P<outer>[{_LETTERS}])(?:ـ*\s*(?:[-–—)]|(?P<stop>[.:/](?=\s|$)))|\s*ـ+(?=\s|$))"
    rf"|(?P<latin>[a-z])(?:\)|(?P<full>\.(?=\s|$))))\s*"
)
_POINT = re.compile(
    rf"{_LEAD}(?:\((?P<inner>[{DIGITS}]{{1,3}})\)(?:(?P<after>\s*[-–—.:])|(?=\s|$))"
    rf"|(?P<outer>[{DIGITS}]{{1,3}})\s*(?:[-–—/](?!\s*[{DIGITS}])|[.)](?=\s|$)|ـ+(?=\s|$)))\s*"
)
_BAR = re.compile(r"\s*\|")
_HEADING = re.compile(r"\s*#{1,6}\s+(?=\S)")
_BULLET = re.compile(r"\s*[-*+•·]\s+(?=\S)")
_NAMES = {
    "ماده": ProvisionKind.ARTICLE,
    "باب": ProvisionKind.PART,
    "فصل": ProvisionKind.CHAPTER,
    "قسم": ProvisionKind.SECTION,
    "article": ProvisionKind.ARTICLE,
    "part": ProvisionKind.PART,
    "chapter": ProvisionKind.CHAPTER,
    "section": ProvisionKind.SECTION,
    "ملحق": ProvisionKind.ANNEX,
    "ملاحق": ProvisionKind.ANNEX,
    "annex": ProvisionKind.ANNEX,
    "appendix": ProvisionKind.ANNEX,
    "schedule": ProvisionKind.ANNEX,
    "جدول": ProvisionKind.ANNEX,
}
LIST = "جدول"  # an annex only where a table follows
Form = Literal["", "heading", "bullet", "unread", "row", "list"]


class Marker(NamedTuple):
    """A marker that ends before `end`.

    `marked`: it has a heading mark of Markdown. `sure` False: `(٧)` or `(أ)` can be a citation
    where a long line was wrapped. `titled`: `د.` can be somebody's title. `unread` is a division
    whose number nobody can read, `row` the row of a table, which ends where it begins, and `list`
    the heading of a table (`الجدول رقم (1)`), which begins an annex where its table follows.
    """

    kind: ProvisionKind | None
    number: str
    end: int
    form: Form = ""
    marked: bool = False
    sure: bool = True
    titled: bool = False


def find_marker(text: str, start: int) -> Marker | None:
    """The marker that stands in `text` at `start`, if one does."""
    return (
        _row(text, start)
        or _division(text, start)
        or _paragraph(text, start)
        or _point(text, start)
        or _unnumbered(text, start)
    )


def _division(text: str, start: int) -> Marker | None:
    found = _NAME.match(text, start)
    if found is None:
        return None
    marked = "#" in found["lead"]
    name = fold(found["name"]).removeprefix("ال")
    kind = _NAMES[name]
    annexed = kind is ProvisionKind.ANNEX
    read = read_number(text, found.end()) or (read_letter(text, found.end()) if annexed else None)
    if read is None:
        if annexed:
            return None if name == LIST else _without_number(text, found.end(), marked)
        unread = _UNREAD.match(text, found.end())
        return Marker(None, "", start, "unread") if unread and not marked else None
    number, end = read
    closed = _END.match(text, end) or (_SPACE.match(text, end) if marked else None)
    form: Form = "list" if name == LIST else ""
    return Marker(kind, number, closed.end(), form, marked=marked) if closed else None


def _without_number(text: str, start: int, marked: bool) -> Marker | None:
    """`الملحق` alone on its line; under a heading mark also before a colon."""
    alone = _ALONE.match(text, start) or (_END.match(text, start) if marked else None)
    return Marker(ProvisionKind.ANNEX, "", alone.end(), marked=marked) if alone else None


def _row(text: str, start: int) -> Marker | None:
    """A row of Markdown's tables (`| أ | ب |`); a bar in a cell is written `\\|`."""
    first = _BAR.match(text, start)
    if first is None:
        return None
    end = text.rstrip()
    closed = end.endswith("|") and not end.endswith("\\|") and len(end) > first.end()
    return Marker(None, "", start, "row") if closed else None


def _paragraph(text: str, start: int) -> Marker | None:
    found = _PARAGRAPH.match(text, start)
    if found is None:
        return None
    letter = (found["inner"] or found["outer"] or found["latin"]).rstrip("ـ")
    number = "أ" if letter in "اإآ" else letter
    return Marker(
        ProvisionKind.PARAGRAPH,
        number,
        found.end(),
        sure=not found["inner"] or bool(found["after"]),
        titled=bool(found["stop"] or found["full"]),
    )


def _point(text: str, start: int) -> Marker | None:
    found = _POINT.match(text, start)
    if found is None:
        return None
    number = str(int(latin_digits(found["inner"] or found["outer"])))
    sure = not found["inner"] or bool(found["after"])
    marked = "#" in found["lead"]
    return Marker(ProvisionKind.POINT, number, found.end(), marked=marked, sure=sure)


def _unnumbered(text: str, start: int) -> Marker | None:
    heading = _HEADING.match(text, start)
    if heading:
        return Marker(None, "", heading.end(), "heading")
    bullet = _BULLET.match(text, start)
    return Marker(None, "", bullet.end(), "bullet") if bullet else None
