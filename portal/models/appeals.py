"""Appeals against decisions of moderation. Triggers keep what was written and what was ruled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.appeals import AppealOutcome
from portal.models.base import Base, code_of


class Appeal(Base):
    """The author's objection to a decision; one for each decision.

    `against` is who made the decision (the foreign key keeps it so), and by the CHECK it is never
    who rules. A lapsed appeal was ruled by nobody.
    """

    __tablename__ = "appeal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["decision_id", "against"], ["moderation_decision.id", "moderation_decision.decided_by"]
        ),
        CheckConstraint("text <> ''", name="says_why"),
        CheckConstraint("decided_by IS NULL OR decided_by <> against", name="another_decides"),
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="ruled_when"),
        CheckConstraint(
            "outcome IS NULL OR outcome = 'lapsed' OR (decided_by IS NOT NULL AND reasons <> '')",
            name="ruled_why",
        ),
        Index("ix_appeal_comment", "comment_id", "id"),
        Index("ix_appeal_open", "outcome", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    decision_id: Mapped[int] = mapped_column(unique=True)
    against: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    outcome: Mapped[AppealOutcome | None] = mapped_column(code_of(AppealOutcome))
    reasons: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
