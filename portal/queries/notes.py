"""Private notes of the staff, who is named in them, and who may be. They never leave the desk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from portal.models import Comment, Consultation, Mention, PrivateNote, RoleGrant, User, db
from portal.policies.table import TABLE, Act

MOST = 50


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note on a comment; `named`: who is mentioned in it."""

    id: int
    by: str
    at: datetime
    text: str
    named: tuple[str, ...]


def notes_on(comment_id: int) -> tuple[NoteView, ...]:
    """The notes on a comment, oldest first. Two queries."""
    query = (
        select(PrivateNote, User.name)
        .join(User, PrivateNote.written_by == User.id)
        .where(PrivateNote.comment_id == comment_id)
        .order_by(PrivateNote.id)
    )
    found = db.session.execute(query).all()
    named: dict[int, tuple[str, ...]] = {}
    mentions = (
        select(Mention.note_id, User.name)
        .join(User, Mention.user_id == User.id)
        .where(Mention.note_id.in_([note.id for note, _name in found]))
        .order_by(Mention.note_id, User.name)
    )
    for note_id, name in db.session.execute(mentions):
        named[note_id] = (*named.get(note_id, ()), name)
    return tuple(
        NoteView(note.id, name, note.written_at, note.text, named.get(note.id, ()))
        for note, name in found
    )


def count_notes(comment_ids: Collection[int]) -> dict[int, int]:
    """How many notes there are on each of these comments."""
    query = (
        select(PrivateNote.comment_id, func.count())
        .where(PrivateNote.comment_id.in_(comment_ids))
        .group_by(PrivateNote.comment_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def colleagues(body_id: int) -> dict[int, str]:
    """Who may study for that body, by name: who can be named in a note and given a comment."""
    query = (
        select(User.id, User.name)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(
            User.active,
            RoleGrant.role.in_(TABLE[Act.STUDY].roles),
            or_(RoleGrant.body_id == body_id, RoleGrant.body_id.is_(None)),
        )
        .distinct()
        .order_by(User.name, User.id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


@dataclass(frozen=True, slots=True)
class Named:
    """A note that names who asks, and that they have not opened yet."""

    slug: str
    body_id: int
    number: int
    by: str
    at: datetime
    opening: str


def unseen_mentions(user_id: int | None) -> tuple[Named, ...]:
    """The newest fifty notes that name somebody who has not opened them yet."""
    query = (
        select(PrivateNote, User.name, Consultation.slug, Consultation.body_id, Comment.number)
        .join(Mention, Mention.note_id == PrivateNote.id)
        .join(User, PrivateNote.written_by == User.id)
        .join(Comment, PrivateNote.comment_id == Comment.id)
        .join(Consultation, Comment.consultation_id == Consultation.id)
        .where(Mention.user_id == user_id, Mention.seen_at.is_(None))
        .order_by(PrivateNote.id.desc())
        .limit(MOST)
    )
    return tuple(
        Named(slug, body_id, number, name, note.written_at, note.text[:160])
        for note, name, slug, body_id, number in db.session.execute(query)
    )


def is_named(user_id: int | None, comment_id: int) -> bool:
    """Whether a note on this comment names somebody who has not opened it yet."""
    query = (
        select(Mention.note_id)
        .join(PrivateNote, PrivateNote.id == Mention.note_id)
        .where(
            PrivateNote.comment_id == comment_id,
            Mention.user_id == user_id,
            Mention.seen_at.is_(None),
        )
        .limit(1)
    )
    return db.session.scalar(query) is not None
