"""Spreadsheets on their way in: read, looked through, confirmed, written row by row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.sheets import RowOutcome, SheetKind, SheetStatus
from portal.models.base import Base, code_of
from portal.models.personal import SealedJSON


class SheetImport(Base):
    """A file of answers or comments. Nothing of it is written anywhere else until it is confirmed.

    `options` are what was said with the file: of comments whose they are, of which document.
    `exported_at` is when the portal gave the file out. `as_ready`: complete answers are handed on
    for review. `error_code` and `error_params` say why the whole was refused.
    """

    __tablename__ = "sheet_import"
    __table_args__ = (
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        CheckConstraint("(status = 'failed') = (error_code <> '')", name="failed_why"),
        Index("ix_sheet_import_consultation", "consultation_id", "id"),
        Index("ix_sheet_import_status", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    kind: Mapped[SheetKind] = mapped_column(code_of(SheetKind))
    file_name: Mapped[str] = mapped_column(String(255))
    file_sha256: Mapped[str] = mapped_column(String(64))
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    status: Mapped[SheetStatus] = mapped_column(code_of(SheetStatus))
    progress: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    error_code: Mapped[str] = mapped_column(String(60), default="")
    error_params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    exported_at: Mapped[datetime | None]
    as_ready: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    begun_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    finished_at: Mapped[datetime | None]


class SheetRow(Base):
    """A row of such a file: `position` is its number there, `ref` the matrix row it is about.

    `given` has the cells by column; `cells` where each stands (`C17`); `seen` what the answer was
    when the file was given out (`domain.answer_sheets.token`), and `agreed` what it was when the
    import was confirmed. `faults` are `{cell, code, params}`. `chosen`: it is taken although its
    answer changed meanwhile. `result` is the response or comment that came of it.
    """

    __tablename__ = "sheet_row"
    __table_args__ = (UniqueConstraint("import_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("sheet_import.id"))
    position: Mapped[int]
    ref: Mapped[str] = mapped_column(String(20), default="")
    given: Mapped[dict[str, Any]] = mapped_column(SealedJSON("sheet_row.given"))
    cells: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    seen: Mapped[str] = mapped_column(String(80), default="")
    agreed: Mapped[str] = mapped_column(String(80), default="")
    faults: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    chosen: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[RowOutcome] = mapped_column(code_of(RowOutcome))
    refusals: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    result: Mapped[int | None]
