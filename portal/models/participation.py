"""Workshops whose report was taken in as comments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class Workshop(Base):
    """The provenance of comments made at a workshop; no person's name is kept.

    `indicators` are the measures proposed there: `{"document", "axis", "text"}` each. They are
    not comments, and are shown with the workshop. `warnings` are the oddities of the report.
    """

    __tablename__ = "workshop"
    __table_args__ = (
        UniqueConstraint("consultation_id", "source_sha256"),
        CheckConstraint("total IS NULL OR total >= 0", name="total"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    held_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(String(300), default="")
    total: Mapped[int | None]
    women: Mapped[int | None]
    men: Mapped[int | None]
    governorates: Mapped[list[str]] = mapped_column(JSON, default=list)
    indicators: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    warnings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    source_sha256: Mapped[str] = mapped_column(String(64))
    taken_in_at: Mapped[datetime]
    taken_in_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
