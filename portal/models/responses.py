"""Responses, the comments they answer, the changes they cite, the committee's opinions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.responses import Disposition, ResponseStatus
from portal.models.base import Base, code_of
from portal.models.comments import Comment


class Response(Base):
    """A disposition with its reasons; answers one comment or many.

    `covered_by` is the eid of the provision that covers the comment (already_covered);
    `duplicate_of` the comment, and `duplicate_part` the part of it where it was split, whose
    response is taken over (duplicate); `body` the body it is
    referred to or that is responsible; `until` until when or to what it is deferred.
    """

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint(
            "(status = 'approved') = (approved_by IS NOT NULL)", name="approved_by_somebody"
        ),
        CheckConstraint(
            "approved_by IS NULL OR (approved_by <> written_by AND approved_by <> changed_by)",
            name="four_eyes",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    disposition: Mapped[Disposition] = mapped_column(code_of(Disposition))
    reason_ar: Mapped[str] = mapped_column(Text, default="")
    reason_en: Mapped[str] = mapped_column(Text, default="")
    covered_by: Mapped[str] = mapped_column(String(200), default="")
    until: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(String(300), default="")
    duplicate_of: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    duplicate_part: Mapped[int] = mapped_column(default=0, server_default="0")
    status: Mapped[ResponseStatus] = mapped_column(code_of(ResponseStatus))
    remark: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=0)
    written_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    changed_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[datetime]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None]


def _digest_now(context: Any) -> str:
    """The digest of the comment as it stands, where no other is given."""
    comment_id = context.get_current_parameters()["comment_id"]
    found = context.connection.scalar(select(Comment.digest).where(Comment.id == comment_id))
    return str(found)


class ResponseComment(Base):
    """A comment, or a part of one (0: it is whole), answered by a response: one at most.

    `digest` is that of the comment's words as they were answered (`Comment.digest`): where the
    comment has another by now, its author changed it, and somebody must read it again.
    """

    __tablename__ = "response_comment"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=0)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), default=_digest_now)


class ResponseChange(Base):
    """A place of change that a response cites: a provision of the version that followed.

    `eid` stands in `version_id` (the later version); a provision that is gone is named there as
    `domain.citations.gone` does. The words before and after are read from the two versions.
    """

    __tablename__ = "response_change"
    __table_args__ = (UniqueConstraint("response_id", "version_id", "eid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("draft_version.id"), index=True)
    eid: Mapped[str] = mapped_column(String(200))


class Opinion(Base):
    """An expert committee member's opinion on a comment; one each."""

    __tablename__ = "opinion"
    __table_args__ = (
        UniqueConstraint("comment_id", "given_by"),
        CheckConstraint("text <> ''", name="text"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    text: Mapped[str] = mapped_column(Text)
    given_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    given_at: Mapped[datetime]
