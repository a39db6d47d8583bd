"""The check of the matrix: rows against changes."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.matrices import Gap, gaps
from portal.queries.changes import changes_now
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
    rows, changes = load_rows(consultation_id), changes_now(consultation_id)
    missing = gaps(rows, changes.places, changes.explained, changes.undone)
    return Check(
        received=len(rows),
        answered=sum(row.reply is not None for row in rows),
        approved=sum(row.reply is not None and row.reply.approved_by is not None for row in rows),
        changed=len(changes.places),
        gaps=tuple(missing),
    )
