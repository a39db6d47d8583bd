"""What a form carries about its own way: when it was got, and when its turn to be sent is.

Both are signed and kept by the browser alone, so that nobody has to be remembered.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

_FORM, _TURN = "radd form", "radd turn"
LONGEST = 2_000


def form_key(secret: str, now: datetime) -> str:
    """A key of a form's own, with the moment at which it was got."""
    return _signed(secret, _FORM, [secrets.token_urlsafe(18), int(now.timestamp())])


def opened_at(secret: str, key: str) -> datetime | None:
    """When the form with this key was got; None for a key that is not of ours."""
    found = _read(secret, _FORM, key)
    return datetime.fromtimestamp(found[1], UTC) if found else None


def turn(secret: str, sent_key: str, at: datetime) -> str:
    """The promise that what has this key may be sent from `at` on (`services.submissions`).

    It is good for that text and no other, and the same text is taken once: so is the promise.
    """
    return _signed(secret, _TURN, [sent_key, int(at.timestamp())])


def turn_of(secret: str, sent_key: str, shown: str) -> datetime | None:
    """From when on what has this key may be sent; None where that was not promised."""
    found = _read(secret, _TURN, shown)
    return datetime.fromtimestamp(found[1], UTC) if found and found[0] == sent_key else None


def _signed(secret: str, purpose: str, content: list[Any]) -> str:
    return str(URLSafeSerializer(secret, salt=purpose).dumps(content))


def _read(secret: str, purpose: str, shown: str) -> list[Any] | None:
    if not shown or len(shown) > LONGEST:
        return None
    try:
        found: list[Any] = URLSafeSerializer(secret, salt=purpose).loads(shown)
    except BadData:
        return None
    return found
