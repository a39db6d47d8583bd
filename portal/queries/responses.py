"""Reads for answering: comments with their replies, as the rules look at them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from portal.domain.comment_parts import PartSpan
from portal.domain.matrices import Place, Reply, Row
from portal.domain.responses import Answer, Answered
from portal.domain.row_refs import RowKey
from portal.models import Comment, Response, ResponseChange, ResponseComment, db
from portal.queries.matching import Trail, follow, trails
from portal.queries.rows import PART, parts_of, with_parts

Ways = dict[int, list[tuple[int, Trail]]]


def _answered(
    comment: Comment,
    key: RowKey,
    parts: Mapping[RowKey, tuple[PartSpan, ...]],
    ways: Ways,
    changed: bool,
) -> Answered:
    return Answered(
        id=comment.id,
        number=comment.number,
        proposes=_proposes(comment, parts.get(key)),
        publication=comment.publication,
        part=key.part,
        gone=is_gone(comment.version_id, comment.eid, ways.get(comment.document_id or 0, [])),
        changed=changed,
    )


def _proposes(comment: Comment, part: tuple[PartSpan, ...] | None) -> bool:
    if part is not None:
        return any(span.field == "proposed" for span in part)
    return bool(comment.proposed.strip())


def is_gone(version_id: int | None, eid: str | None, way: list[tuple[int, Trail]]) -> bool:
    """True where no provision of the newest published version comes from the one commented on."""
    versions = [version for version, _trail in way]
    if not eid or version_id not in versions:
        return False
    later = way[versions.index(version_id) + 1 :]
    return not follow([trail for _version, trail in later], eid)


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
        select(
            ResponseComment.comment_id,
            ResponseComment.part,
            ResponseComment.response_id,
            ResponseComment.digest != Comment.digest,
        )
        .join(Comment, ResponseComment.comment_id == Comment.id)
        .where(Comment.consultation_id == consultation_id)
    )
    of_row, changed = {}, set()
    for comment_id, part, response_id, differs in links:
        of_row[RowKey(comment_id, part)] = replies[response_id]
        if differs:
            changed.add(RowKey(comment_id, part))
    ways = trails({each.document_id for each, _part in found if each.document_id and each.eid})
    parts = parts_of(comment.id for comment, part in found if part)
    return [
        Row(_answered(comment, key, parts, ways, key in changed), of_row.get(key))
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


def answer_of(response: Response, changes: int) -> Answer:
    """A response as the rules look at it; `changes` counts what it cites."""
    return Answer(
        disposition=response.disposition,
        reason=response.reason_ar,
        reason_en=response.reason_en,
        covered_by=response.covered_by,
        until=response.until,
        body=response.body,
        duplicate_of=repeated_row(response),
        changes=changes,
    )


def _reply(response: Response, cites: tuple[Place, ...]) -> Reply:
    return Reply(
        id=response.id,
        answer=answer_of(response, len(cites)),
        status=response.status,
        cites=cites,
        written_by=response.written_by,
        changed_by=response.changed_by,
        approved_by=response.approved_by,
    )
