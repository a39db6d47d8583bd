"""Proof of work in the manner of ALTCHA: a browser computes for a second, a machine does too.

PBKDF2 and not one SHA-256 after the other: Web Crypto needs as long for it as any other program,
while of single digests a machine makes twenty for each that a browser makes (measured; ADR 17).
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from altcha import Payload, create_challenge, verify_solution

ALGORITHM = "PBKDF2/SHA-256"
# About 1.2 ms a try for a browser on a desk; the answer lies among 400 to 1,200 tries.
COST, LEAST, MOST = 5_000, 400, 1_200
GOOD_FOR = timedelta(days=1)
LONGEST = 4_000


def challenge(secret: str, sent_key: str, now: datetime) -> dict[str, Any]:
    """What a browser is to work at before what has this key is sent, as ALTCHA writes it."""
    made = create_challenge(
        ALGORITHM,
        COST,
        counter=LEAST + secrets.randbelow(MOST - LEAST),
        # Not ALTCHA's own expiry, which is by the machine's clock and not by the portal's.
        data={"for": sent_key, "until": int((now + GOOD_FOR).timestamp())},
        hmac_secret=_key(secret),
    )
    found: dict[str, Any] = made.to_dict()
    return found


def is_proof(secret: str, sent_key: str, shown: str, now: datetime) -> bool:
    """True where `shown` (JSON in base 64) solves a challenge of ours for what has this key."""
    if not shown or len(shown) > LONGEST:
        return False
    try:
        payload = Payload.from_base64(shown)
        meant = payload.challenge.parameters.data or {}
        fits = meant["for"] == sent_key and meant["until"] > now.timestamp()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    return fits and bool(verify_solution(payload, _key(secret)).verified)


def _key(secret: str) -> bytes:
    return hashlib.sha256(f"radd work\n{secret}".encode()).digest()
