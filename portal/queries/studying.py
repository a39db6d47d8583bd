"""The list of what is to be answered: a page of rows at a time, near copies folded into one.

Near copies are one where they stand at one place of the text (and, by theme or by class, there).
A row is a comment or, where it was split, each of its parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select

from portal.domain.comments import CommentType, Publication
from portal.domain.responses import ResponseStatus
from portal.domain.row_refs import RowKey, RowRef
from portal.domain.studying import Assigned, Order, Shown
from portal.domain.submissions import Channel, SenderClass
from portal.models import (
    Assignment,
    Comment,
    CommentGroup,
    CommentGroupMember,
    CommentTheme,
    Provision,
    Response,
    ResponseComment,
    Submission,
    db,
)
from portal.queries.rows import ANSWERS, PART, with_parts

Member = CommentGroupMember
PAGE = 50
MOST_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to and how it is ordered.

    `user_id` and `today` are who asks and the day in Amman; `article` is one of that document;
    `themed` False: without any theme; `apart`: near copies each on a row of its own.
    """

    user_id: int | None
    today: date
    shown: Shown | None = None
    document_id: int | None = None
    article: str = ""
    theme_id: int | None = None
    themed: bool = True
    sender_class: SenderClass | None = None
    channel: Channel | None = None
    type: CommentType | None = None
    publication: Publication | None = None
    assigned: Assigned | None = None
    proposes: bool = False
    group_id: int | None = None
    apart: bool = False
    order: Order = Order.ARTICLE


@dataclass(frozen=True, slots=True)
class Unit:
    """A row before it is loaded; `copies`: so many it stands for, itself among them."""

    key: RowKey
    copies: int
    group_id: int | None


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """Fifty rows at most of `total`; `number` counts pages from 1."""

    units: tuple[Unit, ...]
    total: int
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // PAGE))


def units_page(consultation_id: int, wanted: Wanted, *, number: int = 1) -> UnitsPage:
    """The rows of one page, in order. One query, of narrow columns alone."""
    every = _units(consultation_id, wanted).subquery()
    keys = [each for each in every.c if each.name.startswith("key")]
    first = func.min(every.c.comment_id)  # the first that came stands for its copies
    part = func.min(every.c.part)
    query = (
        select(
            first,
            part,
            func.min(every.c.group_id),
            func.count(),
            func.count().over(),  # of the rows that are left, before the page is cut
        )
        .group_by(*keys, every.c.fold, every.c.apart)
        .order_by(*keys, func.min(every.c.number), part)
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    )
    rows = db.session.execute(query).all()
    units = tuple(
        Unit(RowKey(comment_id, part), copies, group_id if copies > 1 else None)
        for comment_id, part, group_id, copies, _total in rows
    )
    return UnitsPage(units, rows[0][4] if rows else 0, number)


def found_rows(consultation_id: int, wanted: Wanted) -> dict[RowKey, RowRef]:
    """Every row that is wanted, copies too: for what is done to all of them at once."""
    every = _units(consultation_id, wanted).subquery()
    query = select(every.c.comment_id, every.c.part, every.c.number).order_by(
        every.c.number, every.c.part
    )
    return {
        RowKey(comment_id, part): RowRef(number, part)
        for comment_id, part, number in db.session.execute(query.limit(MOST_AT_ONCE))
    }


