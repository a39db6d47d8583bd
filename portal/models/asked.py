"""What another public body says of a comment that it was asked about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class BodyOpinion(Base):
    """A body's opinion on a comment, one; it stays when the comment is given to others."""

    __tablename__ = "body_opinion"
    __table_args__ = (
        UniqueConstraint("comment_id", "body_id"),
        CheckConstraint("text <> ''", name="text"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("public_body.id"))
    text: Mapped[str] = mapped_column(Text)
    given_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    given_at: Mapped[datetime]
