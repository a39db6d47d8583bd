"""Reads of publications under way and done, for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from portal.domain.editions import AT_WORK, UNFINISHED, UNPUBLISHED, RunStatus
from portal.domain.errors import DomainError
from portal.models import EditionFile, EditionRun, User, db

SHOWN = 20


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that was made of an edition; `size` in bytes."""

    format: str
    language: str
    name: str
    sha256: str
    size: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class RunView:
    """A publication as its page shows it. `edition_number` once the edition is out."""

    id: int
    interim: bool
    reason: str
    status: RunStatus
    done: int
    total: int
    requested_at: datetime
    changed_at: datetime
    by: str
    edition_number: int | None
    error_code: str
    error_params: dict[str, Any]

    @property
    def running(self) -> bool:
        """Whether anything of it is still to be done."""
        return self.status not in (RunStatus.DONE, RunStatus.FAILED)

    @property
    def unpublished(self) -> bool:
        return self.status in UNPUBLISHED

    @property
    def open(self) -> bool:
        """Whether another has to wait for it."""
        return self.status in UNFINISHED

    @property
    def error(self) -> DomainError:
        return DomainError(self.error_code, **self.error_params)


def find_run(consultation_id: int, run_id: int) -> RunView | None:
    """One publication of that consultation."""
    found = _views(EditionRun.consultation_id == consultation_id, EditionRun.id == run_id)
    return found[0] if found else None


def list_runs(consultation_id: int) -> tuple[RunView, ...]:
    """The newest publications of a consultation, newest first."""
    return _views(EditionRun.consultation_id == consultation_id)


def _views(*which: Any) -> tuple[RunView, ...]:
    query: Select[*tuple[Any, ...]] = (
        select(
            EditionRun.id,
            EditionRun.interim,
            EditionRun.reason,
            EditionRun.status,
            EditionRun.done,
            EditionRun.total,
            EditionRun.requested_at,
            EditionRun.changed_at,
            User.name,
            EditionRun.edition_number,
            EditionRun.error_code,
            EditionRun.error_params,
        )
        .join(User, User.id == EditionRun.requested_by)
        .where(*which)
        .order_by(EditionRun.id.desc())
        .limit(SHOWN)
    )
    found = db.session.execute(query).all()
    return tuple(RunView(*row) for row in found)


def files_of(edition_id: int) -> tuple[FileView, ...]:
    """The files kept of an edition."""
    query = select(
        EditionFile.format,
        EditionFile.language,
        EditionFile.name,
        EditionFile.sha256,
        EditionFile.size,
        EditionFile.made_at,
    ).where(EditionFile.edition_id == edition_id)
    return tuple(FileView(*row) for row in db.session.execute(query.order_by(EditionFile.id)))


def is_filing(edition_id: int) -> bool:
    """Whether files of the edition are still being made."""
    query = select(EditionRun.status).where(EditionRun.id == edition_id)
    return db.session.scalar(query) is RunStatus.FILING


def at_work() -> list[int]:
    """The runs that are to be carried on, oldest first."""
    query = select(EditionRun.id).where(EditionRun.status.in_(AT_WORK))
    return list(db.session.scalars(query.order_by(EditionRun.id)))
