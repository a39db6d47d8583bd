"""What an edition changes in the one before, row by row: read from the two frozen editions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from portal.domain.editions import RowDifference, changed_columns
from portal.models import MatrixEdition, MatrixRow, db
from portal.queries.frozen_rows import FrozenRow, find_row, frozen_row

PAGE = 50
PORTION = 500


@dataclass(frozen=True, slots=True)
class DifferencesPage:
    """Fifty differences; `next` is the position to go on from, None at the end."""

    rows: tuple[RowDifference, ...]
    next: int | None


def differences_page(edition_id: int, *, start: int = 0) -> DifferencesPage:
    """Rows that were added or changed, from position `start` on. Four queries."""
    found = _portion(edition_id, start, PAGE + 1)
    following = found[PAGE].position if len(found) > PAGE else None
    return DifferencesPage(tuple(_compared(edition_id, found[:PAGE])), following)


def differences(edition_id: int) -> Iterator[RowDifference]:
    """Every difference, for files: rows added and changed in their order, then those removed."""
    start: int | None = 0
    while start is not None:
        found = _portion(edition_id, start, PORTION + 1)
        yield from _compared(edition_id, found[:PORTION])
        start = found[PORTION].position if len(found) > PORTION else None
    yield from removed(edition_id)


def removed(edition_id: int) -> Iterator[RowDifference]:
    """Rows of the edition before that this one has no more: a comment split or joined since."""
    edition = db.session.get_one(MatrixEdition, edition_id)
    before = _before(edition)
    for ref in edition.differences.get("removed", ()):
        row = find_row(before, ref)
        if row is not None:
            yield RowDifference(ref, (), row.cells, None)


def difference_of(edition_id: int, row: FrozenRow) -> RowDifference | None:
    """How one row differs from the edition before; None where it does not."""
    found = list(_compared(edition_id, _portion(edition_id, row.position, 1)))
    return found[0] if found and found[0].ref == row.ref else None


def _portion(edition_id: int, start: int, most: int) -> Sequence[FrozenRow]:
    query: Select[MatrixRow] = (
        select(MatrixRow)
        .where(
            MatrixRow.edition_id == edition_id,
            MatrixRow.position >= start,
            MatrixRow.difference.is_not(None),
        )
        .order_by(MatrixRow.position)
        .limit(most)
    )
    return [frozen_row(row) for row in db.session.scalars(query)]


def _compared(edition_id: int, rows: Sequence[FrozenRow]) -> Iterator[RowDifference]:
    before = _before(db.session.get_one(MatrixEdition, edition_id)) if rows else 0
    query = select(MatrixRow.ref, MatrixRow.cells).where(
        MatrixRow.edition_id == before, MatrixRow.ref.in_([row.ref for row in rows])
    )
    earlier: dict[str, dict[str, Any]] = dict(db.session.execute(query).all())
    for row in rows:
        cells = earlier.get(row.ref)
        columns = changed_columns(cells, row.cells) if cells else ()
        yield RowDifference(row.ref, columns, cells, row.cells)


def _before(edition: MatrixEdition) -> int:
    """The id of the edition that it is compared with; 0 where there is none."""
    query = select(MatrixEdition.id).where(
        MatrixEdition.consultation_id == edition.consultation_id,
        MatrixEdition.number == edition.differences.get("edition", 0),
    )
    return db.session.scalar(query) or 0
