"""Rows that one response answers or is to answer: counted, judged and shown by the set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, select, tuple_

from portal.domain.comments import Publication
from portal.domain.responses import Answered
from portal.domain.row_refs import RowKey, RowRef
from portal.domain.selections import Of, Whole
from portal.models import (
    Comment,
    CommentGroup,
    CommentGroupMember,
    CommentTheme,
    ResponseComment,
    Theme,
    db,
)
from portal.queries.matching import trails
from portal.queries.responses import Ways, is_gone
from portal.queries.rows import ANSWERS, PART, Columns, parts_of, with_parts

BLANK = " \n\r\t"
WITHDRAWN = Comment.publication == Publication.WITHDRAWN
# Rows that are equal in these are alike to the rules of a response.
ALIKE = (
    Comment.document_id,
    Comment.version_id,
    Comment.eid,
    (func.trim(Comment.proposed, BLANK) != "").label("proposes"),
    WITHDRAWN.label("withdrawn"),
)


def rows_of(consultation_id: int, of: Of) -> Select[int, int, str]:
    """`(comment, part, digest)` of every row that is named, whatever became of it."""
    query = with_parts(select(Comment.id, PART, Comment.digest))
    query = query.where(Comment.consultation_id == consultation_id)
    if of.kind is Whole.WITHDRAWN:
        return query.where(WITHDRAWN)
    if of.kind is Whole.THEME:
        under = and_(CommentTheme.comment_id == Comment.id, CommentTheme.part == PART)
        return query.join(CommentTheme, under).where(CommentTheme.theme_id == of.id)
    member = CommentGroupMember
    in_group = and_(member.comment_id == Comment.id, member.left_at.is_(None))
    return query.join(member, in_group).where(member.group_id == of.id)


def rows_left(consultation_id: int, of: Of) -> Select[int, int, str]:
    """Those of them that one response can answer now."""
    query = rows_of(consultation_id, of).where(~exists(select(1).where(ANSWERS)))
    return query if of.kind is Whole.WITHDRAWN else query.where(~WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Selected:
    """What a named set holds: rows in all, those to be answered, and why the rest is left out."""

    total: int
    left: int
    answered: int
    withdrawn: int
    first: tuple[RowRef, ...]


def look_at(consultation_id: int, of: Of, *, shown: int) -> Selected:
    """Count a set and give the first references of what is left of it. Three queries."""
    everything = rows_of(consultation_id, of).subquery()
    link = and_(
        ResponseComment.comment_id == everything.c[0], ResponseComment.part == everything.c[1]
    )
    counted = (
        select(func.count(), func.count(ResponseComment.response_id))
        .select_from(everything)
        .outerjoin(ResponseComment, link)
    )
    total, answered = db.session.execute(counted).one()
    waiting = rows_left(consultation_id, of)
    left = db.session.scalar(select(func.count()).select_from(waiting.subquery())) or 0
    first = waiting.with_only_columns(Comment.number, PART).order_by(Comment.number, PART)
    refs = tuple(RowRef(*row) for row in db.session.execute(first.limit(shown)))
    return Selected(total, left, answered, total - answered - left, refs)


def is_there(consultation_id: int, of: Of) -> bool:
    """Whether the theme or group is one of this consultation's."""
    if of.kind is Whole.WITHDRAWN:
        return True
    table = Theme if of.kind is Whole.THEME else CommentGroup
    query = select(table.id).where(table.id == of.id, table.consultation_id == consultation_id)
    return db.session.scalar(query) is not None


def answered_kinds(response_id: int) -> tuple[Answered, ...]:
    """What a response answers, as the rules look at it: of whole comments that are alike to them
    the first. Four queries, however many rows there are."""
    # From the links on: what was just written is not in the statistics that a plan is made by.
    linked = select(Comment.id).join(ResponseComment, ResponseComment.comment_id == Comment.id)
    mine = linked.where(ResponseComment.response_id == response_id)
    return _kinds(mine, ResponseComment.part.expression, ResponseComment.digest != Comment.digest)


