"""Reads of published editions: they look at the frozen rows and at nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, desc, func, select

from portal.domain.bilingual import Bilingual
from portal.domain.responses import Disposition
from portal.domain.submissions import SenderClass
from portal.domain.text import fold, squeeze
from portal.formats.matrix_files import Edition
from portal.models import Consultation, MatrixEdition, MatrixRow, PublicBody, db

PAGE = 50


@dataclass(frozen=True, slots=True)
class EditionHead:
    """An edition as its page and the lists show it."""

    id: int
    body: Bilingual
    file: Edition
    latest: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrows the rows by; None and empty: everything."""

    article: str = ""
    document: int | None = None
    disposition: Disposition | None = None
    sender_class: SenderClass | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class FrozenRow:
    position: int
    ref: str
    comment_id: int
    cells: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowsPage:
    """One page of rows; `next` and `previous` are positions to begin at, None at an end."""

    rows: tuple[FrozenRow, ...]
    first: bool
    next: int | None


def _heads() -> Select[Any]:
    newest = (
        select(MatrixEdition.number)
        .where(MatrixEdition.consultation_id == Consultation.id)
        .order_by(desc(MatrixEdition.number))
        .limit(1)
        .correlate(Consultation)
        .scalar_subquery()
    )
    return (
        select(MatrixEdition, Consultation, PublicBody, newest)
        .join(Consultation, MatrixEdition.consultation_id == Consultation.id)
        .join(PublicBody, Consultation.body_id == PublicBody.id)
    )


def _head(edition: MatrixEdition, of: Consultation, body: PublicBody, newest: int) -> EditionHead:
    file = Edition(
        slug=of.slug,
        title=Bilingual(of.title_ar, of.title_en),
        number=edition.number,
        reason=edition.reason,
        published_at=edition.published_at,
        counts=edition.counts,
        digest=edition.digest,
    )
    name = Bilingual(body.name_ar, body.name_en)
    return EditionHead(edition.id, name, file, edition.number == newest)


def newest_editions(limit: int = 100) -> tuple[EditionHead, ...]:
    """The newest edition of each consultation, newest first."""
    query = _heads().order_by(desc(MatrixEdition.published_at)).limit(limit)
    heads = (_head(*found) for found in db.session.execute(query))
    return tuple(head for head in heads if head.latest)


def editions(consultation_id: int) -> tuple[EditionHead, ...]:
    """All editions of a consultation, newest first."""
    query = _heads().where(Consultation.id == consultation_id)
    found = db.session.execute(query.order_by(desc(MatrixEdition.number)))
    return tuple(_head(*each) for each in found)


def every_edition() -> list[tuple[str, int, int]]:
    """Of every edition of every consultation: its slug, its id, the number of the edition."""
    query = (
        select(Consultation.slug, Consultation.id, MatrixEdition.number)
        .join(MatrixEdition, MatrixEdition.consultation_id == Consultation.id)
        .order_by(MatrixEdition.id)
    )
    return [(slug, of, number) for slug, of, number in db.session.execute(query)]


def _rows(edition_id: int, filters: Filters) -> Select[Any]:
    query = select(MatrixRow).where(MatrixRow.edition_id == edition_id)
    if filters.document is not None:
        query = query.where(MatrixRow.document_number == filters.document)
    if filters.article:
        query = query.where(MatrixRow.article == filters.article)
    if filters.disposition:
        query = query.where(MatrixRow.disposition == filters.disposition)
    if filters.sender_class:
        query = query.where(MatrixRow.sender_class == filters.sender_class)
    for word in fold(squeeze(filters.words)).split()[:10]:
        query = query.where(MatrixRow.folded.contains(word, autoescape=True))
    return query.order_by(MatrixRow.position)


def _frozen(row: MatrixRow) -> FrozenRow:
    return FrozenRow(row.position, row.ref, row.comment_id, row.cells)


def rows_page(edition_id: int, filters: Filters, *, start: int = 0) -> RowsPage:
    """Fifty rows from position `start` on, narrowed by `filters`."""
    query = _rows(edition_id, filters).where(MatrixRow.position >= start).limit(PAGE + 1)
    found = [_frozen(row) for row in db.session.scalars(query)]
    following = found[PAGE].position if len(found) > PAGE else None
    return RowsPage(tuple(found[:PAGE]), start == 0, following)


def all_rows(edition_id: int) -> Iterator[dict[str, Any]]:
    """Every row's cells in order, read in portions."""
    query = _rows(edition_id, Filters()).execution_options(yield_per=500)
    for row in db.session.scalars(query):
        yield row.cells


def find_row(edition_id: int, ref: str) -> FrozenRow | None:
    """The row with that reference."""
    query = _rows(edition_id, Filters()).where(MatrixRow.ref == ref)
    row = db.session.scalar(query)
    return _frozen(row) if row else None


def articles(edition_id: int) -> tuple[tuple[int | None, str], ...]:
    """`(document number, article)` of what the rows are about, each once, in their order."""
    query = (
        select(MatrixRow.document_number, MatrixRow.article)
        .where(MatrixRow.edition_id == edition_id)
        .group_by(MatrixRow.document_number, MatrixRow.article)
        .order_by(func.min(MatrixRow.position))
    )
    return tuple((document, article) for document, article in db.session.execute(query))


def row_of_comment(edition_id: int, comment_id: int) -> FrozenRow | None:
    """The row of a comment in an edition."""
    query = _rows(edition_id, Filters()).where(MatrixRow.comment_id == comment_id)
    row = db.session.scalar(query)
    return _frozen(row) if row else None
