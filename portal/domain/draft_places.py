"""Where the provisions of a version stand in the source they were read from, line and page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from portal.domain.draft_lines import plain
from portal.domain.structure import Row

_ENOUGH = 60  # characters by which the beginning of a provision is known again


def lines_of(source: str, rows: Sequence[Row]) -> list[int]:
    """The line of `source`, from 1, on which each provision begins; 0 where it is not found there.

    White space does not count. A provision is looked for after the one before it, then anywhere.
    """
    parts = ["".join(line.split()) for line in plain(source).split("\n")]
    starts, length = list[int](), 0
    for part in parts:
        starts.append(length)
        length += len(part)
    whole, reached, found = "".join(parts), 0, list[int]()
    for row in rows:
        at = _find(whole, row, reached)
        found.append(bisect_right(starts, at) if at >= 0 else 0)
        reached = at + 1 if at >= reached else reached
    return found


def _find(whole: str, row: Row, start: int) -> int:
    """By marker and words, by words alone where the marker is another now; -1 for nowhere."""
    words = "".join(f"{row.heading}{row.text}"[: 4 * _ENOUGH].split())[:_ENOUGH]
    marker = "".join(row.marker.split())
    for needle in (f"{marker}{words}", words):
        for begin in (start, 0):
            at = whole.find(needle, begin) if needle else -1
            if at >= 0:
                return at
    return -1


def page_of(line: int, page_lines: Sequence[int]) -> int:
    """The page, from 1, on which a line of the source stands; 0 where there are no pages."""
    return max(bisect_right(page_lines, line), 1) if line and page_lines else 0


def nearest(line: int, lines: Sequence[int]) -> int | None:
    """The place in the list of the provision that `line` belongs to; None before the first."""
    best: tuple[int, int] | None = None
    for at, begins in enumerate(lines):
        if 0 < begins <= line and (best is None or begins >= best[0]):
            best = (begins, at)
    return best[1] if best else None
