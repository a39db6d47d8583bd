"""Submissions: one act of sending, with one receipt."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.submissions import Channel, Governorate, SenderClass
from portal.models.base import Base, code_of
from portal.models.personal import Sealed

KNOWN = text("(email <> '' OR (name <> '' AND NOT name_public))")
NOT_LOOKED = text("looked_at IS NULL")


class Submission(Base):
    """Who sent, on whose behalf, by which channel.

    `code` is the receipt's code: who holds it sees the submission, so it is never guessable and
    never logged. `form_key` makes the same form sent twice one submission. `salt` (hex) keeps the
    code from being guessed by what the record says of it. `looked_at`: when its comments were
    looked over by the machine (`models.looking`), soon after it came.
    """

    __tablename__ = "submission"
    __table_args__ = (
        CheckConstraint("NOT name_public OR name <> ''", name="public_name_given"),
        Index("ix_submission_consultation_received", "consultation_id", "received_at"),
        Index("ix_submission_sender", "consultation_id", "sender_key"),
        # Of whom something is kept that goes when its time is over.
        Index(
            "ix_submission_known",
            "consultation_id",
            "id",
            sqlite_where=KNOWN,
            postgresql_where=KNOWN,
        ),
        Index(
            "ix_submission_not_looked",
            "consultation_id",
            "id",
            sqlite_where=NOT_LOOKED,
            postgresql_where=NOT_LOOKED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    code: Mapped[str] = mapped_column(String(32), unique=True)
    form_key: Mapped[str] = mapped_column(String(64), unique=True)
    salt: Mapped[str] = mapped_column(String(64))
    channel: Mapped[Channel] = mapped_column(code_of(Channel))
    language: Mapped[str] = mapped_column(String(2), default="ar")
    received_at: Mapped[datetime]
    late: Mapped[bool] = mapped_column(default=False)
    sender_class: Mapped[SenderClass] = mapped_column(code_of(SenderClass))
    name: Mapped[str] = mapped_column(Sealed("submission.name"), default="")
    name_public: Mapped[bool] = mapped_column(default=False)
    organisation: Mapped[str] = mapped_column(Sealed("submission.organisation"), default="")
    governorate: Mapped[Governorate | None] = mapped_column(code_of(Governorate))
    email: Mapped[str] = mapped_column(Sealed("submission.email"), default="")
    confidential: Mapped[bool] = mapped_column(default=False)
    # Distinct senders are counted by this digest under a key (`models.personal.blind`).
    sender_key: Mapped[str] = mapped_column(String(64))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"), index=True)
    taken_in_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    looked_at: Mapped[datetime | None]
