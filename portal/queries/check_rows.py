"""Every row with its reply, as the check of the matrix looks at it: a hundred thousand in a second.

Columns are read, never mapped objects, and nothing is asked twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import func, select

from portal.domain.comments import Publication
from portal.domain.matrices import Place, Reply, Row
from portal.domain.responses import Answer, Answered
from portal.domain.row_refs import RowKey
from portal.models import Comment, CommentRevision, Response, ResponseChange, ResponseComment, db
from portal.queries.matching import trails
from portal.queries.responses import is_gone
from portal.queries.rows import PART, parts_of, with_parts

# As `str.strip` knows it.
WHITE = "".join(char for char in map(chr, range(1, 0x3001)) if char.isspace())
Spot = tuple[int, int, str]  # document, version, provision


def load_rows(consultation_id: int) -> list[Row]:
    """Every comment received, or its parts, by number, with its reply where there is one.

    Eight queries, nine where matches were not kept.
    """
    db.session.flush()  # what follows is read past the session
    found = _comments(consultation_id)
    replies = load_replies(consultation_id)
    links = (
        db.session.connection()
        .execute(
            select(ResponseComment.comment_id, ResponseComment.part, ResponseComment.response_id)
            .join(Response, ResponseComment.response_id == Response.id)
            .where(Response.consultation_id == consultation_id)
        )
        .all()
    )
    of_row = {(comment, part): replies[response] for comment, part, response in links}
    gone = _gone({each[4:7] for each in found if each[6]})
    changed = _changed(consultation_id)
    proposing = _proposing(consultation_id, [each[0] for each in found if each[2]])
    return [
        Row(
            Answered(
                id=comment_id,
                number=number,
                proposes=(comment_id, part) in proposing,
                publication=publication,
                gone=(document, version, eid) in gone,
                part=part,
                changed=(comment_id, part) in changed,
            ),
            of_row.get((comment_id, part)),
        )
        for comment_id, number, part, publication, document, version, eid in found
    ]


Found = tuple[int, int, int, Publication, int, int, str]


def _comments(consultation_id: int) -> Sequence[Found]:
    query = with_parts(
        select(
            Comment.id,
            Comment.number,
            PART,
            Comment.publication,
            Comment.document_id,
            Comment.version_id,
            Comment.eid,
        )
    )
    query = query.where(Comment.consultation_id == consultation_id)
    found = db.session.connection().execute(query.order_by(Comment.number, PART)).all()
    return cast(Sequence[Found], found)  # a place may be empty, and is then not gone


def _proposing(consultation_id: int, split: Sequence[int]) -> frozenset[tuple[int, int]]:
    """The rows that propose a wording: comments, and of those that were split their parts."""
    query = select(Comment.id).where(
        Comment.consultation_id == consultation_id,
        Comment.proposed != "",
        func.trim(Comment.proposed, WHITE) != "",
    )
    whole = {(comment_id, 0) for comment_id in db.session.scalars(query)}
    parts = parts_of(split) if split else {}
    return frozenset(whole) | {
        key for key, spans in parts.items() if any(span.field == "proposed" for span in spans)
    }


def _changed(consultation_id: int) -> frozenset[tuple[int, int]]:
    """The rows whose author changed the words after they were answered."""
    query = (
        select(ResponseComment.comment_id, ResponseComment.part)
        .join(Comment, Comment.id == ResponseComment.comment_id)
        .where(
            Comment.consultation_id == consultation_id,
            Comment.id.in_(select(CommentRevision.comment_id)),
            ResponseComment.digest != Comment.digest,
        )
    )
    return frozenset((comment_id, part) for comment_id, part in db.session.execute(query))


def _gone(spots: set[Spot]) -> frozenset[Spot]:
    """Of these places, those that nothing in the newest published version comes from."""
    ways = trails({document for document, _version, _eid in spots})
    return frozenset(spot for spot in spots if is_gone(spot[1], spot[2], ways.get(spot[0], [])))


def load_replies(consultation_id: int) -> dict[int, Reply]:
    """Every response of a consultation by its id, as the check of the matrix looks at it."""
    cites: dict[int, tuple[Place, ...]] = {}
    changes = (
        select(ResponseChange.response_id, ResponseChange.version_id, ResponseChange.eid)
        .join(Response, ResponseChange.response_id == Response.id)
        .where(Response.consultation_id == consultation_id)
        .order_by(ResponseChange.id)
    )
    for response_id, version_id, eid in db.session.connection().execute(changes).all():
        cites[response_id] = (*cites.get(response_id, ()), Place(version_id, eid))
    query = select(
        Response.id,
        Response.disposition,
        Response.reason_ar,
        Response.reason_en,
        Response.covered_by,
        Response.until,
        Response.body,
        Response.duplicate_of,
        Response.duplicate_part,
        Response.status,
        Response.written_by,
        Response.changed_by,
        Response.approved_by,
    ).where(Response.consultation_id == consultation_id)
    return {
        each: Reply(
            each,
            Answer(
                disposition=disposition,
                reason=reason,
                reason_en=reason_en,
                covered_by=covered_by,
                until=until,
                body=body,
                duplicate_of=None if other is None else RowKey(other, other_part),
                changes=len(cites.get(each, ())),
            ),
            status,
            cites.get(each, ()),
            *people,
        )
        for (
            each,
            disposition,
            reason,
            reason_en,
            covered_by,
            until,
            body,
            other,
            other_part,
            status,
            *people,
        ) in db.session.connection().execute(query).all()
    }
