"""A draft's file read into the one intermediate form, whatever its format."""

from __future__ import annotations

from portal.domain.draft_parsing import parse
from portal.domain.draft_sources import SourceDraft
from portal.domain.drafts import DraftFormat, Tracked
from portal.domain.text import decode


def read_draft(data: bytes, name: str = "", tracked: Tracked = Tracked.ACCEPT) -> SourceDraft:
    """Read a file; `name` only helps to tell formats apart that look alike.

    Raises DomainError where it cannot be read. Meant to run in a process with limits:
    `adapters.reading.read_safely`.
    """
    source = decode(data)[0]
    return SourceDraft(DraftFormat.TEXT, source, parse(source))
