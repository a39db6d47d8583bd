"""Published editions of the response matrix: frozen, triggers refuse any change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.responses import Disposition
from portal.domain.submissions import SenderClass
from portal.models.base import Base, code_of


class MatrixEdition(Base):
    """A numbered, immutable publication. From the second on it is a corrigendum with a reason.

    `counts` holds the numbers of the edition (see `domain.matrices.Counts`); `digest` is the
    SHA-256 of the canonical JSON of its rows.
    """

    __tablename__ = "matrix_edition"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("number = 1 OR reason <> ''", name="corrigendum_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]
    published_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class MatrixRow(Base):
    """One row, as published: `cells` has every column of DOMAIN.md by its code.

    The other columns repeat what the page filters by; `folded` is the search form of the words.
    """

    __tablename__ = "matrix_row"
    __table_args__ = (
        UniqueConstraint("edition_id", "ref"),
        UniqueConstraint("edition_id", "position"),
        Index("ix_matrix_row_disposition", "edition_id", "disposition"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("matrix_edition.id"))
    position: Mapped[int]
    ref: Mapped[str] = mapped_column(String(20))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    document_number: Mapped[int | None]
    article: Mapped[str] = mapped_column(String(200), default="")
    disposition: Mapped[Disposition] = mapped_column(code_of(Disposition))
    sender_class: Mapped[SenderClass] = mapped_column(code_of(SenderClass))
    folded: Mapped[str] = mapped_column(Text)
    cells: Mapped[dict[str, Any]] = mapped_column(JSON)
