"""Single rows of a published edition, as they were frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from portal.models import MatrixRow, db


@dataclass(frozen=True, slots=True)
class FrozenRow:
    position: int
    ref: str
    comment_id: int
    cells: dict[str, Any]


def frozen_row(row: MatrixRow) -> FrozenRow:
    return FrozenRow(row.position, row.ref, row.comment_id, row.cells)


def rows_of(edition_id: int) -> Select[MatrixRow]:
    """The rows of an edition in their order."""
    query = select(MatrixRow).where(MatrixRow.edition_id == edition_id)
    return query.order_by(MatrixRow.position)


def find_row(edition_id: int, ref: str) -> FrozenRow | None:
    """The row with that reference."""
    row = db.session.scalar(rows_of(edition_id).where(MatrixRow.ref == ref))
    return frozen_row(row) if row else None


def row_of_comment(edition_id: int, comment_id: int) -> FrozenRow | None:
    """The row of a comment in an edition; of one that was split its first part."""
    row = db.session.scalars(rows_of(edition_id).where(MatrixRow.comment_id == comment_id)).first()
    return frozen_row(row) if row else None
