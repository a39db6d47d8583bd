"""Beside responses: what is typed and not recorded yet, who looks at one now, reasons to reuse."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.responses import Disposition
from portal.models.base import Base, code_of


class ResponseWorking(Base):
    """What a person typed into the form of a response and did not record: theirs alone.

    `key` names the form (`domain.response_keys`); `typed` are its fields by name; `seen` is the
    revision of the response that the form was opened with; `revision` counts the copies kept, so
    that of two windows of one person the later does not overwrite the other unseen.
    """

    __tablename__ = "response_working"
    __table_args__ = (UniqueConstraint("consultation_id", "user_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    key: Mapped[str] = mapped_column(String(80))
    typed: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    seen: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime]


class ResponsePresence(Base):
    """Who has the form of a response open, and when their page last said so."""

    __tablename__ = "response_presence"
    __table_args__ = (Index("ix_response_presence_at", "at"),)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    at: Mapped[datetime]


class ReasonTemplate(Base):
    """A reason that a body's team keeps for reuse; `disposition` is the decision it goes with.

    The texts may hold placeholders (`domain.reason_templates`).
    """

    __tablename__ = "reason_template"
    __table_args__ = (
        UniqueConstraint("body_id", "title"),
        CheckConstraint("text_ar <> '' OR text_en <> ''", name="says_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("public_body.id"))
    title: Mapped[str] = mapped_column(String(120))
    disposition: Mapped[Disposition | None] = mapped_column(code_of(Disposition))
    text_ar: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=0)
    changed_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[datetime]
