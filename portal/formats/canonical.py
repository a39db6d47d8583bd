"""Canonical JSON (RFC 8785): the same content has the same bytes, so the same digest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import rfc8785


def canonical(content: Any) -> bytes:
    """`content` (dicts, lists, strings, whole numbers, booleans, None) as RFC 8785 bytes."""
    return rfc8785.dumps(content)


_PLAIN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_row(cells: dict[str, Any]) -> bytes:
    """The same bytes, in a fraction of the time, of what has keys of ASCII and whole numbers alone.

    Such are the kept rows of a matrix; a test holds both to be the same.
    """
    return _PLAIN.encode(cells).encode()


def digest(content: Any) -> str:
    """SHA-256 of the canonical JSON of `content`, in hex."""
    return hashlib.sha256(canonical(content)).hexdigest()
