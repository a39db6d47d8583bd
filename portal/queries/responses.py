"""Reads for answering: comments with their replies, as the rules look at them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from portal.domain.matrices import Place, Reply, Row
from portal.domain.responses import Answer, Answered
from portal.models import (
    Comment,
    DraftVersion,
    Provision,
    Response,
    ResponseChange,
    ResponseComment,
    db,
)
from portal.queries.standing import orphan_ids


def answered_comments(consultation_id: int, numbers: Iterable[int]) -> tuple[Answered, ...]:
    """The comments with these references, as the rules of a response look at them."""
    query = select(Comment).where(
        Comment.consultation_id == consultation_id, Comment.number.in_(tuple(numbers))
    )
    comments = list(db.session.scalars(query.order_by(Comment.number)))
    present, orphans = _newest(consultation_id), orphan_ids(consultation_id)
    return tuple(_answered(comment, present, orphans) for comment in comments)


def _answered(
    comment: Comment, present: dict[int, tuple[int, set[str]]], orphans: frozenset[int]
) -> Answered:
    """Gone is what a comment on the whole of a provision has lost; of one whose words alone are
    no longer there, the provision may still be."""
    newest = present.get(comment.document_id or 0)
    absent = newest is not None and comment.eid is not None and comment.eid not in newest[1]
    return Answered(
        id=comment.id,
        number=comment.number,
        proposes=bool(comment.proposed.strip()),
        publication=comment.publication,
        gone=comment.id in orphans and (absent or not comment.quoted),
    )


def _newest(consultation_id: int) -> dict[int, tuple[int, set[str]]]:
    """For each document: its newest published version, and the ids of the provisions in it."""
    query = (
        select(DraftVersion.document_id, DraftVersion.id, Provision.eid)
        .join(Provision, Provision.version_id == DraftVersion.id)
        .where(
            DraftVersion.published_at.is_not(None),
            DraftVersion.document_id.in_(
                select(Comment.document_id).where(Comment.consultation_id == consultation_id)
            ),
        )
        .order_by(DraftVersion.document_id, DraftVersion.number)
    )
    found: dict[int, tuple[int, set[str]]] = {}
    for document_id, version_id, eid in db.session.execute(query):
        if document_id not in found or found[document_id][0] != version_id:
            found[document_id] = (version_id, set())
        found[document_id][1].add(eid)
    return found


def cited_places(response_id: int) -> tuple[Place, ...]:
    """The places of change that a response cites."""
    query = select(ResponseChange).where(ResponseChange.response_id == response_id)
    found = db.session.scalars(query.order_by(ResponseChange.id))
    return tuple(Place(change.version_id, change.eid) for change in found)


def load_rows(consultation_id: int) -> list[Row]:
    """Every comment received, by number, with its reply where there is one. Six queries."""
    comments = db.session.scalars(
        select(Comment).where(Comment.consultation_id == consultation_id).order_by(Comment.number)
    ).all()
    replies = load_replies(consultation_id)
    links = db.session.execute(
        select(ResponseComment.comment_id, ResponseComment.response_id)
        .join(Comment, ResponseComment.comment_id == Comment.id)
        .where(Comment.consultation_id == consultation_id)
    )
    of_comment = {comment_id: replies[response_id] for comment_id, response_id in links}
    present, orphans = _newest(consultation_id), orphan_ids(consultation_id)
    return [
        Row(_answered(comment, present, orphans), of_comment.get(comment.id))
        for comment in comments
    ]


def load_replies(consultation_id: int) -> dict[int, Reply]:
    """Every response of a consultation by its id, as the check of the matrix looks at it."""
    cites: dict[int, list[Place]] = {}
    for change in db.session.scalars(
        select(ResponseChange)
        .join(Response, ResponseChange.response_id == Response.id)
        .where(Response.consultation_id == consultation_id)
        .order_by(ResponseChange.id)
    ):
        cites.setdefault(change.response_id, []).append(Place(change.version_id, change.eid))
    query = select(Response).where(Response.consultation_id == consultation_id)
    return {
        response.id: _reply(response, tuple(cites.get(response.id, ())))
        for response in db.session.scalars(query)
    }


def _reply(response: Response, cites: tuple[Place, ...]) -> Reply:
    return Reply(
        id=response.id,
        answer=Answer(
            disposition=response.disposition,
            reason=response.reason_ar,
            covered_by=response.covered_by,
            until=response.until,
            body=response.body,
            duplicate_of=response.duplicate_of,
            changes=len(cites),
        ),
        status=response.status,
        cites=cites,
        written_by=response.written_by,
        changed_by=response.changed_by,
        approved_by=response.approved_by,
    )
