"""Writing the rows of an edition portion by portion, before it is published.

Each portion is a transaction that also says how far the run is. It is refused (`Superseded`) when
another worker has taken the run over since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, update

from portal.domain.editions import RunStatus
from portal.models.editions import EditionRun
from portal.models.matrices import MatrixRow
from portal.models.matrix_index import clear_rows, index_rows


class Superseded(Exception):  # noqa: N818 (it says what happened)
    """Another worker holds the run by now: this one writes nothing more."""


def sweep(connection: Connection, run_id: int) -> None:
    """Take away the rows of an edition that was never published."""
    connection.execute(delete(MatrixRow).where(MatrixRow.edition_id == run_id))
    clear_rows(connection, run_id)


def write_portion(
    connection: Connection, run_id: int, rows: Sequence[Mapping[str, object]]
) -> None:
    """Add rows to an unpublished edition, and to the index of search."""
    if rows:
        connection.execute(insert(MatrixRow), [dict(row) for row in rows])
        index_rows(connection, run_id, rows)


def advance(connection: Connection, run_id: int, attempt: int, now: datetime, done: int) -> None:
    """Say how far a run is. Raises `Superseded`."""
    held = update(EditionRun).where(
        EditionRun.id == run_id,
        EditionRun.attempts == attempt,
        EditionRun.status == RunStatus.FREEZING,
    )
    if connection.execute(held.values(done=done, changed_at=now)).rowcount != 1:
        raise Superseded
