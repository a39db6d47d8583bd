"""Single sign-on: who vouches for staff, and what an answer must be to count (OpenID Connect)."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

WITHIN = timedelta(minutes=10)  # from leaving for the provider to coming back
# RFC 8176: more than one kind of proof was asked for.
MORE_THAN_ONE = "mfa"
REASON_LIMIT = 40


class Provider(NamedTuple):
    """Who vouches, as the operator set it. `acr`: the class of sign-in that counts as both
    factors, asked for and looked for; "" where none is agreed. `name` may be ""."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    acr: str


class Asked(NamedTuple):
    """What a browser takes along to the provider: kept in its own cookie, and good once."""

    state: str
    nonce: str
    verifier: str
    back: str
    lang: str
    at: str

    def holds(self, now: datetime, state: str) -> bool:
        """True where what came back belongs to what was asked, in this browser and lately."""
        here = hmac.compare_digest(self.state.encode(), state.encode())
        return here and now - datetime.fromisoformat(self.at) < WITHIN


class Vouched(NamedTuple):
    """Whom the provider says it has signed on. `email` is "" where it does not vouch for one;
    `strong`: it asked for more than one kind of proof."""

    subject: str
    email: str
    strong: bool


def is_strong(claims: Mapping[str, object], acr: str) -> bool:
    """True where a token says that more than one kind of proof was asked for.

    A token that says nothing counts as one factor alone.
    """
    methods = claims.get("amr")
    by_method = isinstance(methods, list) and MORE_THAN_ONE in methods
    return by_method or bool(acr and claims.get("acr") == acr)


def reason(error: str) -> str:
    """A provider's code for an error, as far as it can be shown (RFC 6749, 4.1.2.1)."""
    return "".join(c for c in error if c.isascii() and (c.isalnum() or c == "_"))[:REASON_LIMIT]