def kinds_of_rows(keys: Iterable[RowKey]) -> tuple[Answered, ...]:
    """The same of rows that are to be answered."""
    chosen = tuple_(Comment.id, PART).in_([tuple(key) for key in keys])
    return _kinds(with_parts(select(Comment.id)).where(chosen), PART, false())


def kinds_left(consultation_id: int, of: Of) -> tuple[Answered, ...]:
    """The same of what a theme, a group or a kind has left to answer."""
    return _kinds(rows_left(consultation_id, of), PART, false())


def _kinds(
    rows: Select[*Columns], part: ColumnElement[int], changed: ColumnElement[bool]
) -> tuple[Answered, ...]:
    alike = (*ALIKE, changed.label("changed"))
    each = rows.where(part == 0).with_only_columns(Comment.number, *alike).subquery()
    first = func.min(each.c.number).label("number")
    kinds_of_whole = [column for column in each.c if column.name != "number"]
    query = select(first, *kinds_of_whole).group_by(*kinds_of_whole)
    whole = db.session.execute(query.order_by(first)).all()
    columns = (Comment.number, *alike, Comment.id, part.label("part"))
    one = rows.where(part > 0).with_only_columns(*columns)
    split = db.session.execute(one.order_by(Comment.number, part)).all()
    documents = {row.document_id for row in (*whole, *split) if row.document_id and row.eid}
    ways = trails(documents) if documents else {}
    parts = parts_of({row.id for row in split}) if split else {}
    kinds = [_kind(row, RowKey(0), bool(row.proposes), ways) for row in whole]
    for row in split:
        key = RowKey(row.id, row.part)
        proposes = any(span.field == "proposed" for span in parts.get(key, ()))
        kinds.append(_kind(row, key, proposes, ways))
    return tuple(kinds)


def _kind(row: Any, key: RowKey, proposes: bool, ways: Ways) -> Answered:
    return Answered(
        id=key.comment_id,
        number=row.number,
        proposes=proposes,
        publication=Publication.WITHDRAWN if row.withdrawn else Publication.PUBLISHED,
        gone=is_gone(row.version_id, row.eid, ways.get(row.document_id or 0, [])),
        part=key.part,
        changed=bool(row.changed),
    )


def count_rows(response_id: int) -> int:
    """How many rows a response answers."""
    query = select(func.count()).where(ResponseComment.response_id == response_id)
    return db.session.scalar(query) or 0


def first_rows(response_id: int, limit: int) -> tuple[RowRef, ...]:
    """The first references of what a response answers."""
    query = (
        select(Comment.number, ResponseComment.part)
        .join(ResponseComment, ResponseComment.comment_id == Comment.id)
        .where(ResponseComment.response_id == response_id)
        .order_by(Comment.number, ResponseComment.part)
        .limit(limit)
    )
    return tuple(RowRef(*row) for row in db.session.execute(query))


class FirstRow(NamedTuple):
    """One of the first rows of a response, and the provision it is about."""

    ref: RowRef
    eid: str | None


def first_rows_of(response_ids: Iterable[int], limit: int = 1) -> dict[int, list[FirstRow]]:
    """By response: the first rows that it answers. One query."""
    place = func.row_number().over(
        partition_by=ResponseComment.response_id,
        order_by=(Comment.number, ResponseComment.part),
    )
    ranked = (
        select(
            ResponseComment.response_id,
            Comment.number,
            ResponseComment.part,
            Comment.eid,
            place.label("place"),
        )
        .join(Comment, ResponseComment.comment_id == Comment.id)
        .where(ResponseComment.response_id.in_(tuple(response_ids)))
        .subquery()
    )
    query = select(ranked).where(ranked.c.place <= limit)
    found: dict[int, list[FirstRow]] = {}
    for response_id, number, part, eid, _place in db.session.execute(
        query.order_by(ranked.c.response_id, ranked.c.place)
    ):
        found.setdefault(response_id, []).append(FirstRow(RowRef(number, part), eid))
    return found
