"""What waits for an approver."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, exists, func, select
from sqlalchemy.orm import aliased

from portal.domain.bilingual import Bilingual
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.row_refs import RowRef
from portal.models import Comment, CommentGroupMember, Response, ResponseComment, User, db
from portal.queries.selecting import first_rows_of
from portal.queries.similar import OF_FACT

PAGE = 50


@dataclass(frozen=True, slots=True)
class Waits:
    """A response that is ready: `first` and `eid` are those of the first of its `rows`.

    `own`: who asks wrote it or changed it last; `against`: members of a group it answers are
    answered otherwise; `changed`: an author changed a comment after it was answered.
    """

    id: int
    disposition: Disposition
    reason: Bilingual
    revision: int
    written_by: str
    changed_at: datetime
    rows: int
    first: RowRef
    eid: str | None
    own: bool
    against: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class Reviews:
    """Fifty at most, the longest waiting first; `next` begins the page after."""

    total: int
    waits: tuple[Waits, ...]
    next: int | None


def load_reviews(consultation_id: int, user_id: int | None, *, start: int = 0) -> Reviews:
    """Responses that are ready. Four queries."""
    ready = (Response.consultation_id == consultation_id) & (
        Response.status == ResponseStatus.READY
    )
    query = (
        select(
            Response,
            User.name,
            func.count(ResponseComment.comment_id),
            func.sum(case((ResponseComment.digest != Comment.digest, 1), else_=0)),
        )
        .join(ResponseComment, ResponseComment.response_id == Response.id)
        .join(Comment, ResponseComment.comment_id == Comment.id)
        .join(User, User.id == Response.changed_by)
        .where(ready)
        .group_by(Response.id, User.name)
        .order_by(Response.changed_at, Response.id)
        .offset(start)
        .limit(PAGE + 1)
    )
    found = db.session.execute(query).all()
    total = db.session.scalar(select(func.count()).select_from(Response).where(ready)) or 0
    ids = [row[0].id for row in found]
    firsts, against = first_rows_of(ids), _against(ids)
    waits = tuple(
        Waits(
            id=response.id,
            disposition=response.disposition,
            reason=Bilingual(response.reason_ar, response.reason_en),
            revision=response.revision,
            written_by=name,
            changed_at=response.changed_at,
            rows=rows,
            first=firsts[response.id][0].ref,
            eid=firsts[response.id][0].eid,
            own=user_id in (response.written_by, response.changed_by),
            against=response.id in against,
            changed=bool(changed),
        )
        for response, name, rows, changed in found[:PAGE]
    )
    return Reviews(total, waits, start + PAGE if len(found) > PAGE else None)


def _against(ids: list[int]) -> set[int]:
    """Those among these responses that decide otherwise than another on the same group."""
    mine, theirs = aliased(CommentGroupMember), aliased(CommentGroupMember)
    link, other, decided = aliased(ResponseComment), aliased(ResponseComment), aliased(Response)
    groups = (
        select(link.response_id, mine.group_id)
        .join(mine, and_(mine.comment_id == link.comment_id, mine.left_at.is_(None)))
        .where(link.response_id.in_(ids))
        .distinct()
        .subquery()
    )
    otherwise = exists(
        select(1)
        .select_from(theirs)
        .join(other, other.comment_id == theirs.comment_id)
        .join(decided, decided.id == other.response_id)
        .where(
            theirs.group_id == groups.c.group_id,
            theirs.left_at.is_(None),
            decided.id != groups.c.response_id,
            decided.disposition != Response.disposition,
            decided.disposition.not_in(OF_FACT),
        )
    )
    query = (
        select(groups.c.response_id)
        .join(Response, Response.id == groups.c.response_id)
        .where(Response.disposition.not_in(OF_FACT), otherwise)
    )
    return set(db.session.scalars(query))
