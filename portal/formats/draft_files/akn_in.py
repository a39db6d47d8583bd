"""Akoma Ntoso 3.0 read into the tree of provisions."""

from __future__ import annotations

from portal.domain.draft_tree import ParsedDraft
from portal.domain.errors import DomainError


def read_akn(data: bytes) -> ParsedDraft:
    """The tree that an Akoma Ntoso document holds."""
    raise DomainError("file_unreadable", field="file", size=len(data))
