"""Telephone numbers (by the phonenumbers library) and Jordanian national numbers.

No rule for a check digit of the national number has been published, so none is checked: ten
digits count where the words around say what they are, or where they have the shape that such
numbers are seen to have (docs/moderators.md says so to those who read the hints).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import phonenumbers

from portal.domain.hints import HintKind
from portal.formats.hints.addresses import Found
from portal.formats.hints.plain import Plain

HOME = "JO"
MOST_GROUPS, MOST_DIGITS = 7, 17
# Only what can be a number at all is handed to the library, and never more than so many.
MOST_ASKED = 1_000
_GROUP = re.compile(r"(?<![A-Za-z0-9_.,])\(?\+?\(?\d+\)?|(?<=[ \-./()])\(?\d+\)?")
_GAP = re.compile(r"[ \t]?[-./()]?[ \t]?")
_CAN_BE = re.compile(
    r"\+[1-9]\d{7,14}|00[1-9]\d{7,14}|0(?:7[789]\d{7}|[2356]\d{7}|8\d{7})|962[2-9]\d{7,8}"
)
_SHORT_MOBILE = re.compile(r"7[789]\d{7}")
_CALL = re.compile(
    r"هاتف|تلفون|جوال|موبايل|خلوي|اتصل|تواصل|واتس|phone|mobile|\btel|\bcall|whats", re.IGNORECASE
)
_NATIONAL = re.compile(
    r"(?:ال)?رقم(?:ي|ه|ها)?\s+(?:ال)?وطني|وطني\s*[:：]|national\s+(?:id|number|no)|\bnid\b",
    re.IGNORECASE,
)
# Born 1920-1999: 9, the year, 1 or 2; born since 2000: the year in four figures.
_SHAPE = re.compile(r"9[2-9]\d[12]\d{6}|20[0-2]\d[0-9]\d{5}")
_NEAR = 40


def numbers(text: Plain) -> Iterator[Found]:
    """Telephone and national numbers, from left to right, none over another."""
    groups = list(_GROUP.finditer(text.text))
    asked = at = 0
    while at < len(groups):
        for many in range(min(MOST_GROUPS, len(groups) - at), 0, -1):
            joined = _joined(text.text, groups[at : at + many])
            if joined is None:
                continue
            start, end, digits = joined
            known = _national(text.text, start, end, digits, many)
            if known is None and asked < MOST_ASKED and _worth_asking(text.text, start, digits):
                asked += 1
                known = _phone(digits)
            if known:
                yield known[0], start, end, known[1]
                at += many - 1
                break
        at += 1


def _joined(text: str, groups: list[re.Match[str]]) -> tuple[int, int, str] | None:
    """Groups of digits as one number, where nothing but separators stands between them."""
    for before, after in itertools.pairwise(groups):
        between = text[before.end() : after.start()]
        if "+" in after.group() or not _GAP.fullmatch(between):
            return None
    start, end = groups[0].start(), groups[-1].end()
    digits = "".join(char for each in groups for char in each.group() if char not in "()")
    if len(digits) > MOST_DIGITS or text[end : end + 1].isalnum():
        return None
    while text[start] == "(" and ")" not in text[start:end]:
        start += 1
    while text[end - 1] == ")" and "(" not in text[start:end]:
        end -= 1
    return start, end, digits


def _worth_asking(text: str, start: int, digits: str) -> bool:
    if _CAN_BE.fullmatch(digits):
        return True
    around = text[max(0, start - _NEAR) : start]
    return bool(_SHORT_MOBILE.fullmatch(digits) and _CALL.search(around))


def _phone(digits: str) -> tuple[HintKind, str] | None:
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    try:
        number = phonenumbers.parse(digits, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    shape = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return HintKind.PHONE, phonenumbers.format_number(number, shape)


def _national(
    text: str, start: int, end: int, digits: str, groups: int
) -> tuple[HintKind, str] | None:
    if len(digits) != 10 or not digits.isdecimal() or digits.startswith("0"):
        return None
    near = text[max(0, start - _NEAR) : start] + " " + text[end : end + _NEAR // 2]
    if _NATIONAL.search(near) or (groups == 1 and _SHAPE.fullmatch(digits)):
        return HintKind.NATIONAL_NUMBER, ""
    return None
