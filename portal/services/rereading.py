"""A comment that its author changed after it was answered: somebody reads its new words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError, Refusals, Stale
from portal.domain.record import Entry
from portal.domain.responses import ResponseStatus
from portal.domain.row_refs import RowKey, RowRef
from portal.models import Comment, Response, ResponseComment, db
from portal.models.answering import change_response, note_response
from portal.queries.answering import response_faults
from portal.queries.changes import changes_now
from portal.queries.rows import find_rows, refs_of


def read_again(
    actor: Actor,
    now: datetime,
    response: Response,
    *,
    read: Mapping[RowRef, str],
    stands: bool,
    seen_revision: int,
) -> None:
    """Say that the new words of comments were read: `read` gives the digest of each as read.

    `stands`: the answer holds for them too and is ready again, or raises `Refusals`; otherwise it
    is a draft to be changed. Raises `comment_changed_since` where one has yet other words by now.
    """
    db.session.refresh(response, with_for_update=True)
    if response.revision != seen_revision:
        raise Stale("response_changed_meanwhile", at=response.changed_at)
    rows = find_rows(response.consultation_id, read)
    with db.session.begin_nested():
        for ref, key in rows.items():
            _renew(response, ref, key, read[ref])
        status = ResponseStatus.READY if stands else ResponseStatus.DRAFT
        change_response(response, actor.user_id, now, status)
        response.remark = ""
        db.session.flush()
        found = response_faults(response, changes_now(response.consultation_id)) if stands else []
        if found:
            raise Refusals(found)
        note_response(Entry.ANSWER_RECORDED, actor.user_id, now, response, refs_of(response.id))


def _renew(response: Response, ref: RowRef, key: RowKey, digest: str) -> None:
    now_reads = select(Comment.digest).where(Comment.id == key.comment_id)
    if db.session.scalar(now_reads) != digest:
        raise DomainError("comment_changed_since", status=409, number=str(ref))
    db.session.execute(
        update(ResponseComment)
        .where(
            ResponseComment.response_id == response.id,
            ResponseComment.comment_id == key.comment_id,
            ResponseComment.part == key.part,
        )
        .values(digest=digest)
    )
