"""Spreadsheets that are given out, filled in anywhere and taken in again."""

from __future__ import annotations

from enum import StrEnum


class SheetKind(StrEnum):
    """What a file brings: answers to rows of the matrix, or comments in the ISO template."""

    ANSWERS = "answers"
    COMMENTS = "comments"


class SheetStatus(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    READ = "read"  # to be looked through and confirmed
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"
    DISCARDED = "discarded"


RUNNING = (SheetStatus.WAITING, SheetStatus.READING, SheetStatus.WRITING)


class RowOutcome(StrEnum):
    """What became of a row of a file."""

    NONE = "none"  # nothing yet
    RECORDED = "recorded"
    REFUSED = "refused"
    LEFT = "left"  # nothing to do: the same, empty, faulty, or not chosen
