"""The rows of the matrix as they stand: comments, or the parts of those that were split."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, func, select

from portal.domain.comment_parts import PartSpan
from portal.domain.errors import DomainError
from portal.domain.row_refs import RowKey, RowRef
from portal.models import Comment, CommentPart, ResponseComment, db

Columns = TypeVarTuple("Columns")
# The part of a row in a query that `with_parts` made: 0 where the comment is whole.
PART: ColumnElement[int] = func.coalesce(CommentPart.part, 0)
# The link between a row and its response, in such a query.
ANSWERS: ColumnElement[bool] = and_(
    ResponseComment.comment_id == Comment.id, ResponseComment.part == PART
)


def with_parts(query: Select[*Columns]) -> Select[*Columns]:
    """A query over Comment as one over rows: a comment that was split comes once for each part."""
    return query.outerjoin(CommentPart, CommentPart.comment_id == Comment.id)


def find_rows(
    consultation_id: int, refs: Iterable[RowRef], *, field: str = "comments"
) -> dict[RowRef, RowKey]:
    """The rows with these references, in the order of the consultation.

    Raises `no_such_comment`; `comment_split` for a whole comment that has parts by now.
    """
    wanted = set(refs)
    query = with_parts(select(Comment.number, PART, Comment.id))
    query = query.where(
        Comment.consultation_id == consultation_id,
        Comment.number.in_({ref.number for ref in wanted}),
    ).order_by(Comment.number, PART)
    rows = {
        RowRef(number, part): RowKey(comment_id, part)
        for number, part, comment_id in db.session.execute(query)
    }
    for missing in sorted(wanted - rows.keys()):
        parts = [str(ref) for ref in rows if ref.number == missing.number and ref.part]
        if parts and not missing.part:
            raise DomainError(
                "comment_split", field=field, number=missing.number, parts=", ".join(parts)
            )
        raise DomainError("no_such_comment", field=field, number=str(missing))
    return {ref: key for ref, key in rows.items() if ref in wanted}


def parts_of(comment_ids: Iterable[int]) -> dict[RowKey, tuple[PartSpan, ...]]:
    """The words of each part of the comments among these that were split."""
    query = select(CommentPart).where(CommentPart.comment_id.in_(tuple(comment_ids)))
    return {
        RowKey(part.comment_id, part.part): tuple(PartSpan(**span) for span in part.spans)
        for part in db.session.scalars(query.order_by(CommentPart.comment_id, CommentPart.part))
    }


def refs_of(response_id: int) -> tuple[RowRef, ...]:
    """The references of the rows that a response answers."""
    query = select(Comment.number, ResponseComment.part).join(
        ResponseComment, ResponseComment.comment_id == Comment.id
    )
    found = db.session.execute(query.where(ResponseComment.response_id == response_id))
    return tuple(sorted(RowRef(*each) for each in found))


def ref_of(comment_id: int | None, part: int) -> RowRef | None:
    """The reference of a row; None for none."""
    number = db.session.scalar(select(Comment.number).where(Comment.id == (comment_id or 0)))
    return RowRef(number, part) if number else None
