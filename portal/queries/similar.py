"""Earlier answers to comments like these: so that a drafter does not contradict the team."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from portal.domain.bilingual import Bilingual
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.similar import Likeness
from portal.domain.text import fold, squeeze
from portal.models import Comment, CommentGroupMember, Response, ResponseComment, db

MOST = 5
CANDIDATES = 500
# They follow from a fact, not from a judgement: they contradict nothing.
OF_FACT = (Disposition.DUPLICATE, Disposition.WITHDRAWN)
Member = CommentGroupMember


@dataclass(frozen=True, slots=True)
class Similar:
    """A response to a comment that is like one of these."""

    id: int
    likeness: Likeness
    number: int
    disposition: Disposition
    status: ResponseStatus
    reason: Bilingual


def similar_answers(
    consultation_id: int, comment_ids: Iterable[int], own: int | None
) -> tuple[Similar, ...]:
    """Responses other than `own` to comments of the same text, of the same group, or that propose
    the same for the same provision; five at most, the likest first. Three queries."""
    ids = tuple(comment_ids)
    if not ids:
        return ()
    found: dict[int, Similar] = {}
    for likeness, query in (
        (Likeness.SAME_TEXT, _same_text(consultation_id, ids)),
        (Likeness.SAME_GROUP, _same_group(ids)),
    ):
        for response, number in db.session.execute(_other(query, own).limit(CANDIDATES)):
            found.setdefault(response.id, _similar(response, likeness, number))
    for response, number in _same_proposal(consultation_id, ids, own):
        found.setdefault(response.id, _similar(response, Likeness.SAME_PROPOSAL, number))
    return tuple(found.values())[:MOST]


def _similar(response: Response, likeness: Likeness, number: int) -> Similar:
    reason = Bilingual(response.reason_ar, response.reason_en)
    return Similar(response.id, likeness, number, response.disposition, response.status, reason)


def _answered() -> Select[Response, int]:
    """Responses with the first comment that brings each here."""
    return (
        select(Response, func.min(Comment.number))
        .join(ResponseComment, ResponseComment.response_id == Response.id)
        .join(Comment, ResponseComment.comment_id == Comment.id)
        .where(Response.disposition.not_in(OF_FACT))
        .group_by(Response.id)
        .order_by(Response.id.desc())
    )


def _other(query: Select[Response, int], own: int | None) -> Select[Response, int]:
    return query if own is None else query.where(Response.id != own)


def _same_text(consultation_id: int, ids: tuple[int, ...]) -> Select[Response, int]:
    keys = select(Comment.text_key).where(Comment.id.in_(ids))
    here = Comment.consultation_id == consultation_id
    return _answered().where(here, Comment.text_key.in_(keys), Comment.id.not_in(ids))


def _same_group(ids: tuple[int, ...]) -> Select[Response, int]:
    groups = select(Member.group_id).where(Member.comment_id.in_(ids), Member.left_at.is_(None))
    inside = and_(Member.comment_id == Comment.id, Member.left_at.is_(None))
    query = _answered().join(Member, inside)
    return query.where(Member.group_id.in_(groups), Comment.id.not_in(ids))


def _same_proposal(
    consultation_id: int, ids: tuple[int, ...], own: int | None
) -> list[tuple[Response, int]]:
    one = aliased(Comment)
    query = (
        select(Response, Comment.number, Comment.proposed, one.proposed)
        .join(ResponseComment, ResponseComment.response_id == Response.id)
        .join(Comment, ResponseComment.comment_id == Comment.id)
        .join(one, and_(one.version_id == Comment.version_id, one.eid == Comment.eid))
        .where(
            Comment.consultation_id == consultation_id,
            one.id.in_(ids),
            Comment.id.not_in(ids),
            Comment.proposed != "",
            one.proposed != "",
            Response.disposition.not_in(OF_FACT),
        )
        .order_by(Response.id.desc(), Comment.number)
        .limit(CANDIDATES)
    )
    if own is not None:
        query = query.where(Response.id != own)
    return [
        (response, number)
        for response, number, theirs, ours in db.session.execute(query)
        if fold(squeeze(theirs)) == fold(squeeze(ours))
    ]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A response that decides otherwise on a comment of the same group."""

    id: int
    number: int
    disposition: Disposition


def contradictions(
    groups: Iterable[int], disposition: Disposition, own: int | None
) -> tuple[Contradiction, ...]:
    """Other decisions on members of these groups of near copies; one for each. One query."""
    wanted = tuple(groups)
    if not wanted or disposition in OF_FACT:
        return ()
    inside = and_(Member.comment_id == Comment.id, Member.left_at.is_(None))
    query = (
        select(func.max(Response.id), func.min(Comment.number), Response.disposition)
        .join(ResponseComment, ResponseComment.response_id == Response.id)
        .join(Comment, ResponseComment.comment_id == Comment.id)
        .join(Member, inside)
        .where(
            Member.group_id.in_(wanted),
            Response.disposition.not_in((*OF_FACT, disposition)),
        )
        .group_by(Response.disposition)
        .order_by(func.max(Response.id))
    )
    if own is not None:
        query = query.where(Response.id != own)
    return tuple(Contradiction(*row) for row in db.session.execute(query))


def groups_of(comment_ids: Iterable[int]) -> tuple[int, ...]:
    """The groups that these comments are in."""
    query = select(Member.group_id).where(
        Member.comment_id.in_(tuple(comment_ids)), Member.left_at.is_(None)
    )
    return tuple(db.session.scalars(query.distinct()))
