"""The check of the matrix: rows against changes."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.matrices import Gap, gaps
from portal.queries.changes import load_changes
from portal.queries.responses import load_rows


@dataclass(frozen=True, slots=True)
class Check:
    """How far the answer is: comments answered, provisions changed, what is missing."""

    received: int
    answered: int
    approved: int
    changed: int
    gaps: tuple[Gap, ...]


def check(consultation_id: int) -> Check:
    """Everything that keeps the matrix from being published now."""
    rows, changes = load_rows(consultation_id), load_changes(consultation_id)
    missing = gaps(
        rows,
        frozenset(change.place for change in changes),
        frozenset(change.place for change in changes if change.reason),
    )
    return Check(
        received=len(rows),
        answered=sum(row.reply is not None for row in rows),
        approved=sum(row.reply is not None and row.reply.approved_by is not None for row in rows),
        changed=len(changes),
        gaps=tuple(missing),
    )
