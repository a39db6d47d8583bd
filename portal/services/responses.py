"""Answering: write a response to one row or many.

Approval is in `services.reviews`, comments that changed since in `services.rereading`, what the
text makes of responses in `services.reflection`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, insert, literal, select, tuple_

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError, Refusals, Stale
from portal.domain.matrices import Place
from portal.domain.record import Entry
from portal.domain.reflection import Changes
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.row_refs import RowKey, RowRef
from portal.domain.selections import MOST_REFS, Of
from portal.domain.text import refuse_unsafe
from portal.models import (
    Comment,
    CommentRevision,
    Response,
    ResponseChange,
    ResponseComment,
    db,
)
from portal.models.answering import change_response, note_response
from portal.queries.answering import answered_elsewhere, check_repeats, response_faults
from portal.queries.changes import changes_now
from portal.queries.rows import PART, find_rows, refs_of
from portal.queries.selecting import is_there, rows_left

TEXTS = ("reason_ar", "reason_en", "covered_by", "until", "body")
LIMITS = {"reason_ar": 10_000, "reason_en": 10_000, "covered_by": 200, "until": 300, "body": 300}


@dataclass(frozen=True, slots=True)
class Draft:
    """A response as it is written; `refs` are the references of the rows it answers.

    `of` adds all that a theme, a group or a kind has left to answer. `keeps`: the rows it has stay,
    `refs` come to them and `drops` leave. `opened` is when its writer began to read: a comment
    that its author changed after that was not read.
    """

    refs: tuple[RowRef, ...]
    disposition: Disposition
    reason_ar: str = ""
    reason_en: str = ""
    covered_by: str = ""
    until: str = ""
    body: str = ""
    duplicate_of: RowRef | None = None
    cites: tuple[Place, ...] = ()
    ready: bool = False
    of: Of | None = None
    keeps: bool = False
    drops: tuple[RowRef, ...] = ()
    opened: datetime | None = None


def record(
    actor: Actor,
    now: datetime,
    consultation_id: int,
    draft: Draft,
    *,
    response: Response | None = None,
    seen_revision: int = 0,
    changes: Changes | None = None,
) -> Response:
    """Write a response, or change one; a change takes an approval away. All of it, or nothing.

    Who writes many gives `changes` (`queries.changes`), which are then read once.

    A draft may be incomplete; one that is `ready` may not: raises `Refusals` with every fault.
    Raises `Stale` where somebody changed it meanwhile, `answered_elsewhere` for a row that
    another response answers, `no_such_comment`, `comment_changed_since`, `duplicate_circle`.
    """
    if response is not None:
        db.session.refresh(response, with_for_update=True)
        if response.revision != seen_revision:
            raise Stale("response_changed_meanwhile", at=response.changed_at)
    _check_texts(draft)
    with db.session.begin_nested():
        written = response or Response(
            consultation_id=consultation_id, written_by=actor.user_id, revision=-1
        )
        _fill(written, draft, actor, now)
        db.session.add(written)
        db.session.flush()
        _answer_rows(written, draft)
        _cite(written, draft.cites)
        _refuse_unread(written, draft.opened)
        check_repeats(written)
        if draft.ready:
            _refuse_faults(written, changes)
        note_response(Entry.ANSWER_RECORDED, actor.user_id, now, written, refs_of(written.id))
    return written


def _check_texts(draft: Draft) -> None:
    if not (draft.refs or draft.of or draft.keeps):
        raise DomainError("no_comment_chosen", field="comments")
    if len(draft.refs) + len(draft.drops) > MOST_REFS:
        raise DomainError("refs_many", field="comments", maximum=MOST_REFS)
    for field in TEXTS:
        text = getattr(draft, field)
        if len(text) > LIMITS[field]:
            raise DomainError("text_long", field=field, maximum=LIMITS[field], length=len(text))
        refuse_unsafe(text, field=field)


def _fill(written: Response, draft: Draft, actor: Actor, now: datetime) -> None:
    written.disposition = draft.disposition
    for field in TEXTS:
        setattr(written, field, getattr(draft, field).strip())
    wanted = (draft.duplicate_of,) if draft.duplicate_of else ()
    found = find_rows(written.consultation_id, wanted, field="duplicate_of")
    repeated = next(iter(found.values()), None)
    written.duplicate_of = repeated.comment_id if repeated else None
    written.duplicate_part = repeated.part if repeated else 0
    status = ResponseStatus.READY if draft.ready else ResponseStatus.DRAFT
    change_response(written, actor.user_id, now, status)


def _answer_rows(written: Response, draft: Draft) -> None:
    """Link the rows that it answers; those it answers already keep the words they had then."""
    rows = find_rows(written.consultation_id, draft.refs)
    taken = answered_elsewhere(rows, written.id)
    if taken is not None:
        raise taken
    held = {RowKey(*row) for row in db.session.execute(_held(written))}
    if draft.keeps:
        gone = set(find_rows(written.consultation_id, draft.drops).values()) & held
    else:
        gone = held - set(rows.values())
    _unlink(written, gone)
    db.session.add_all(
        ResponseComment(comment_id=key.comment_id, part=key.part, response_id=written.id)
        for key in rows.values()
        if key not in held
    )
    if draft.of:
        _answer_all(written, draft.of)
    db.session.flush()
    if db.session.execute(_held(written).limit(1)).first() is None:
        raise DomainError("no_comment_chosen", field="comments")


def _held(written: Response) -> Select[int, int]:
    return select(ResponseComment.comment_id, ResponseComment.part).where(
        ResponseComment.response_id == written.id
    )


def _unlink(written: Response, keys: Iterable[RowKey]) -> None:
    gone = list(keys)
    of_row = tuple_(ResponseComment.comment_id, ResponseComment.part)
    for start in range(0, len(gone), 400):
        some = of_row.in_(gone[start : start + 400])
        db.session.execute(
            delete(ResponseComment).where(ResponseComment.response_id == written.id, some)
        )


def _answer_all(written: Response, of: Of) -> None:
    """All that is left of a set, in one statement: it may be a hundred thousand rows."""
    if not is_there(written.consultation_id, of):
        raise DomainError("selection_unknown", field="comments")
    # Sorted, so that all is read before the first is written: PostgreSQL would look through what
    # this statement wrote so far for every row that it still reads.
    left = rows_left(written.consultation_id, of).add_columns(literal(written.id))
    left = left.order_by(PART, Comment.id)
    columns = ["comment_id", "part", "digest", "response_id"]
    db.session.execute(insert(ResponseComment).from_select(columns, left))


def _cite(written: Response, cites: tuple[Place, ...]) -> None:
    db.session.execute(delete(ResponseChange).where(ResponseChange.response_id == written.id))
    db.session.add_all(
        ResponseChange(response_id=written.id, version_id=place.version_id, eid=place.eid)
        for place in dict.fromkeys(cites)
    )
    db.session.flush()


def _refuse_unread(written: Response, opened: datetime | None) -> None:
    """What was changed before it was linked, and after the page with it was opened, is unread."""
    if opened is None:
        return
    query = (
        select(Comment.number)
        .join(ResponseComment, ResponseComment.comment_id == Comment.id)
        .join(CommentRevision, CommentRevision.comment_id == Comment.id)
        .where(
            ResponseComment.response_id == written.id,
            ResponseComment.digest == Comment.digest,
            CommentRevision.edited_at > opened,
        )
    )
    number = db.session.scalar(query.order_by(Comment.number).limit(1))
    if number is not None:
        raise DomainError("comment_changed_since", field="comments", status=409, number=number)


def _refuse_faults(written: Response, changes: Changes | None = None) -> None:
    found = response_faults(written, changes or changes_now(written.consultation_id))
    if found:
        raise Refusals(found)
