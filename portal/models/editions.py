"""Publications of the matrix on their way, and the files made of what is published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.editions import RunStatus
from portal.models.base import Base, code_of

OPEN = text("status IN ('waiting', 'freezing', 'telling')")


class EditionRun(Base):
    """A publication that was asked for, and how far it is. Its edition will have the same id.

    Rows are written under that id portion by portion; nobody reads them until the edition itself
    is there, which is written last. `attempts` is the token of the worker that holds it: one that
    was taken for dead can write nothing more. `done` of `total` counts rows, then files;
    `told_up_to` is the last submission whose author was told.
    """

    __tablename__ = "edition_run"
    __table_args__ = (
        Index("ix_edition_run_consultation", "consultation_id", "id"),
        Index("ix_edition_run_status", "status", "id"),
        # Two publications at once: the database has room for one.
        Index(
            "uq_edition_run_open",
            "consultation_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    interim: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[RunStatus] = mapped_column(code_of(RunStatus))
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    told_up_to: Mapped[int] = mapped_column(default=0)
    requested_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    requested_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    edition_number: Mapped[int | None]
    error_code: Mapped[str] = mapped_column(String(60), default="")
    error_params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class EditionRestated(Base):
    """The digest of an edition's rows since the words of some were erased; the record says why."""

    __tablename__ = "edition_restated"

    edition_id: Mapped[int] = mapped_column(ForeignKey("matrix_edition.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class EditionFile(Base):
    """A file of a published edition, kept under the SHA-256 of its bytes (`adapters.originals`)."""

    __tablename__ = "edition_file"
    __table_args__ = (UniqueConstraint("edition_id", "format", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("matrix_edition.id"))
    format: Mapped[str] = mapped_column(String(24))
    language: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    made_at: Mapped[datetime]
