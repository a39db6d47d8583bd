"""The check of the matrix: rows against changes."""

from __future__ import annotations

from dataclasses import dataclass

from portal.adapters.collector import at_rest
from portal.domain.matrices import Gap, Row, gaps
from portal.domain.row_refs import RowKey
from portal.queries.changes import changes_now
from portal.queries.check_rows import load_rows


@dataclass(frozen=True, slots=True)
class Check:
    """How far the answer is: rows answered, provisions changed, what is missing.

    `open` are the rows of which anything is missing.
    """

    received: int
    answered: int
    approved: int
    changed: int
    gaps: tuple[Gap, ...]
    open: frozenset[RowKey]


def check(consultation_id: int) -> Check:
    """Everything that keeps the matrix from being published now."""
    with at_rest():
        return _check(consultation_id)


def _check(consultation_id: int) -> Check:
    rows, changes = load_rows(consultation_id), changes_now(consultation_id)
    missing = gaps(rows, changes.places, changes.explained, changes.undone)
    return Check(
        received=len(rows),
        answered=sum(row.reply is not None for row in rows),
        approved=sum(row.reply is not None and row.reply.approved_by is not None for row in rows),
        changed=len(changes.places),
        gaps=tuple(missing),
        open=_open(rows, missing),
    )


def _open(rows: list[Row], missing: list[Gap]) -> frozenset[RowKey]:
    refs = {gap.ref for gap in missing if gap.ref}
    if not refs:
        return frozenset()
    return frozenset(row.comment.key for row in rows if row.comment.ref in refs)
