"""The summary 'we asked, you said, we did': every version that was kept, those published locked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class Summary(Base):
    """One version of the summary of an edition, numbered from 1 in its consultation.

    Whoever saves makes a new version. `figures` are those of its edition
    (`domain.summaries.Figures`), kept when it is published: a trigger then refuses any change.
    """

    __tablename__ = "summary"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("(published_at IS NULL) = (published_by IS NULL)", name="published_by"),
        CheckConstraint("published_by IS NULL OR published_by <> written_by", name="four_eyes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("matrix_edition.id"))
    number: Mapped[int]
    asked_ar: Mapped[str] = mapped_column(Text)
    asked_en: Mapped[str] = mapped_column(Text)
    said_ar: Mapped[str] = mapped_column(Text)
    said_en: Mapped[str] = mapped_column(Text)
    did_ar: Mapped[str] = mapped_column(Text)
    did_en: Mapped[str] = mapped_column(Text)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    written_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    published_at: Mapped[datetime | None]
