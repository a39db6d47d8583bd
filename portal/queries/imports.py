"""Reads of imports: for their page, for the list beside the draft, for the job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from portal.domain.drafts import ImportStatus
from portal.domain.errors import DomainError
from portal.models import DraftImport, DraftVersion, User, db

SHOWN = 5


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import as its page shows it. `version` is the number of the version it was read into."""

    id: int
    file_name: str
    file_sha256: str
    translation: bool
    status: ImportStatus
    progress: int
    error_code: str
    error_params: dict[str, Any]
    report: dict[str, Any]
    created_at: datetime
    by: str | None
    version: int | None

    @property
    def running(self) -> bool:
        return self.status in (ImportStatus.WAITING, ImportStatus.READING)

    @property
    def error(self) -> DomainError:
        return DomainError(self.error_code, **self.error_params)


def find_import(document_id: int, import_id: int) -> ImportView | None:
    """One import of that document."""
    found = _views(DraftImport.document_id == document_id, DraftImport.id == import_id)
    return found[0] if found else None


def list_imports(document_id: int) -> tuple[ImportView, ...]:
    """The newest imports of a document, newest first."""
    return _views(DraftImport.document_id == document_id)


def _views(*which: Any) -> tuple[ImportView, ...]:
    query = (
        select(
            DraftImport.id,
            DraftImport.file_name,
            DraftImport.file_sha256,
            DraftImport.translation,
            DraftImport.status,
            DraftImport.progress,
            DraftImport.error_code,
            DraftImport.error_params,
            DraftImport.report,
            DraftImport.created_at,
            User.name,
            DraftVersion.number,
        )
        .outerjoin(User, User.id == DraftImport.created_by)
        .outerjoin(DraftVersion, DraftVersion.id == DraftImport.version_id)
        .where(*which)
        .order_by(DraftImport.id.desc())
        .limit(SHOWN)
    )
    return tuple(ImportView(*row) for row in db.session.execute(query))


def left_lying(asked_before: datetime, begun_before: datetime) -> tuple[int, ...]:
    """Imports that nobody took up since, or whose worker must have been killed; oldest first."""
    query = select(DraftImport.id).where(
        or_(
            (DraftImport.status == ImportStatus.WAITING) & (DraftImport.created_at <= asked_before),
            (DraftImport.status == ImportStatus.READING) & (DraftImport.begun_at <= begun_before),
        )
    )
    return tuple(db.session.scalars(query.order_by(DraftImport.id)))