def _units(consultation_id: int, wanted: Wanted) -> Select[Any]:
    """Every row that is wanted, with what the list is ordered and folded by."""
    fold, apart = _folding(wanted)
    keys = _keys(wanted.order)
    columns = (
        Comment.id.label("comment_id"),
        Comment.number.label("number"),
        PART.label("part"),
        CommentGroup.id.label("group_id"),
        fold.label("fold"),
        apart.label("apart"),
        *[key.label(f"key{at}") for at, key in enumerate(keys)],
    )
    grouped = and_(CommentGroup.id == Member.group_id, CommentGroup.size > 1)
    query = (
        with_parts(select(*columns).select_from(Comment))
        .outerjoin(ResponseComment, ANSWERS)
        .outerjoin(Member, and_(Member.comment_id == Comment.id, Member.left_at.is_(None)))
        .outerjoin(CommentGroup, grouped)
        .where(Comment.consultation_id == consultation_id, *_conditions(wanted))
    )
    # Of 5,000 comments every join costs: only what is asked for is joined.
    if wanted.sender_class or wanted.channel or wanted.order is Order.SENDER:
        query = query.join(Submission, Submission.id == Comment.submission_id)
    if wanted.shown not in (None, Shown.UNANSWERED):
        query = query.join(Response, Response.id == ResponseComment.response_id)
    if keys:
        there = and_(Provision.version_id == Comment.version_id, Provision.eid == Comment.eid)
        query = query.outerjoin(Provision, there)
    return query


def _folding(wanted: Wanted) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Rows at one place that agree in both are one: those of a group with the same answer."""
    if wanted.apart or wanted.group_id:
        return Comment.id.expression, PART
    alone = or_(CommentGroup.id.is_(None), PART > 0)
    fold = case((alone, Comment.id), else_=-CommentGroup.id)
    return fold, case((alone, PART), else_=func.coalesce(ResponseComment.response_id, 0))


def _keys(order: Order) -> list[ColumnElement[Any]]:
    """What rows are ordered by before their number."""
    text: list[ColumnElement[Any]] = [
        func.coalesce(Comment.document_id, 0),
        func.coalesce(Provision.position, -1),
    ]
    if order is Order.SENDER:
        ranks = {each: rank for rank, each in enumerate(SenderClass)}
        return [case(ranks, value=Submission.sender_class), *text]
    if order is Order.THEME:
        first = select(func.min(CommentTheme.theme_id)).where(*_labelled()).scalar_subquery()
        return [func.coalesce(first, literal(2**31 - 1)), *text]
    return text if order is Order.ARTICLE else []


def _labelled() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return CommentTheme.comment_id == Comment.id, CommentTheme.part == PART


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    equal: tuple[tuple[Any, Any], ...] = (
        (Comment.document_id, wanted.document_id),
        (Submission.sender_class, wanted.sender_class),
        (Submission.channel, wanted.channel),
        (Comment.type, wanted.type),
        (Comment.publication, wanted.publication),
        (CommentGroup.id, wanted.group_id),
    )
    found = [column == value for column, value in equal if value is not None]
    if wanted.article:
        below = Comment.eid.startswith(f"{wanted.article}__", autoescape=True)
        found.append((Comment.eid == wanted.article) | below)
    if wanted.proposes:
        found.append(Comment.proposed != "")
    if wanted.shown is Shown.UNANSWERED:
        found.append(ResponseComment.response_id.is_(None))
    elif wanted.shown:
        found.append(Response.status == ResponseStatus(wanted.shown))
    if wanted.theme_id is not None:
        under = select(CommentTheme.theme_id).where(*_labelled())
        found.append(under.where(CommentTheme.theme_id == wanted.theme_id).exists())
    elif not wanted.themed:
        found.append(~select(CommentTheme.theme_id).where(*_labelled()).exists())
    if wanted.assigned:
        found.append(_assigned(wanted))
    return found


def _assigned(wanted: Wanted) -> ColumnElement[bool]:
    own = select(Assignment.comment_id).where(Assignment.comment_id == Comment.id)
    if wanted.assigned is Assigned.NOBODY:
        return ~own.exists()
    own = own.where(Assignment.done_at.is_(None))
    if wanted.assigned is Assigned.MINE:
        own = own.where(Assignment.user_id == wanted.user_id)
    if wanted.assigned is Assigned.OVERDUE:
        own = own.where(Assignment.due_on < wanted.today)
    return own.exists()
