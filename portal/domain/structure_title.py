"""The title of a version is a copy of one of its lines: it follows when the line is corrected."""

from __future__ import annotations

from itertools import takewhile

from portal.domain.drafts import ProvisionKind
from portal.domain.structure import Rows
from portal.domain.text import strip_hidden

TITLE = 500


def followed(title: str, before: Rows, after: Rows) -> str:
    """The title that goes with `after`; one that was no line of `before` stays as it is.

    Where its line is gone, there is none: what stands above the articles names the draft itself.
    """
    was, now = _leading(before), _leading(after)
    if title not in was or title in now:
        return title
    at = was.index(title)
    if at >= len(now) or now[at] in was:
        return ""
    return now[at]


def _leading(rows: Rows) -> list[str]:
    """The lines before the first division, as titles are kept."""
    texts = takewhile(lambda row: row.kind is ProvisionKind.TEXT, rows)
    return [strip_hidden(row.text)[:TITLE] for row in texts]
