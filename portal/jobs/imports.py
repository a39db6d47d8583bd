"""The job that reads a draft's file in: each step in a short transaction of its own."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from flask import Flask

from portal.adapters import originals
from portal.adapters.database import unit_of_work
from portal.adapters.reading import read_safely
from portal.domain.accounts import Actor
from portal.domain.draft_sources import SourceDraft
from portal.domain.drafts import Tracked
from portal.domain.errors import DomainError
from portal.models import Document, DraftImport, db
from portal.queries.imports import left_lying
from portal.services import drafts, imports, structure

NOT_NUDGED_AFTER = timedelta(seconds=20)
STEP = 5  # per cent between two words of progress
log = structlog.get_logger()


def run(app: Flask, import_id: int) -> None:
    """Read one import in, unless another worker does. Whatever happens, its row says so."""
    clock = app.extensions["clock"]
    with unit_of_work():
        asked = imports.take_up(clock(), import_id)
        work = (asked.file_sha256, asked.file_name, asked.tracked) if asked else None
    if work is None:
        return
    try:
        _finish(clock(), import_id, _read(app, import_id, *work))
    except DomainError as error:
        _refuse(clock(), import_id, error)
    except Exception as error:
        log.error("import failed", import_id=import_id, exc_info=error)
        _refuse(clock(), import_id, DomainError("file_unreadable"))


def _read(app: Flask, import_id: int, sha256: str, name: str, tracked: Tracked) -> SourceDraft:
    told = 0

    def tell(percent: int) -> None:
        nonlocal told
        if percent >= told + STEP:
            told = percent
            with unit_of_work():
                imports.advance(import_id, percent)

    data = originals.load(app.extensions["settings"].data, sha256)
    return read_safely(data, name, tracked, tell)


def _finish(now: datetime, import_id: int, draft: SourceDraft) -> None:
    with unit_of_work():
        asked = db.session.get_one(DraftImport, import_id)
        actor = Actor(asked.created_by, ())
        document = db.session.get_one(Document, asked.document_id)
        if not asked.translation:
            version = drafts.import_source(
                actor, now, document, draft, asked.file_name, asked.file_sha256
            )
            imports.finish(now, asked, version)
            return
        working = imports.working(document.id)
        if working is None:
            raise DomainError("no_working_version")
        attached = structure.translate(actor, now, working, draft)
        imports.finish(now, asked, working, attached)


def _refuse(now: datetime, import_id: int, error: DomainError) -> None:
    with unit_of_work():
        imports.refuse(now, import_id, error)


def take_up_left(app: Flask, now: datetime) -> int:
    """Read in what nobody was told of, and what a killed worker left; gives how many."""
    left = left_lying(now - NOT_NUDGED_AFTER, now - imports.KILLED_AFTER)
    db.session.rollback()
    for import_id in left:
        run(app, import_id)
    return len(left)
