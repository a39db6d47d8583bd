"""Published editions after an erasure: the rows without the words, and the digest they have now.

DOMAIN.md: what is published is never edited. The law on personal data asks for one thing more
(docs/decisions/0027): a row keeps its number, dates, fingerprint and answer, and loses the words
and the name of its author. The database lets nothing else be changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update

from portal.domain.comments import Publication
from portal.domain.editions import RunStatus
from portal.domain.search import words_of
from portal.formats.canonical import canonical_row
from portal.models.base import db
from portal.models.comments import Comment
from portal.models.editions import EditionFile, EditionRestated, EditionRun
from portal.models.matrices import MatrixEdition, MatrixRow
from portal.models.matrix_index import entry_of, index_rows
from portal.models.search import search_words

AT_ONCE = 500
NOTHING: dict[str, Any] = {
    "comment": [],
    "proposed_text": [],
    "grounds": [],
    "submitter": "",
    "on_behalf_of": "",
    "publication": Publication.WITHDRAWN.value,
}


class Restated(NamedTuple):
    """Number and digest of each edition that is another now; the ids of these, and the digests of
    the files that were made of them: they are made anew."""

    told: list[dict[str, Any]]
    ids: list[int]
    files: list[str]


def restate(comments: Sequence[Comment], now: datetime) -> Restated:
    """Take the words of erased comments out of every edition."""
    ids = [each.id for each in comments]
    rows = db.session.scalars(select(MatrixRow).where(MatrixRow.comment_id.in_(ids))).all()
    for row in rows:
        _erase(row, now)
    db.session.flush()
    published = select(MatrixEdition.id, MatrixEdition.number).where(
        MatrixEdition.id.in_({row.edition_id for row in rows})
    )
    found = Restated([], [], [])
    for edition_id, number in db.session.execute(published.order_by(MatrixEdition.number)).all():
        digest = _digest(edition_id)
        db.session.merge(EditionRestated(edition_id=edition_id, digest=digest, at=now))
        found.told.append({"edition": number, "digest": digest})
        found.ids.append(edition_id)
        found.files.extend(_drop_files(edition_id))
    return found


def erased_cells(cells: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """A row's cells without what its author said and who that was."""
    return {**cells, **NOTHING, "erased": at.isoformat()}


def _erase(row: MatrixRow, now: datetime) -> None:
    answer = row.cells["response"]
    row.cells = erased_cells(row.cells, now)
    row.folded = " ".join(words_of("\n".join((row.ref, answer["ar"], answer["en"]))))
    entry = search_words.c.rowid == entry_of(row.edition_id, row.position)
    db.session.execute(delete(search_words).where(entry))
    shown = {column.key: getattr(row, column.key) for column in MatrixRow.__table__.columns}
    index_rows(db.session.connection(), row.edition_id, [shown])


def _digest(edition_id: int) -> str:
    """SHA-256 of the rows as JSON in their one form, as an edition is published with."""
    query = select(MatrixRow.cells).where(MatrixRow.edition_id == edition_id)
    ordered = query.order_by(MatrixRow.position).execution_options(yield_per=AT_ONCE)
    hashed = hashlib.sha256(b"[")
    for piece in _joined(db.session.scalars(ordered)):
        hashed.update(piece)
    hashed.update(b"]")
    return hashed.hexdigest()


def _joined(rows: Iterable[dict[str, Any]]) -> Iterable[bytes]:
    for at, cells in enumerate(rows):
        yield (b"," if at else b"") + canonical_row(cells)


def _drop_files(edition_id: int) -> list[str]:
    gone = delete(EditionFile).where(EditionFile.edition_id == edition_id)
    found = list(db.session.scalars(gone.returning(EditionFile.sha256)))
    db.session.execute(
        update(EditionRun)
        .where(EditionRun.id == edition_id, EditionRun.status == RunStatus.DONE)
        .values(status=RunStatus.FILING, done=0, total=0),
        execution_options={"synchronize_session": False},
    )
    return found
