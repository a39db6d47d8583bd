"""Which connections to other machines are sealed (TLS, with the other side's certificate checked).

What stays on this machine (a socket, the loopback addresses) needs no seal.
"""

from __future__ import annotations

from urllib.parse import SplitResult, parse_qs, urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SEALED = frozenset({"https", "smtps"})
CHECKED = frozenset({"verify-full", "verify-ca"})  # of PostgreSQL's sslmode


def stays_here(host: str | None) -> bool:
    """True for this machine's own names; a folder is that of a socket."""
    return not host or host in LOOPBACK or host.startswith("/")


def is_sealed(url: str) -> bool:
    """True where what is said to `url` (mail, scanner, stamps, database) cannot be listened to.

    `smtp://` counts: there it is STARTTLS that is insisted upon (`adapters.mail`).
    """
    parts = urlsplit(url)
    if parts.scheme.startswith("postgresql"):
        return _database_is_sealed(parts)
    return parts.scheme in SEALED | {"smtp"} or stays_here(parts.hostname)


def _database_is_sealed(parts: SplitResult) -> bool:
    asked = parse_qs(parts.query)
    hosts = asked.get("host", []) + ([parts.hostname] if parts.hostname else [])
    return all(map(stays_here, hosts)) or asked.get("sslmode", [""])[-1] in CHECKED
