"""Canonical JSON (RFC 8785): the same content has the same bytes, so the same digest."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def canonical(content: Any) -> bytes:
    """`content` (dicts, lists, strings, whole numbers, booleans, None) as RFC 8785 bytes."""
    return rfc8785.dumps(content)


def digest(content: Any) -> str:
    """SHA-256 of the canonical JSON of `content`, in hex."""
    return hashlib.sha256(canonical(content)).hexdigest()
