"""Published editions of the response matrix: frozen, triggers refuse any change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.editions import Difference
from portal.domain.responses import Disposition
from portal.domain.submissions import SenderClass
from portal.models.base import Base, code_of

DIFFERS = text("difference IS NOT NULL")


class MatrixEdition(Base):
    """A numbered, immutable publication; it is there when all its rows are, and not before.

    Its id is that of the run that made it. `interim`: answered in part. `corrects` is the number
    of the edition that it corrects, and then `reason` says why. `counts` holds the numbers of the
    edition (`domain.matrices.Counts`), `places` what its rows are about (`[document, article]`, in
    their order), `differences` how many rows differ from which edition before; `digest` is the
    SHA-256 of the canonical JSON of its rows.
    """

    __tablename__ = "matrix_edition"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("corrects IS NULL OR reason <> ''", name="corrigendum_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    interim: Mapped[bool] = mapped_column(default=False)
    corrects: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    places: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    differences: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]
    published_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class MatrixRow(Base):
    """One row, as published: `cells` has every column of DOMAIN.md by its code.

    The other columns repeat what the page filters by; `folded` is the search form of the words.
    No disposition: still under study, in an interim edition. `difference` from the edition before.
    """

    __tablename__ = "matrix_row"
    __table_args__ = (
        UniqueConstraint("edition_id", "ref"),
        UniqueConstraint("edition_id", "position"),
        # All that the page narrows by: a page is found here before any row is read.
        Index(
            "ix_matrix_row_filters",
            "edition_id",
            "position",
            "disposition",
            "sender_class",
            "document_number",
            "article",
        ),
        Index(
            "ix_matrix_row_difference",
            "edition_id",
            "position",
            sqlite_where=DIFFERS,
            postgresql_where=DIFFERS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition_run.id"))
    position: Mapped[int]
    ref: Mapped[str] = mapped_column(String(20))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    document_number: Mapped[int | None]
    article: Mapped[str] = mapped_column(String(200), default="")
    disposition: Mapped[Disposition | None] = mapped_column(code_of(Disposition))
    sender_class: Mapped[SenderClass] = mapped_column(code_of(SenderClass))
    difference: Mapped[Difference | None] = mapped_column(code_of(Difference))
    folded: Mapped[str] = mapped_column(Text)
    cells: Mapped[dict[str, Any]] = mapped_column(JSON)
