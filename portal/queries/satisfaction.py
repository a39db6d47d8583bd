"""What authors said of the answers: beside the rows of a matrix, and what moderators look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from portal.domain.bilingual import Bilingual
from portal.domain.errors import DomainError
from portal.domain.row_refs import RowRef, parse_ref
from portal.domain.satisfaction import SentenceStatus
from portal.models import Comment, Consultation, Satisfaction, db
from portal.queries.frozen_rows import FrozenRow
from portal.queries.queue import Reach

MOST = 100


@dataclass(frozen=True, slots=True)
class Said:
    """An author's word on a row, as everybody reads it; the sentence only where it is published."""

    satisfied: bool
    sentence: str
    edition: int
    at: datetime


class Sum(NamedTuple):
    satisfied: int
    unsatisfied: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sentence that waits for a moderator."""

    slug: str
    title: Bilingual
    ref: RowRef
    edition: int
    satisfied: bool
    sentence: str
    at: datetime


def said_on(rows: Iterable[FrozenRow]) -> dict[str, Said]:
    """By reference: what was said of these rows."""
    refs = {(row.comment_id, parse_ref(row.ref).part): row.ref for row in rows}
    query = select(Satisfaction).where(
        Satisfaction.comment_id.in_({comment_id for comment_id, _part in refs})
    )
    return {
        refs[said.comment_id, said.part]: public(said)
        for said in db.session.scalars(query)
        if (said.comment_id, said.part) in refs
    }


def public(said: Satisfaction) -> Said:
    """What everybody may read of it."""
    sentence = said.sentence if said.status is SentenceStatus.PUBLISHED else ""
    return Said(said.satisfied, sentence, said.edition_number, said.given_at)


def sum_of(consultation_id: int) -> Sum:
    """How many authors said that they are satisfied with an answer, and how many are not."""
    query = (
        select(Satisfaction.satisfied, func.count())
        .where(Satisfaction.consultation_id == consultation_id)
        .group_by(Satisfaction.satisfied)
    )
    counted = dict(db.session.execute(query).all())
    return Sum(counted.get(True, 0), counted.get(False, 0))


def waiting_sentences(reach: Reach) -> tuple[Waiting, ...]:
    """The sentences that wait for a moderator of that reach, oldest first."""
    query = (
        _within(select(Satisfaction, Comment.number, Consultation), reach)
        .join(Comment, Comment.id == Satisfaction.comment_id)
        .order_by(Satisfaction.given_at, Satisfaction.comment_id)
        .limit(MOST)
    )
    return tuple(
        Waiting(
            slug=of.slug,
            title=Bilingual(of.title_ar, of.title_en),
            ref=RowRef(number, said.part),
            edition=said.edition_number,
            satisfied=said.satisfied,
            sentence=said.sentence,
            at=said.given_at,
        )
        for said, number, of in db.session.execute(query)
    )


def count_sentences(reach: Reach) -> int:
    """How many wait for a moderator of that reach."""
    return db.session.scalars(_within(select(func.count(Satisfaction.comment_id)), reach)).one()


def _within(query: Select[*tuple[Any, ...]], reach: Reach) -> Select[*tuple[Any, ...]]:
    query = query.join(Consultation, Consultation.id == Satisfaction.consultation_id).where(
        Satisfaction.status == SentenceStatus.PENDING
    )
    if reach.body_ids is None:
        return query
    return query.where(Consultation.body_id.in_(reach.body_ids))


def find_said(consultation_id: int, ref: RowRef) -> Satisfaction:
    """The mapped word on a row, for services. Raises `not_found` (404)."""
    query = (
        select(Satisfaction)
        .join(Comment, Comment.id == Satisfaction.comment_id)
        .where(
            Comment.consultation_id == consultation_id,
            Comment.number == ref.number,
            Satisfaction.part == ref.part,
        )
    )
    found = db.session.scalar(query)
    if found is None:
        raise DomainError("not_found", status=404)
    return found
