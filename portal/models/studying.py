"""Studying comments: parts, themes, assignments, private notes, mentions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class CommentPart(Base):
    """One point of a comment that was split: `17.1` is part 1 of comment 17.

    `spans` is a list of `{"field", "start", "end"}` in characters of that field: the words of
    the part in the original.
    """

    __tablename__ = "comment_part"
    __table_args__ = (CheckConstraint("part > 0", name="from_one"),)

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    spans: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    split_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    split_at: Mapped[datetime]


class Theme(Base):
    """A label that the team studies by, in one consultation."""

    __tablename__ = "theme"
    __table_args__ = (
        UniqueConstraint("consultation_id", "name_ar"),
        CheckConstraint("name_ar <> ''", name="named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    name_ar: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")


class CommentTheme(Base):
    """A row (a comment, or a part of one; 0: it is whole) under a theme."""

    __tablename__ = "comment_theme"
    __table_args__ = (Index("ix_comment_theme_comment", "comment_id", "part"),)

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=0)


class GroupOpinion(Base):
    """An expert committee member's opinion on all comments of a group; one each."""

    __tablename__ = "group_opinion"
    __table_args__ = (
        UniqueConstraint("group_id", "given_by"),
        CheckConstraint("text <> ''", name="text"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("comment_group.id"))
    text: Mapped[str] = mapped_column(Text)
    given_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    given_at: Mapped[datetime]


class Assignment(Base):
    """Who is to study a comment: one at a time, a person, a unit in words or another body.

    `due_on` is a day in Amman; `done_at` when it was said to be done.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN user_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN body_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN unit = '' THEN 0 ELSE 1 END) = 1",
            name="to_one",
        ),
        Index("ix_assignment_user", "user_id", "done_at", "due_on"),
        Index("ix_assignment_body", "body_id", "done_at", "due_on"),
    )

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("public_body.id"))
    unit: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]
    assigned_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    assigned_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class PrivateNote(Base):
    """What the staff say to one another of a comment. It never leaves the desk."""

    __tablename__ = "private_note"
    __table_args__ = (
        CheckConstraint("text <> ''", name="says_something"),
        Index("ix_private_note_comment", "comment_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime]


class Mention(Base):
    """Somebody named in a private note; `seen_at` when they opened it."""

    __tablename__ = "mention"
    __table_args__ = (Index("ix_mention_user", "user_id", "seen_at", "note_id"),)

    note_id: Mapped[int] = mapped_column(ForeignKey("private_note.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    seen_at: Mapped[datetime | None]
