"""What is answered in different ways before publication: near copies of one text, one theme.

A warning and no gap: there may be a reason, which the approver should know.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, func, select

from portal.domain.bilingual import Bilingual
from portal.domain.responses import Disposition
from portal.models import (
    Comment,
    CommentGroup,
    CommentGroupMember,
    CommentTheme,
    Response,
    ResponseComment,
    Theme,
    db,
)
from portal.queries.similar import OF_FACT

MOST = 100


@dataclass(frozen=True, slots=True)
class Way:
    """One of the decisions: how many rows have it, and a response that gives it."""

    disposition: Disposition
    rows: int
    response_id: int


@dataclass(frozen=True, slots=True)
class Differing:
    """Rows that belong together and are decided in several ways, the commonest first.

    `first` is the number of the comment that founded the group; of a theme `name` is said.
    """

    ways: tuple[Way, ...]
    first: int | None = None
    name: Bilingual | None = None


def differing(consultation_id: int) -> tuple[Differing, ...]:
    """Groups in the order of their numbers, then themes; a hundred of each at most. Two queries.

    Parts of a comment that was split say different things: of groups only whole comments count.
    """
    groups, themes = _groups(consultation_id), _themes(consultation_id)
    return (
        *(Differing(ways, first=first) for (first,), ways in _differing(groups, 1)),
        *(Differing(ways, name=Bilingual(ar, en)) for (_id, ar, en), ways in _differing(themes, 3)),
    )


def _decided(query: Select[*tuple[Any, ...]], consultation_id: int) -> Select[*tuple[Any, ...]]:
    return query.where(
        Response.consultation_id == consultation_id, Response.disposition.not_in(OF_FACT)
    )


def _groups(consultation_id: int) -> Select[*tuple[Any, ...]]:
    founder, member = Comment.number, CommentGroupMember
    query = (
        select(founder, Response.disposition, func.count(), func.min(Response.id))
        .select_from(CommentGroup)
        .join(Comment, Comment.id == CommentGroup.founder_id)
        .join(member, and_(member.group_id == CommentGroup.id, member.left_at.is_(None)))
        .join(
            ResponseComment,
            and_(ResponseComment.comment_id == member.comment_id, ResponseComment.part == 0),
        )
        .join(Response, Response.id == ResponseComment.response_id)
        .where(CommentGroup.consultation_id == consultation_id, CommentGroup.size > 1)
        .group_by(founder, Response.disposition)
        .order_by(founder)
    )
    return _decided(query, consultation_id)


def _themes(consultation_id: int) -> Select[*tuple[Any, ...]]:
    answered = and_(
        ResponseComment.comment_id == CommentTheme.comment_id,
        ResponseComment.part == CommentTheme.part,
    )
    names = (Theme.id, Theme.name_ar, Theme.name_en)
    query = (
        select(*names, Response.disposition, func.count(), func.min(Response.id))
        .join(CommentTheme, CommentTheme.theme_id == Theme.id)
        .join(ResponseComment, answered)
        .join(Response, Response.id == ResponseComment.response_id)
        .where(Theme.consultation_id == consultation_id)
        .group_by(*names, Response.disposition)
        .order_by(Theme.id)
    )
    return _decided(query, consultation_id)


def _differing(
    query: Select[*tuple[Any, ...]], named: int
) -> list[tuple[tuple[Any, ...], tuple[Way, ...]]]:
    """What is decided in more than one way, by the first `named` columns."""
    rows = db.session.execute(query)
    together = groupby(rows, key=lambda row: tuple(row[:named]))
    found = ((key, _ways(row[named:] for row in same)) for key, same in together)
    return [(key, ways) for key, ways in found if len(ways) > 1][:MOST]


def _ways(rows: Iterable[Sequence[Any]]) -> tuple[Way, ...]:
    ways = (Way(Disposition(code), rows, response) for code, rows, response in rows)
    return tuple(sorted(ways, key=lambda way: -way.rows))
