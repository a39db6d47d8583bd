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
from portal.models import Comment, Response, ResponseChange, ResponseComment, db
from portal.queries.matching import Trail, follow, trails
from portal.queries.rows import PART, parts_of, with_parts

# As `str.strip` knows it.
WHITE = "".join(char for char in map(chr, range(1, 0x3001)) if char.isspace())
Spot = tuple[int, int, str]  # document, version, provision


def load_rows(consultation_id: int) -> list[Row]:
    """Every comment received, or its parts, by number, with its reply where there is one.

    Seven queries, eight where matches were not kept.
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
    proposing = _proposing(consultation_id, [each[0] for each in found if each[2]])
    return [
        Row(
            Answered(
                comment_id,
                number,
                (comment_id, part) in proposing,
                publication,
                (document, version, eid) in gone,
                part,
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


def _gone(spots: set[Spot]) -> frozenset[Spot]:
    """Of these places, those that nothing in the newest published version comes from."""
    ways = trails({document for document, _version, _eid in spots})
    return frozenset(spot for spot in spots if _is_gone(spot, ways.get(spot[0], [])))


def _is_gone(spot: Spot, way: list[tuple[int, Trail]]) -> bool:
    _document, version_id, eid = spot
    versions = [each for each, _trail in way]
    if version_id not in versions:
        return False
    later = way[versions.index(version_id) + 1 :]
    return not follow([trail for _version, trail in later], eid)


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
                disposition,
                reason,
                covered_by,
                until,
                body,
                None if other is None else RowKey(other, other_part),
                len(cites.get(each, ())),
            ),
            status,
            cites.get(each, ()),
            *people,
        )
        for (
            each,
            disposition,
            reason,
            covered_by,
            until,
            body,
            other,
            other_part,
            status,
            *people,
        ) in db.session.connection().execute(query).all()
    }
