"""International bank account numbers: the length of their country, and the check by 97.

ISO 13616 (the IBAN registry of SWIFT) gives the lengths, ISO/IEC 7064 the check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.domain.hints import HintKind
from portal.formats.hints.addresses import Found
from portal.formats.hints.plain import Plain

_LENGTHS = """
AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18
DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23
IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31
MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24
SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
"""
LENGTHS = {each[:2]: int(each[2:]) for each in _LENGTHS.split()}
_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ -]?\d")
_BETWEEN = " -"


def ibans(text: Plain) -> Iterator[Found]:
    """Numbers whose check digits are right, written in one or in groups."""
    for match in _START.finditer(text.text):
        country = match.group()[:2].upper()
        end, number = _collect(text.text, match.start(), LENGTHS.get(country, 0))
        if number and not text.text[end : end + 1].isalnum() and is_iban(number):
            yield HintKind.IBAN, match.start(), end, country


def _collect(text: str, at: int, length: int) -> tuple[int, str]:
    """The next `length` letters and digits, single separators between them left out."""
    found: list[str] = []
    separated = False
    while at < len(text) and len(found) < length:
        char = text[at]
        if char.isascii() and char.isalnum():
            found.append(char.upper())
            separated = False
        elif char in _BETWEEN and not separated:
            separated = True
        else:
            return at, ""
        at += 1
    return at, "".join(found) if length and len(found) == length else ""


def is_iban(number: str) -> bool:
    """True where the two check digits are right."""
    if not number[2:4].isdecimal():
        return False
    turned = number[4:] + number[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1
