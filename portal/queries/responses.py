"""Reads for answering: comments with their replies, as the rules look at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from portal.domain.comment_parts import PartSpan
from portal.domain.matrices import Place, Reply, Row
from portal.domain.responses import Answer, Answered
from portal.domain.row_refs import RowKey, RowRef
from portal.models import Comment, Response, ResponseChange, ResponseComment, db
from portal.queries.matching import Trail, follow, trails
from portal.queries.rows import PART, find_rows, parts_of, with_parts


def answered_comments(consultation_id: int, refs: Iterable[RowRef]) -> tuple[Answered, ...]:
    """The rows with these references, as the rules of a response look at them."""
    keys = find_rows(consultation_id, refs).values()
    query = select(Comment).where(Comment.id.in_({key.comment_id for key in keys}))
    comments = {comment.id: comment for comment in db.session.scalars(query)}
    ways = _ways(comments.values())
    parts = parts_of(key.comment_id for key in keys if key.part)
    return tuple(_answered(comments[key.comment_id], key, parts, ways) for key in keys)


def _answered(
    comment: Comment,
    key: RowKey,
    parts: Mapping[RowKey, tuple[PartSpan, ...]],
    ways: dict[int, list[tuple[int, Trail]]],
) -> Answered:
    return Answered(
        id=comment.id,
        number=comment.number,
        proposes=_proposes(comment, parts.get(key)),
        publication=comment.publication,
        part=key.part,
        gone=_gone(comment, ways.get(comment.document_id or 0, [])),
    )


def _proposes(comment: Comment, part: tuple[PartSpan, ...] | None) -> bool:
    if part is not None:
        return any(span.field == "proposed" for span in part)
    return bool(comment.proposed.strip())


def _gone(comment: Comment, way: list[tuple[int, Trail]]) -> bool:
    """True where no provision of the newest published version comes from the one commented on."""
    versions = [version_id for version_id, _trail in way]
    if not comment.eid or comment.version_id not in versions:
        return False
    later = way[versions.index(comment.version_id) + 1 :]
    return not follow([trail for _version, trail in later], comment.eid)


def _ways(comments: Iterable[Comment]) -> dict[int, list[tuple[int, Trail]]]:
    return trails({each.document_id for each in comments if each.document_id and each.eid})


def repeated_row(response: Response) -> RowKey | None:
    """The row whose response a duplicate takes over."""
    if response.duplicate_of is None:
        return None
    return RowKey(response.duplicate_of, response.duplicate_part)


def cited_places(response_id: int) -> tuple[Place, ...]:
    """The places of change that a response cites."""
    query = select(ResponseChange).where(ResponseChange.response_id == response_id)
    found = db.session.scalars(query.order_by(ResponseChange.id))
    return tuple(Place(change.version_id, change.eid) for change in found)


def load_rows(consultation_id: int) -> list[Row]:
    """Every comment received, or its parts, by number, with its reply where there is one.

    Six queries, seven where matches were not kept.
    """
    query = with_parts(select(Comment, PART)).where(Comment.consultation_id == consultation_id)
    found = db.session.execute(query.order_by(Comment.number, PART)).all()
    replies = load_replies(consultation_id)
    links = db.session.execute(
        select(ResponseComment.comment_id, ResponseComment.part, ResponseComment.response_id)
        .join(Comment, ResponseComment.comment_id == Comment.id)
        .where(Comment.consultation_id == consultation_id)
    )
    of_row = {RowKey(comment, part): replies[response] for comment, part, response in links}
    ways = _ways(comment for comment, _part in found)
    parts = parts_of(comment.id for comment, part in found if part)
    return [
        Row(_answered(comment, key, parts, ways), of_row.get(key))
        for comment, key in ((comment, RowKey(comment.id, part)) for comment, part in found)
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
            duplicate_of=repeated_row(response),
            changes=len(cites),
        ),
        status=response.status,
        cites=cites,
        written_by=response.written_by,
        changed_by=response.changed_by,
        approved_by=response.approved_by,
    )
