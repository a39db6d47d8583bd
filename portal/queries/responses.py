"""Reads for answering: comments with their replies, as the rules look at them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from portal.domain.matrices import Place, Reply, Row
from portal.domain.responses import Answer, Answered
from portal.models import Comment, Response, ResponseChange, ResponseComment, db
from portal.queries.matching import Trail, follow, trails


def answered_comments(consultation_id: int, numbers: Iterable[int]) -> tuple[Answered, ...]:
    """The comments with these references, as the rules of a response look at them."""
    query = select(Comment).where(
        Comment.consultation_id == consultation_id, Comment.number.in_(tuple(numbers))
    )
    comments = list(db.session.scalars(query.order_by(Comment.number)))
    ways = _ways(comments)
    return tuple(_answered(comment, ways) for comment in comments)


def _answered(comment: Comment, ways: dict[int, list[tuple[int, Trail]]]) -> Answered:
    return Answered(
        id=comment.id,
        number=comment.number,
        proposes=bool(comment.proposed.strip()),
        publication=comment.publication,
        gone=_gone(comment, ways.get(comment.document_id or 0, [])),
    )


def _gone(comment: Comment, way: list[tuple[int, Trail]]) -> bool:
    """True where no provision of the newest published version comes from the one commented on."""
    versions = [version_id for version_id, _trail in way]
    if not comment.eid or comment.version_id not in versions:
        return False
    later = way[versions.index(comment.version_id) + 1 :]
    return not follow([trail for _version, trail in later], comment.eid)


def _ways(comments: Iterable[Comment]) -> dict[int, list[tuple[int, Trail]]]:
    return trails({each.document_id for each in comments if each.document_id and each.eid})


def cited_places(response_id: int) -> tuple[Place, ...]:
    """The places of change that a response cites."""
    query = select(ResponseChange).where(ResponseChange.response_id == response_id)
    found = db.session.scalars(query.order_by(ResponseChange.id))
    return tuple(Place(change.version_id, change.eid) for change in found)


def load_rows(consultation_id: int) -> list[Row]:
    """Every comment received, by number, with its reply where there is one. Five queries, six where
    matches were not kept."""
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
    ways = _ways(comments)
    return [Row(_answered(comment, ways), of_comment.get(comment.id)) for comment in comments]


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
