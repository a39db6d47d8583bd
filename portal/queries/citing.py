"""From a change to the comments that caused it: read from the published matrix."""

from __future__ import annotations

from sqlalchemy import select

from portal.domain.responses import Disposition
from portal.models import MatrixEdition, MatrixRow, db
from portal.queries.frozen_rows import FrozenRow

CHANGING = (
    Disposition.ACCEPTED,
    Disposition.ACCEPTED_MODIFIED,
    Disposition.ACCEPTED_IN_PART,
    Disposition.DUPLICATE,
)


def citing_rows(
    consultation_id: int, document: int, version: int
) -> dict[str, list[tuple[int, FrozenRow]]]:
    """By provision: `(edition, row)` of the newest edition that cites a change in that version."""
    newest = (
        select(MatrixEdition.id, MatrixEdition.number)
        .where(MatrixEdition.consultation_id == consultation_id)
        .order_by(MatrixEdition.number.desc())
        .limit(1)
    )
    edition = db.session.execute(newest).first()
    found: dict[str, list[tuple[int, FrozenRow]]] = {}
    if edition is None:
        return found
    query = (
        select(MatrixRow)
        .where(MatrixRow.edition_id == edition.id, MatrixRow.disposition.in_(CHANGING))
        .order_by(MatrixRow.position)
    )
    for row in db.session.scalars(query):
        frozen = FrozenRow(row.position, row.ref, row.comment_id, row.cells)
        for place in row.cells["place_of_change"]:
            if (place["document"], place["version"]) == (document, version):
                found.setdefault(place["eid"], []).append((edition.number, frozen))
    return found
