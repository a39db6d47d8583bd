"""What the rules say of a response as it stands in the database, with all that it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.domain.errors import DomainError
from portal.domain.given_numbers import whole
from portal.domain.places import Place
from portal.domain.reflection import Changes, Citing, cite_errors
from portal.domain.responses import (
    RULES,
    Answer,
    Answered,
    Disposition,
    faults,
    final_answer,
)
from portal.domain.row_refs import RowKey, RowRef
from portal.models import Document, DraftVersion, Provision, Response, ResponseComment, db
from portal.queries.drafts import list_targets
from portal.queries.responses import answer_of, cited_places, repeated_row
from portal.queries.selecting import answered_kinds


def response_faults(response: Response, changes: Changes) -> list[DomainError]:
    """All that keeps a recorded response from being ready, or approved."""
    cites = cited_places(response.id)
    answer = answer_of(response, len(cites))
    kinds = answered_kinds(response.id)
    return answer_faults(response.consultation_id, answer, kinds, cites, changes)


def answer_faults(
    consultation_id: int,
    answer: Answer,
    kinds: tuple[Answered, ...],
    cites: tuple[Place, ...],
    changes: Changes,
) -> list[DomainError]:
    """The same of an answer that is only typed so far, to rows of these kinds."""
    if answer.disposition is Disposition.ALREADY_COVERED and answer.covered_by:
        answer = replace(answer, covers=stands(consultation_id, answer.covered_by))
    citing = Citing(0, RULES[answer.disposition].change, cites)
    return faults(answer, kinds) + cite_errors(citing, changes)


def answered_elsewhere(rows: Mapping[RowRef, RowKey], own: int | None) -> DomainError | None:
    """The first of these rows that another response than `own` answers, as an error."""
    query = select(ResponseComment.comment_id, ResponseComment.part, ResponseComment.response_id)
    query = query.where(ResponseComment.comment_id.in_({key.comment_id for key in rows.values()}))
    links = db.session.execute(query)
    taken = {RowKey(comment, part): by for comment, part, by in links if by != own}
    for ref, key in rows.items():
        if key in taken:
            return DomainError(
                "answered_elsewhere", field="comments", number=str(ref), response=taken[key]
            )
    return None


def coverable(consultation_id: int) -> list[str]:
    """The provisions of the newest versions: `art_4`, or `art_4@2` where documents are several."""
    targets = list_targets(consultation_id)
    several = len({each.document_number for each in targets}) > 1
    return [f"{t.eid}@{t.document_number}" if several else t.eid for t in targets]


def stands(consultation_id: int, named: str) -> bool:
    """Whether a provision, `art_4` or `art_4@2` for document 2, is in a newest version."""
    eid, _at, document = named.strip().partition("@")
    later = aliased(DraftVersion)
    newest = (
        select(func.max(later.number))
        .where(later.document_id == Document.id, later.published_at.is_not(None))
        .correlate(Document)
        .scalar_subquery()
    )
    query = (
        select(Provision.id)
        .join(DraftVersion, Provision.version_id == DraftVersion.id)
        .join(Document, DraftVersion.document_id == Document.id)
        .where(
            Document.consultation_id == consultation_id,
            DraftVersion.number == newest,
            Provision.eid == eid,
        )
    )
    if document:
        number = whole(document)
        if number is None:
            return False
        query = query.where(Document.number == number)
    return db.session.scalar(query.limit(1)) is not None


def check_repeats(response: Response) -> None:
    """Raise `duplicate_circle` where what a response repeats comes back to what it answers.

    That the end of the chain has no response yet is no fault while people still answer. A few
    queries for each step.
    """
    at = repeated_row(response)
    chain: dict[RowKey | int, RowKey | int | None] = {response.id: at}
    while at is not None and at not in chain:
        found = _response_at(at)
        if found is None:
            return
        # All rows of a response go the same way: the response stands for them.
        chain[at] = found.id
        if found.id in chain:
            break
        at = repeated_row(found) if found.disposition is Disposition.DUPLICATE else None
        chain[found.id] = at
    final_answer(response.id, chain)


def _response_at(row: RowKey) -> Response | None:
    query = (
        select(Response)
        .join(ResponseComment, ResponseComment.response_id == Response.id)
        .where(ResponseComment.comment_id == row.comment_id, ResponseComment.part == row.part)
    )
    return db.session.scalar(query)
