"""Passwords: argon2id, with the parameters of RFC 9106's second recommendation."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()


@cache
def _nobody() -> str:
    """Checked where there is no account, so that it takes as long as a wrong password."""
    return _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The hash to keep of `password`."""
    return _hasher.hash(password)


def verify(kept: str | None, password: str) -> bool:
    """True where `password` is the one of the kept hash; None takes as long and is False."""
    try:
        return _hasher.verify(kept or _nobody(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
