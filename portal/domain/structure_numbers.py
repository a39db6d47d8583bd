"""Numbers and markers that the structure editor proposes, in the manner of those around them."""

from __future__ import annotations

import re

from portal.domain.citations import ABJAD, LATIN
from portal.domain.draft_numbers import DIGITS, at_place, place
from portal.domain.drafts import ProvisionKind
from portal.domain.provision_ids import COUNTED
from portal.domain.text import latin_digits, squeeze

_DIGITS = re.compile(f"[{DIGITS}]+")
_LETTER = re.compile(rf"[{ABJAD}اإآ]ـ*|[a-z]")
_ZEROS = ("٠", "۰")
# How these two are written where they stand alone, so that nobody takes them for a 5 or an ha.
_STRETCHED = {"ج": "جـ", "ه": "هـ"}
_PLAIN = {
    ProvisionKind.PART: "الباب {}:",
    ProvisionKind.CHAPTER: "الفصل {}:",
    ProvisionKind.SECTION: "القسم {}:",
    ProvisionKind.ARTICLE: "المادة {}:",
    ProvisionKind.PARAGRAPH: "{}-",
    ProvisionKind.POINT: "{}-",
    ProvisionKind.ANNEX: "الملحق {}:",
}
LETTERED = ProvisionKind.PARAGRAPH


def next_number(number: str) -> str:
    """The number after `number` in its own manner; none after what is in no sequence."""
    at = place(number)
    return at_place(at + 1, number) if at else ""


def number_of_kind(kind: ProvisionKind, at: int) -> str:
    """The number at place `at` as provisions of that kind are usually numbered."""
    if kind in COUNTED or at < 1:
        return ""
    return at_place(at, ABJAD[0]) if kind is LETTERED else str(at)


def typed_number(typed: str) -> str:
    """A number as it is kept: Latin digits, the bare letter (`جـ` is ج, `ا` is أ)."""
    number = squeeze(latin_digits(typed))
    bare = number.replace("ـ", "")
    if bare in ("ا", "إ", "آ"):
        return "أ"
    return str(int(number)) if number.isdecimal() else bare or number


def marker_of(kind: ProvisionKind, number: str, like: str = "") -> str:
    """How `number` is written before a provision, in the manner of the marker `like`."""
    if not number or kind in COUNTED:
        return ""
    if number.isdecimal() and _DIGITS.search(like):
        return _DIGITS.sub(lambda found: _digits(number, found[0]), like, count=1)
    written = _STRETCHED.get(number, number)
    single = number in ABJAD or number in LATIN
    if kind is LETTERED and single and _LETTER.search(like):
        return _LETTER.sub(written, like, count=1)
    return _PLAIN[kind].format(written)


def _digits(number: str, like: str) -> str:
    """The digits of `number` as those of `like` are written: ٣ or 3."""
    zero = next((zero for zero in _ZEROS if zero <= like[0] <= chr(ord(zero) + 9)), None)
    if zero is None:
        return number
    return "".join(chr(ord(zero) + int(digit)) for digit in number)
