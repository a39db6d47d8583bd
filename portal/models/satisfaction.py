"""What authors say of the answers to their comments: beside the frozen rows, with its own date."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.grounds import Ground
from portal.domain.satisfaction import SentenceStatus
from portal.models.base import Base, code_of


class Satisfaction(Base):
    """An author's word on one row, said once: of the answer in edition `edition_number`.

    `part` is 0 where the comment is whole. The sentence waits for a moderator; `status` is None
    where there is none.
    """

    __tablename__ = "satisfaction"
    __table_args__ = (
        CheckConstraint("(sentence = '') = (status IS NULL)", name="status_of_sentence"),
        CheckConstraint("status <> 'withheld' OR ground IS NOT NULL", name="withheld_why"),
        CheckConstraint("(looked_by IS NULL) = (looked_at IS NULL)", name="looked_when"),
        Index("ix_satisfaction_said", "consultation_id", "satisfied"),
        Index("ix_satisfaction_status", "status", "given_at"),
    )

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True, default=0, autoincrement=False)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    edition_number: Mapped[int]
    satisfied: Mapped[bool]
    sentence: Mapped[str] = mapped_column(Text, default="")
    given_at: Mapped[datetime]
    status: Mapped[SentenceStatus | None] = mapped_column(code_of(SentenceStatus))
    ground: Mapped[Ground | None] = mapped_column(code_of(Ground))
    looked_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    looked_at: Mapped[datetime | None]
