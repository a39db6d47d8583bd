"""Placing by hand what the text of a new version left without a place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from portal.domain.accounts import Actor
from portal.domain.drafts import Standing
from portal.domain.errors import DomainError
from portal.domain.record import Entry
from portal.models import Comment, CommentAnchor, DraftVersion, Provision, db
from portal.models.ledger import write_down


def place(actor: Actor, now: datetime, comment: Comment, eid: str) -> CommentAnchor:
    """Put an orphan on the whole of a provision of the newest version; its quote never changes.

    One that was placed can be placed anew. Raises `not_orphaned`, `no_such_provision`.
    """
    anchor = _newest(comment)
    if anchor is None or not (anchor.standing is Standing.ORPHANED or anchor.placed_by):
        raise DomainError("not_orphaned", status=409, number=comment.number)
    there = select(Provision.id).where(
        Provision.version_id == anchor.version_id, Provision.eid == eid
    )
    if db.session.scalar(there) is None:
        raise DomainError("no_such_provision", field="eid")
    anchor.standing = Standing.SHIFTED
    anchor.eid = eid
    anchor.near_eid = ""
    anchor.placed_by = actor.user_id
    anchor.placed_at = now
    write_down(
        Entry.COMMENT_PLACED,
        at=now,
        subject=f"comment {comment.number}",
        content={"comment": comment.number, "version": anchor.version_id, "eid": eid},
        consultation_id=comment.consultation_id,
        actor_id=actor.user_id,
    )
    db.session.flush()
    return anchor


def _newest(comment: Comment) -> CommentAnchor | None:
    newest = (
        select(func.max(DraftVersion.number))
        .where(
            DraftVersion.document_id == comment.document_id,
            DraftVersion.published_at.is_not(None),
        )
        .scalar_subquery()
    )
    query = (
        select(CommentAnchor)
        .join(DraftVersion, CommentAnchor.version_id == DraftVersion.id)
        .where(
            CommentAnchor.comment_id == comment.id,
            DraftVersion.number == newest,
            DraftVersion.id != comment.version_id,
        )
    )
    return db.session.scalar(query.with_for_update(of=CommentAnchor))
