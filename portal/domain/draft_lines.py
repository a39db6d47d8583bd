"""One line of a draft: which provision it begins, if any, and how it is numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.domain.citations import ABJAD
from portal.domain.drafts import ProvisionKind
from portal.domain.ordinals import ordinal
from portal.domain.text import fold, latin_digits

_DIGITS = "0-9٠-٩۰-۹"
_LEAD = r"(?P<lead>(?:#{1,6}\s+|>\s*|[-*+•·]\s+)*)"
# A division is numbered by digits, in brackets or not, or by an ordinal in words; something must
# part the number from what follows, or `المادة (٦) من هذا القانون` in a sentence would begin one.
_END = r"(?P<end>\s*[:：.\-–—]+(?=\s|\D|$)|\s*$)"
_DIVISION = re.compile(
    rf"{_LEAD}(?P<name>(?:ال)?(?:ماد[ةه]|باب|فصل|قسم)|article|part|chapter|section)\s*"
    rf"(?P<number>\(?\s*[{_DIGITS}]{{1,4}}\s*\)?(?:\s+مكررة?)?|[^\W\d_]{{1,20}}(?:\s[^\W\d_]{{1,20}}){{0,3}}?)"
    rf"{_END}(?P<rest>.*)$",
    re.IGNORECASE,
)
_LETTERS = ABJAD + "اإآ"
_PARAGRAPH = re.compile(
    rf"{_LEAD}(?:\((?P<inner>[{_LETTERS}])ـ*\)\s*[-–—.:]?|(?P<outer>[{_LETTERS}])ـ*\s*"
    rf"(?:[-–—)/]|[.:](?=\s)))(?P<rest>.*)$"
)
_POINT = re.compile(
    rf"{_LEAD}(?:\((?P<inner>[{_DIGITS}]{{1,3}})\)\s*[-–—.:]?(?=\s)|(?P<outer>[{_DIGITS}]{{1,3}})\s*"
    rf"(?:[-–—/](?![{_DIGITS}])|[.)](?=\s)))(?P<rest>.*)$"
)
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<rest>.*)$")
_NAMES = {
    "ماده": ProvisionKind.ARTICLE,
    "باب": ProvisionKind.PART,
    "فصل": ProvisionKind.CHAPTER,
    "قسم": ProvisionKind.SECTION,
    "article": ProvisionKind.ARTICLE,
    "part": ProvisionKind.PART,
    "chapter": ProvisionKind.CHAPTER,
    "section": ProvisionKind.SECTION,
}
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `kind` None: it begins nothing and belongs to what is open.

    `joined` is True where no blank line parts it from the line before.
    """

    at: int
    kind: ProvisionKind | None
    number: str
    marker: str
    rest: str
    joined: bool
    heading: bool = False


def lines(text: str) -> list[Line]:
    """The lines of a draft. Marks of Markdown's emphasis are formatting and are left out."""
    found: list[Line] = []
    blank = True
    for at, raw in enumerate(plain(text).splitlines(), start=1):
        line = raw.strip()
        if line:
            found.append(_read(at, line, joined=not blank))
        blank = not line
    return found


def plain(text: str) -> str:
    """The text without Markdown's marks of emphasis."""
    return _EMPHASIS.sub(r"\2", text)


def _read(at: int, line: str, *, joined: bool) -> Line:
    found = _DIVISION.match(line)
    number = _division_number(found["number"]) if found else None
    if found and number:
        name = fold(found["name"]).removeprefix("ال")
        marker = line[: found.end("end")].strip()
        return Line(at, _NAMES[name], number, marker, found["rest"].strip(), joined)
    found = _PARAGRAPH.match(line)
    if found:
        letter = _letter(found["inner"] or found["outer"])
        marker = line[: found.start("rest")].strip()
        return Line(at, ProvisionKind.PARAGRAPH, letter, marker, found["rest"].strip(), joined)
    found = _POINT.match(line)
    if found:
        number = str(int(latin_digits(found["inner"] or found["outer"])))
        marker = line[: found.start("rest")].strip()
        return Line(at, ProvisionKind.POINT, number, marker, found["rest"].strip(), joined)
    found = _HEADING.match(line)
    if found:
        return Line(at, None, "", found["marks"], found["rest"].strip(), joined, heading=True)
    return Line(at, None, "", "", line, joined)


def _letter(letter: str) -> str:
    return "أ" if letter in "اإآ" else letter


def _division_number(written: str) -> str | None:
    digits = re.sub(r"\D", "", latin_digits(written))
    if digits:
        return str(int(digits))
    found = ordinal(written)
    return str(found) if found else None
