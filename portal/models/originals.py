"""Earlier texts of comments, and who of the staff looked at words that the public may not see."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class CommentRevision(Base):
    """What a comment said until its author edited it (triggers refuse changes).

    `revision` is the comment's last revision with this text: a decision on that revision, or on
    one after the text before, was about it.
    """

    __tablename__ = "comment_revision"
    __table_args__ = (UniqueConstraint("comment_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    revision: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    proposed: Mapped[str] = mapped_column(Text, default="")
    grounds: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64))
    salt: Mapped[str] = mapped_column(String(64), default="", server_default="")
    edited_at: Mapped[datetime]


class OriginalLook(Base):
    """Somebody of the staff saw the whole of a redacted, withheld or confidential comment."""

    __tablename__ = "original_look"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
