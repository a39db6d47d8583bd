"""What all rows of a matrix have in common while they are frozen: loaded once for an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from portal.domain.errors import DomainError
from portal.domain.matrices import Place
from portal.domain.responses import Disposition, final_answer
from portal.domain.row_refs import RowKey
from portal.models import (
    Comment,
    Consultation,
    Document,
    DraftVersion,
    Response,
    ResponseChange,
    ResponseComment,
    db,
)
from portal.queries.changes import ProvisionChange, load_changes


@dataclass(frozen=True, slots=True)
class Frame:
    """What all rows have in common, loaded once.

    `answers` gives the response of each row, `final` the row whose answer it takes over; a row
    that is in neither is still under study. `groups` are, by key of a text that came more than
    once, the reference of the comment that said it first.
    """

    consultation_id: int
    last: int
    answers: Mapping[RowKey, int]
    final: Mapping[RowKey, RowKey]
    changes: Mapping[Place, ProvisionChange]
    cites: Mapping[int, tuple[Place, ...]]
    documents: Mapping[int, tuple[int, dict[str, str]]]
    versions: Mapping[int, int]
    groups: Mapping[str, str]


def load_frame(consultation_id: int, under_study: frozenset[RowKey] = frozenset()) -> Frame:
    """Nine queries, ten where matches were not kept. `under_study` are rows shown without answer,
    and with them every duplicate of theirs."""
    db.session.flush()  # what follows is read past the session
    answers, final = _answers(consultation_id, under_study)
    last = select(Consultation.next_number - 1).where(Consultation.id == consultation_id)
    documents = select(Document.id, Document.number, Document.title_ar, Document.title_en).where(
        Document.consultation_id == consultation_id
    )
    versions = (
        select(DraftVersion.id, DraftVersion.number)
        .join(Document, DraftVersion.document_id == Document.id)
        .where(Document.consultation_id == consultation_id)
    )
    return Frame(
        consultation_id=consultation_id,
        last=db.session.scalars(last).one(),
        answers=answers,
        final=final,
        changes={change.place: change for change in load_changes(consultation_id)},
        cites=_cites(consultation_id),
        documents={
            each: (number, {"ar": ar, "en": en})
            for each, number, ar, en in db.session.connection().execute(documents)
        },
        versions=dict(db.session.connection().execute(versions).all()),
        groups=_groups(consultation_id),
    )


def _answers(
    consultation_id: int, under_study: frozenset[RowKey]
) -> tuple[dict[RowKey, int], dict[RowKey, RowKey]]:
    query = (
        select(
            ResponseComment.comment_id,
            ResponseComment.part,
            Response.id,
            Response.disposition,
            Response.duplicate_of,
            Response.duplicate_part,
        )
        .join(Response, ResponseComment.response_id == Response.id)
        .where(Response.consultation_id == consultation_id)
    )
    answers: dict[RowKey, int] = {}
    repeats: dict[RowKey, RowKey | None] = {}
    for (
        comment_id,
        part,
        response_id,
        disposition,
        other,
        other_part,
    ) in db.session.connection().execute(query):
        key = RowKey(comment_id, part)
        if key not in under_study:
            answers[key] = response_id
            repeats[key] = None
            if disposition is Disposition.DUPLICATE and other is not None:
                repeats[key] = RowKey(other, other_part)
    final = {key: end for key in repeats if (end := _end(key, repeats)) is not None}
    return answers, final


def _end(key: RowKey, repeats: Mapping[RowKey, RowKey | None]) -> RowKey | None:
    """The row whose answer it takes over; None where that is still under study."""
    try:
        return final_answer(key, repeats)
    except DomainError:
        return None


def _cites(consultation_id: int) -> dict[int, tuple[Place, ...]]:
    query = (
        select(ResponseChange.response_id, ResponseChange.version_id, ResponseChange.eid)
        .join(Response, ResponseChange.response_id == Response.id)
        .where(Response.consultation_id == consultation_id)
        .order_by(ResponseChange.id)
    )
    found: dict[int, tuple[Place, ...]] = {}
    for response_id, version_id, eid in db.session.connection().execute(query):
        found[response_id] = (*found.get(response_id, ()), Place(version_id, eid))
    return found


def _groups(consultation_id: int) -> dict[str, str]:
    query = (
        select(Comment.text_key, func.min(Comment.number))
        .where(Comment.consultation_id == consultation_id)
        .group_by(Comment.text_key)
        .having(func.count() > 1)
    )
    return {key: str(number) for key, number in db.session.connection().execute(query)}
