"""What a moderator does with a group: move a comment out of it, put one into it."""

from __future__ import annotations

from datetime import datetime

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError
from portal.domain.record import Entry
from portal.models import Comment, CommentGroup, CommentGroupMember, Consultation, db
from portal.models.grouping import leave, resize
from portal.models.ledger import write_down


def move_out(actor: Actor, now: datetime, group: CommentGroup, comment: Comment) -> None:
    """Take a comment out of its group; it stays out, whatever arrives. Raises `not_in_group`."""
    member = db.session.get(CommentGroupMember, comment.id, with_for_update=True)
    if member is None or member.group_id != group.id or member.left_at is not None:
        raise DomainError("not_in_group", status=409, number=comment.number)
    member.left_at, member.moved_by = now, actor.user_id
    db.session.flush()
    resize(group.id, -1)
    _write_down(actor, now, group, comment, "out")


def put_in(actor: Actor, now: datetime, group: CommentGroup, comment: Comment) -> None:
    """Put a comment of the same consultation into a group, from wherever it is.

    Raises `not_found` for one of another consultation, `in_group_already`.
    """
    if comment.consultation_id != group.consultation_id:
        raise DomainError("not_found", status=404)
    member = db.session.get(CommentGroupMember, comment.id, with_for_update=True)
    if member is not None and member.left_at is None:
        if member.group_id == group.id:
            raise DomainError("in_group_already", status=409, number=comment.number)
        leave(member)
    elif member is not None:
        db.session.delete(member)
        db.session.flush()
    db.session.add(
        CommentGroupMember(
            comment_id=comment.id, group_id=group.id, joined_at=now, moved_by=actor.user_id
        )
    )
    db.session.flush()
    resize(group.id, 1)
    _write_down(actor, now, group, comment, "in")


def _write_down(
    actor: Actor, now: datetime, group: CommentGroup, comment: Comment, moved: str
) -> None:
    """A group is named by who founded it: its own number says nothing outside the portal."""
    consultation = db.session.get_one(Consultation, group.consultation_id)
    founder = db.session.get_one(Comment, group.founder_id)
    write_down(
        Entry.GROUP_CHANGED,
        at=now,
        subject=f"comment {comment.number}",
        content={
            "consultation": consultation.slug,
            "comment": comment.number,
            "group_of": founder.number,
            "moved": moved,
        },
        consultation_id=consultation.id,
        actor_id=actor.user_id,
    )
