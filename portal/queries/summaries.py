"""Reads for the summary: its figures from the frozen rows, its versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from portal.domain.bilingual import Bilingual
from portal.domain.responses import Disposition
from portal.domain.summaries import ArticleCount, Cell, Figures, cover, figures_of
from portal.formats.summaries import Asked, Reflected
from portal.models import (
    Comment,
    Consultation,
    MatrixEdition,
    MatrixRow,
    PublicBody,
    Submission,
    Summary,
    User,
    db,
)


def load_figures(edition_id: int) -> Figures:
    """The figures of a published edition. Three queries."""
    counts = db.session.get_one(MatrixEdition, edition_id).counts
    return Figures(
        received=counts["received"],
        distinct_texts=counts["distinct_texts"],
        distinct_senders=counts["distinct_senders"],
        provisions_changed=counts["provisions_changed"],
        dispositions=counts["dispositions"],
        classes=counts["classes"],
        articles=_articles(edition_id),
        spread=cover(_cells(edition_id)),
    )


def _articles(edition_id: int) -> tuple[ArticleCount, ...]:
    """What the comments are about, in the order of the rows."""
    query = (
        select(
            MatrixRow.document_number,
            MatrixRow.article,
            func.count(func.distinct(MatrixRow.comment_id)),
        )
        .where(MatrixRow.edition_id == edition_id)
        .group_by(MatrixRow.document_number, MatrixRow.article)
        .order_by(func.min(MatrixRow.position))
    )
    return tuple(ArticleCount(*found) for found in db.session.execute(query))


def _cells(edition_id: int) -> list[Cell]:
    """A governorate is no column of the matrix: it is read beside the rows, as totals alone."""
    query = (
        select(
            Submission.governorate,
            func.count(func.distinct(MatrixRow.comment_id)),
            func.count(func.distinct(Submission.sender_key)),
        )
        .join(Comment, MatrixRow.comment_id == Comment.id)
        .join(Submission, Comment.submission_id == Submission.id)
        .where(MatrixRow.edition_id == edition_id)
        .group_by(Submission.governorate)
    )
    return [
        Cell(governorate.value if governorate else "", comments, senders)
        for governorate, comments, senders in db.session.execute(query)
    ]


@dataclass(frozen=True, slots=True)
class SummaryView:
    """A version as pages show it; `figures` are kept with a published one alone."""

    id: int
    number: int
    edition_id: int
    edition: int
    asked: Bilingual
    said: Bilingual
    did: Bilingual
    figures: Figures | None
    written_by: str
    written_by_id: int
    written_at: datetime
    published_at: datetime | None
    published_by: str | None


def _select(consultation_id: int) -> Select[Summary, int, str, str]:
    writer, publisher = aliased(User), aliased(User)
    return (
        select(Summary, MatrixEdition.number, writer.name, publisher.name)
        .join(MatrixEdition, Summary.edition_id == MatrixEdition.id)
        .join(writer, Summary.written_by == writer.id)
        .outerjoin(publisher, Summary.published_by == publisher.id)
        .where(Summary.consultation_id == consultation_id)
        .order_by(Summary.number.desc())
    )


def list_summaries(consultation_id: int) -> tuple[SummaryView, ...]:
    """Every version, newest first. One query."""
    return tuple(_view(*found) for found in db.session.execute(_select(consultation_id)))


def _view(found: Summary, edition: int, writer: str, publisher: str | None) -> SummaryView:
    return SummaryView(
        id=found.id,
        number=found.number,
        edition_id=found.edition_id,
        edition=edition,
        asked=Bilingual(found.asked_ar, found.asked_en),
        said=Bilingual(found.said_ar, found.said_en),
        did=Bilingual(found.did_ar, found.did_en),
        figures=figures_of(found.figures) if found.figures else None,
        written_by=writer,
        written_by_id=found.written_by,
        written_at=found.written_at,
        published_at=found.published_at,
        published_by=publisher,
    )


def published_summary(consultation_id: int, number: int | None = None) -> SummaryView | None:
    """A published version by its number, or the newest; None where there is none."""
    query = _select(consultation_id).where(Summary.published_at.is_not(None))
    if number is not None:
        query = query.where(Summary.number == number)
    found = db.session.execute(query.limit(1)).first()
    return _view(*found) if found else None


def writers_since_published(consultation_id: int) -> tuple[int, ...]:
    """Who wrote a version after the last one that was published."""
    last = (
        select(func.coalesce(func.max(Summary.number), 0))
        .where(Summary.consultation_id == consultation_id, Summary.published_at.is_not(None))
        .scalar_subquery()
    )
    query = select(Summary.written_by).where(
        Summary.consultation_id == consultation_id, Summary.number > last
    )
    return tuple(db.session.scalars(query.distinct()))


CHANGING = (Disposition.ACCEPTED, Disposition.ACCEPTED_MODIFIED, Disposition.ACCEPTED_IN_PART)


def load_reflected(edition_id: int) -> tuple[Reflected, ...]:
    """What changed because of comments, as the rows of an edition cite it. One query."""
    query = (
        select(MatrixRow.ref, MatrixRow.cells)
        .where(MatrixRow.edition_id == edition_id, MatrixRow.disposition.in_(CHANGING))
        .order_by(MatrixRow.position)
    )
    found: dict[tuple[int, int, str], list[str]] = {}
    for ref, cells in db.session.execute(query):
        for place in cells["place_of_change"]:
            key = (place["document"], place["version"], place["eid"])
            found.setdefault(key, []).append(ref)
    return tuple(Reflected(*key, refs=tuple(refs)) for key, refs in sorted(found.items()))


def load_asked(consultation_id: int) -> Asked:
    """What the consultation asked, whose it was and when. One query."""
    query = (
        select(Consultation, PublicBody)
        .join(PublicBody, Consultation.body_id == PublicBody.id)
        .where(Consultation.id == consultation_id)
    )
    of, body = db.session.execute(query).one()
    return Asked(
        title=Bilingual(of.title_ar, of.title_en),
        body=Bilingual(body.name_ar, body.name_en),
        purpose=Bilingual(of.purpose_ar, of.purpose_en),
        negotiable=Bilingual(of.negotiable_ar, of.negotiable_en),
        opens_at=of.opens_at,
        closes_at=of.closes_at,
    )
