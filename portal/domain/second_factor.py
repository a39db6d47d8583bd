"""The second factor of staff: of whom it is required, and recovery codes."""

from __future__ import annotations

import hashlib
from enum import StrEnum

from portal.domain.accounts import Grant, Role

REQUIRED_OF = frozenset({Role.APPROVER, Role.ADMINISTRATOR})
CODES = 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that can be taken for something else
# Of 31 letters: 118 bits; from 112 a plain hash will do (ASVS 6.5.2). Codes of 16 from before
# are taken as long as they are kept.
LENGTH = 24
FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class Second(StrEnum):
    """By what a session was begun beside the password."""

    AUTHENTICATOR = "authenticator"
    RECOVERY_CODE = "recovery_code"
    PASSKEY = "passkey"
    PROVIDER = "provider"  # who signed them on said that they asked for more than a password


class AccessChange(StrEnum):
    """What became of somebody's way in; in the record and in the mail that tells of it."""

    PASSWORD_CHANGED = "password changed"  # noqa: S105 (what happened, and no password)
    AUTHENTICATOR_ADDED = "authenticator added"
    AUTHENTICATOR_REMOVED = "authenticator removed"
    PASSKEY_ADDED = "passkey added"
    PASSKEY_REMOVED = "passkey removed"
    CODES_MADE = "recovery codes made"
    CODE_USED = "recovery code used"
    RESET = "second factor reset"
    SIGN_ON_LINKED = "single sign-on linked"
    SIGN_ON_UNLINKED = "single sign-on unlinked"
    SESSIONS_ENDED = "all sessions ended"


def is_required_of(grants: tuple[Grant, ...]) -> bool:
    """True for who approves or administers anywhere."""
    return any(grant.role in REQUIRED_OF for grant in grants)


def cleaned(typed: str) -> str:
    """A code as it is compared: without spaces and hyphens, figures of Arabic as ours."""
    return "".join(typed.split()).replace("-", "").translate(FIGURES).lower()[:64]


def is_of_authenticator(code: str) -> bool:
    """True where a cleaned code has the shape of RFC 6238's six figures."""
    return len(code) == 6 and code.isascii() and code.isdigit()


def grouped(code: str) -> str:
    """A recovery code for people to copy: `abcd-efgh-jkmn-…`."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def hash_of(code: str) -> str:
    """What is kept of a recovery code."""
    return hashlib.sha256(code.encode()).hexdigest()
