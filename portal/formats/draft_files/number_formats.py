"""Numbers as word processors and browsers write them in lists."""

from __future__ import annotations

from portal.domain.citations import ABJAD, LATIN
from portal.domain.draft_numbers import ALPHABET

_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def arabic_indic(number: int) -> str:
    return str(number).translate(_INDIC)


def abjad(number: int) -> str:
    return _lettered(number, ABJAD)


def alphabet(number: int) -> str:
    """أ ب ت ث …"""
    return _lettered(number, ALPHABET)


def latin(number: int) -> str:
    return _lettered(number, LATIN)


def roman(number: int) -> str:
    """Small Roman figures; above 3,999, where there are none, digits."""
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _lettered(number: int, letters: str) -> str:
    """After the last letter the first comes twice, as word processors do it."""
    if number < 1:
        return str(number)
    times, at = divmod(number - 1, len(letters))
    return letters[at] * min(times + 1, 10)
