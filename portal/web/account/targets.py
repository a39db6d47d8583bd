"""Where somebody goes on to after signing in: a page of this portal, and no other."""

from __future__ import annotations

from urllib.parse import urlsplit


def safe(target: str) -> str:
    """An address of this portal, or nothing: a sign-in page must not lead elsewhere."""
    if not target.isprintable():  # a line break would end the header it is put into
        return ""
    parts = urlsplit(target)
    inside = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if inside and not parts.netloc and not parts.scheme else ""
