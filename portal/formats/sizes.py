"""How large a file is, in words."""

from __future__ import annotations

from flask_babel import format_decimal
from flask_babel import gettext as _

_STEP = 1024


def size_words(size: int) -> str:
    """`size` bytes as people say it: `340 KB`, `2.4 MB`."""
    kilobytes = max(1, round(size / _STEP))
    if kilobytes < _STEP:
        return str(_("%(number)s KB", number=format_decimal(kilobytes)))
    return str(_("%(number)s MB", number=format_decimal(round(size / _STEP / _STEP, 1))))
