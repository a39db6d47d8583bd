"""The check of the matrix: rows against changes."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.matrices import Gap, Place, gaps
from portal.domain.row_refs import RowRef
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


def cited_everywhere(consultation_id: int) -> dict[Place, list[tuple[int, tuple[RowRef, ...]]]]:
    """By changed provision: the responses that cite it, each with its comments' references."""
    found: dict[Place, dict[int, list[RowRef]]] = {}
    for row in load_rows(consultation_id):
        for place in row.reply.cites if row.reply else ():
            refs = found.setdefault(place, {}).setdefault(row.reply.id if row.reply else 0, [])
            refs.append(row.comment.ref)
    return {
        place: [(response_id, tuple(refs)) for response_id, refs in by.items()]
        for place, by in found.items()
    }
