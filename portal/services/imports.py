"""A file on its way into a draft: asked for, taken up by the job, finished or refused.

The row is the truth: a job that was killed is taken up again, `MOST_ATTEMPTS` times.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from portal.domain.accounts import Actor
from portal.domain.drafts import ImportStatus, Tracked
from portal.domain.errors import DomainError
from portal.domain.given_files import check_size, shown_name
from portal.domain.translations import Attached
from portal.models import Document, DraftImport, DraftVersion, db

MOST_ATTEMPTS = 3
KILLED_AFTER = timedelta(minutes=5)  # no reader is given as long as that
RUNNING = (ImportStatus.WAITING, ImportStatus.READING)
MOST_TOLD = 100


def check_file(name: str, size: int) -> None:
    """Raise `file_missing`, `file_holds_nothing` or `file_too_large` (field `file`)."""
    if not name:
        raise DomainError("file_missing", field="file")
    check_size(size)


def request_import(
    actor: Actor,
    now: datetime,
    document: Document,
    *,
    file_name: str,
    file_sha256: str,
    tracked: Tracked = Tracked.ACCEPT,
    translation: bool = False,
) -> DraftImport:
    """Lay a kept file before the job. Raises `import_under_way`, `no_working_version`."""
    under_way = select(DraftImport.id).where(
        DraftImport.document_id == document.id, DraftImport.status.in_(RUNNING)
    )
    if db.session.scalar(under_way.limit(1)):
        raise DomainError("import_under_way", field="file", status=409)
    if translation and working(document.id) is None:
        raise DomainError("no_working_version", field="file", status=409)
    asked = DraftImport(
        document_id=document.id,
        file_name=shown_name(file_name),
        file_sha256=file_sha256,
        tracked=tracked,
        translation=translation,
        status=ImportStatus.WAITING,
        created_at=now,
        created_by=actor.user_id,
    )
    db.session.add(asked)
    db.session.flush()
    return asked


def working(document_id: int) -> DraftVersion | None:
    """The version of a document that is being prepared."""
    query = select(DraftVersion).where(
        DraftVersion.document_id == document_id, DraftVersion.published_at.is_(None)
    )
    return db.session.scalar(query)


def take_up(now: datetime, import_id: int) -> DraftImport | None:
    """Begin reading; None where another has, or has done so already.

    One whose worker was killed again and again is given up: `import_given_up`.
    """
    asked = db.session.get(DraftImport, import_id, with_for_update=True)
    if asked is None or asked.status not in RUNNING:
        return None
    if asked.status is ImportStatus.READING and not _killed(asked, now):
        return None
    if asked.attempts >= MOST_ATTEMPTS:
        refuse(now, import_id, DomainError("import_given_up"))
        return None
    asked.status = ImportStatus.READING
    asked.begun_at = now
    asked.attempts += 1
    asked.progress = 0
    return asked


def _killed(asked: DraftImport, now: datetime) -> bool:
    return asked.begun_at is None or now - asked.begun_at >= KILLED_AFTER


def advance(import_id: int, percent: int) -> None:
    """Say how far it is."""
    of_it = (DraftImport.id == import_id) & (DraftImport.status == ImportStatus.READING)
    db.session.execute(update(DraftImport).where(of_it).values(progress=min(max(percent, 0), 99)))


def finish(
    now: datetime, asked: DraftImport, version: DraftVersion, attached: Attached | None = None
) -> None:
    """It is read in; of a translation, what was not matched is kept to be shown."""
    asked.status = ImportStatus.DONE
    asked.progress = 100
    asked.version_id = version.id
    asked.finished_at = now
    if attached is not None:
        asked.report = {
            "matched": attached.matched,
            "left": list(attached.left[:MOST_TOLD]),
            "missing": list(attached.missing[:MOST_TOLD]),
            "left_count": len(attached.left),
            "missing_count": len(attached.missing),
        }


def refuse(now: datetime, import_id: int, error: DomainError) -> None:
    """It cannot be read; `error` says why, and the working version stays as it was."""
    asked = db.session.get(DraftImport, import_id)
    if asked is not None:
        asked.status = ImportStatus.FAILED
        asked.error_code = error.code
        asked.error_params = _plain(error.params)
        asked.finished_at = now


def _plain(params: dict[str, object]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, int | float | bool) else str(value)
        for name, value in params.items()
    }
