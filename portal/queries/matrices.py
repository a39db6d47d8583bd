"""Reads of published editions: they look at the frozen rows and at nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Select, desc, func, select

from portal.domain.bilingual import Bilingual
from portal.domain.errors import DomainError
from portal.domain.responses import Disposition
from portal.domain.search import WORDS_LIMIT, Term, parse, words_of
from portal.domain.submissions import SenderClass
from portal.formats.matrix_files import Edition
from portal.formats.matrix_files.edition import unchanged
from portal.models import (
    Consultation,
    EditionRestated,
    MatrixEdition,
    MatrixRow,
    PublicBody,
    db,
)
from portal.models.matrix_index import code_terms, edition_range, position_of
from portal.models.search import Wanted, found
from portal.queries.differences import differences
from portal.queries.frozen_rows import FrozenRow, frozen_row, rows_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class EditionHead:
    """An edition as its page and the lists show it.

    `differences`: the number of the edition before (`edition`), how many rows were `added` and
    `changed`, which references were `removed`; empty for a first one.
    """

    id: int
    body: Bilingual
    file: Edition
    latest: bool
    differences: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrows the rows by; None and empty: everything."""

    article: str = ""
    document: int | None = None
    disposition: Disposition | None = None
    sender_class: SenderClass | None = None
    words: str = ""
    under_study: bool = False


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
        select(MatrixEdition, Consultation, PublicBody, newest, EditionRestated.digest)
        .join(Consultation, MatrixEdition.consultation_id == Consultation.id)
        .join(PublicBody, Consultation.body_id == PublicBody.id)
        .outerjoin(EditionRestated, EditionRestated.edition_id == MatrixEdition.id)
    )


def _head(
    edition: MatrixEdition, of: Consultation, body: PublicBody, newest: int, restated: str | None
) -> EditionHead:
    name = Bilingual(body.name_ar, body.name_en)
    file = Edition(
        slug=of.slug,
        title=Bilingual(of.title_ar, of.title_en),
        number=edition.number,
        reason=edition.reason,
        published_at=edition.published_at,
        counts=edition.counts,
        digest=restated or edition.digest,
        interim=edition.interim,
        corrects=edition.corrects,
        body=name,
        changes=partial(differences, edition.id) if edition.corrects else unchanged,
    )
    latest = edition.number == newest
    return EditionHead(edition.id, name, file, latest, edition.differences)


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


def head_of(edition_id: int) -> EditionHead:
    """One edition by its id."""
    return _head(*db.session.execute(_heads().where(MatrixEdition.id == edition_id)).one())


def every_edition() -> list[tuple[str, int, int]]:
    """Of every edition of every consultation: its slug, its id, the number of the edition."""
    query = (
        select(Consultation.slug, Consultation.id, MatrixEdition.number)
        .join(MatrixEdition, MatrixEdition.consultation_id == Consultation.id)
        .order_by(MatrixEdition.id)
    )
    return [(slug, of, number) for slug, of, number in db.session.execute(query)]


def rows_page(edition_id: int, filters: Filters, *, start: int = 0) -> RowsPage:
    """Fifty rows from position `start` on, narrowed by `filters`. Two queries.

    The first finds the rows in an index alone (of search, where words are asked for), so that a
    page costs the same however many rows there are.
    """
    words = terms_of(filters.words)
    places = (
        _with_words(edition_id, words, filters, start)
        if words
        else _narrowed(edition_id, filters, start)
    )
    following = places[PAGE] if len(places) > PAGE else None
    query = rows_of(edition_id).where(MatrixRow.position.in_(places[:PAGE]))
    rows = tuple(frozen_row(row) for row in db.session.scalars(query))
    return RowsPage(rows, start == 0, following)


def _with_words(
    edition_id: int, words: tuple[Term, ...], filters: Filters, start: int
) -> list[int]:
    codes: dict[str, object] = {}
    if filters.document is not None:
        codes["document"] = filters.document
    if filters.article:
        codes["article"] = filters.article
    if filters.disposition or filters.under_study:
        codes["disposition"] = filters.disposition
    if filters.sender_class:
        codes["sender"] = filters.sender_class
    wanted = Wanted((*words, *code_terms(**codes)))
    entries = select(found(wanted, edition_range(edition_id, start), PAGE + 1).c.entry)
    return sorted(position_of(edition_id, entry) for entry in db.session.scalars(entries))


def _narrowed(edition_id: int, filters: Filters, start: int) -> list[int]:
    query = select(MatrixRow.position).where(
        MatrixRow.edition_id == edition_id, MatrixRow.position >= start
    )
    if filters.document is not None:
        query = query.where(MatrixRow.document_number == filters.document)
    if filters.article:
        query = query.where(MatrixRow.article == filters.article)
    if filters.disposition or filters.under_study:
        query = query.where(MatrixRow.disposition == filters.disposition)
    if filters.sender_class:
        query = query.where(MatrixRow.sender_class == filters.sender_class)
    return list(db.session.scalars(query.order_by(MatrixRow.position).limit(PAGE + 1)))


def terms_of(typed: str) -> tuple[Term, ...]:
    """What is looked for; of too many words the first ones, of none nothing."""
    try:
        return parse(typed)
    except DomainError:
        return tuple(Term((word,)) for word in words_of(typed)[:WORDS_LIMIT])


def all_rows(edition_id: int) -> Iterator[dict[str, Any]]:
    """Every row's cells in order, read in portions."""
    query = select(MatrixRow.cells).where(MatrixRow.edition_id == edition_id)
    ordered = query.order_by(MatrixRow.position).execution_options(yield_per=500)
    yield from db.session.scalars(ordered)


def articles(edition_id: int) -> tuple[tuple[int | None, str], ...]:
    """`(document number, article)` of what the rows are about, each once, in their order."""
    kept = db.session.get_one(MatrixEdition, edition_id).places
    if kept:
        return tuple((document, article) for document, article in kept)
    query = (
        select(MatrixRow.document_number, MatrixRow.article)
        .where(MatrixRow.edition_id == edition_id)
        .group_by(MatrixRow.document_number, MatrixRow.article)
        .order_by(func.min(MatrixRow.position))
    )
    return tuple((document, article) for document, article in db.session.execute(query))
