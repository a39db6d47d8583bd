"""Passkeys: which address they are made for, and what they are called (W3C Web Authentication)."""

from __future__ import annotations

import hashlib
from typing import NamedTuple
from urllib.parse import urlsplit

from portal.domain.errors import DomainError
from portal.domain.text import refuse_unsafe

NAME_LIMIT = 60
MOST = 20  # of one person
ANSWER_LIMIT = 20_000  # characters of what a browser answers; some thousand are usual
DEFAULT_PORTS = {"http": 80, "https": 443}
LOOPBACK = frozenset({"127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104 (read, not listened on)


class RelyingParty(NamedTuple):
    """For whom passkeys are made: a name (never a number), and the origin that may use them."""

    id: str
    origin: str


def relying_party(base_url: str) -> RelyingParty:
    """The relying party of a public address.

    On the machine itself that is `localhost`: browsers make no passkey for a number.
    """
    found = urlsplit(base_url)
    host = (found.hostname or "").encode("idna").decode()
    name = "localhost" if host in LOOPBACK else host
    port = "" if found.port in (None, DEFAULT_PORTS.get(found.scheme)) else f":{found.port}"
    return RelyingParty(name, f"{found.scheme}://{name}{port}")


def handle_of(party: RelyingParty, user_id: int) -> bytes:
    """What a passkey keeps of its owner (section 14.6.1: nothing that names a person)."""
    return hashlib.sha256(f"{party.id} account {user_id}".encode()).digest()


def clean_name(name: str) -> str:
    """What somebody calls a passkey; raises `name_missing`, `text_long`."""
    refuse_unsafe(name, field="name")
    plain = " ".join(name.split())
    if not plain:
        raise DomainError("name_missing", field="name")
    if len(plain) > NAME_LIMIT:
        raise DomainError("text_long", field="name", maximum=NAME_LIMIT, length=len(plain))
    return plain
