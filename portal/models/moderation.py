"""Moderation decisions: appended, never changed (triggers refuse it)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.models.base import Base, code_of


class ModerationDecision(Base):
    """One decision on one comment, made on its `revision`.

    The UNIQUE pair makes two decisions on the same revision impossible, whoever comes second.
    `spans` is a list of `{"field", "start", "end", "ground"}`, in characters of that field.
    `files` is a list of `{"file", "ground"}`: the files of the comment that it shows, and those
    that it withholds on a ground.
    `waited` is for how many seconds the comment had been waiting; None where it was not.
    """

    __tablename__ = "moderation_decision"
    __table_args__ = (
        UniqueConstraint("comment_id", "revision"),
        CheckConstraint("outcome = 'publish' OR ground IS NOT NULL", name="ground_given"),
        # What an appeal refers to: a decision and who made it.
        Index("uq_moderation_decision_by", "id", "decided_by", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    revision: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(code_of(Outcome))
    ground: Mapped[Ground | None] = mapped_column(code_of(Ground))
    note: Mapped[str] = mapped_column(Text, default="")
    spans: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    decided_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime]
    waited: Mapped[int | None]
