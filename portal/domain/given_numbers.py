"""Numbers as people, forms and addresses give them: none larger than a database column holds."""

from __future__ import annotations

from portal.domain.text import latin_digits

LARGEST = 2**31 - 1
NO_REVISION = -1  # that nothing has, so that what is sent with it counts as stale


def whole(given: str | None) -> int | None:
    """A whole number from 0, in Latin, Arabic or Persian digits; None for anything else.

    `int` reads far more than that, and fails beyond some thousand digits.
    """
    digits = latin_digits(given or "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 11):
        return None
    return int(digits) if int(digits) <= LARGEST else None


def revision(given: str | None) -> int:
    """The revision that a hidden field carries; `NO_REVISION` for what is none."""
    found = whole(given)
    return NO_REVISION if found is None else found
