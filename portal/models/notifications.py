"""The outbox: mail waits here from the commit until it has been handed over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base
from portal.models.personal import Sealed, SealedJSON


class OutboxMail(Base):
    """One mail, written in the transaction of what it tells about; taken again until sent.

    `template` names a file of `templates/mail/`; `params` fill it when it leaves, in `language`.
    `comment_id` is the comment it tells of, where it tells of one; `user_id` the member of staff
    that a mail about their work is for.
    """

    __tablename__ = "outbox_mail"
    __table_args__ = (
        Index("ix_outbox_mail_due", "sent_at", "next_attempt_at"),
        Index("ix_outbox_mail_comment", "comment_id"),
        Index("ix_outbox_mail_user", "user_id", "sent_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(Sealed("outbox_mail.recipient"))
    language: Mapped[str] = mapped_column(String(2))
    template: Mapped[str] = mapped_column(String(60))
    params: Mapped[dict[str, Any]] = mapped_column(SealedJSON("outbox_mail.params"))
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(String(300), default="")
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
