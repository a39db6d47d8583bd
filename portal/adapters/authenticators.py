"""Codes of authenticator apps (TOTP, RFC 6238: SHA-1, six figures, thirty seconds)."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp
import segno

STEP = 30  # seconds
DRIFT = 1  # steps by which a telephone's clock may be off
ISSUER = "Radd"


def new_secret() -> str:
    """A secret of 160 bits in base 32."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, now: datetime, *, after: int) -> int | None:
    """The time step that `code` is of; None where it is wrong, or no later than step `after`."""
    present = int(now.timestamp()) // STEP
    codes = pyotp.TOTP(secret)
    for step in range(max(present - DRIFT, after + 1), present + DRIFT + 1):
        if hmac.compare_digest(codes.generate_otp(step), code):
            return step
    return None


def picture(secret: str, account: str) -> str:
    """The QR code that an app reads, as an image inside the page (a `data:` address)."""
    address = pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)
    found: str = segno.make(address, error="m").svg_data_uri(scale=5, dark="#000", light="#fff")
    return found
