"""The job for spreadsheets: reads them in, and writes them once they are confirmed."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from flask import Flask

from portal.adapters import originals
from portal.adapters.database import begin_write, unit_of_work
from portal.domain.errors import DomainError
from portal.domain.sheets import RowOutcome, SheetKind, SheetStatus
from portal.jobs.sheet_reading import read, rows_in
from portal.jobs.sheet_writing import write_answers, write_comments
from portal.models import Consultation, SheetImport, db
from portal.policies.table import Act, in_phase
from portal.queries.consultations import find_scope
from portal.queries.sheets import left_lying, rows_of
from portal.services import sheets

NOT_NUDGED_AFTER = timedelta(seconds=20)
BATCH = 50  # answers in one transaction: others wait for SQLite's one lock as long
ACTS = {SheetKind.ANSWERS: Act.RESPOND, SheetKind.COMMENTS: Act.TAKE_IN_COMMENTS}
log = structlog.get_logger()


def run(app: Flask, import_id: int) -> None:
    """Read or write one import, unless another worker does. Whatever happens, its row says so."""
    clock = app.extensions["clock"]
    with unit_of_work():
        asked = sheets.take_up(clock(), import_id)
        status = asked.status if asked else None
    if status is None:
        return
    try:
        if status is SheetStatus.READING:
            _read(app, clock(), import_id)
        else:
            while _write_on(clock(), import_id):
                pass
    except DomainError as error:
        _refuse(clock(), import_id, error)
    except Exception as error:
        log.error("sheet import failed", import_id=import_id, exc_info=error)
        _refuse(clock(), import_id, DomainError("sheet_broken_off"))


def _refuse(now: datetime, import_id: int, error: DomainError) -> None:
    with unit_of_work():
        sheets.refuse(now, import_id, error)


def _read(app: Flask, now: datetime, import_id: int) -> None:
    asked = db.session.get_one(SheetImport, import_id)
    data = originals.load(app.extensions["settings"].data, asked.file_sha256)
    db.session.rollback()  # nothing is held while the file is read
    found = read(data)
    with unit_of_work():
        asked = db.session.get_one(SheetImport, import_id)
        rows, exported_at = rows_in(asked, found)
        sheets.keep(now, asked, rows, exported_at)


def _write_on(now: datetime, import_id: int) -> bool:
    """One batch; False when all rows are settled."""
    begin_write()
    asked = db.session.get_one(SheetImport, import_id)
    _check_phase(asked, now)
    rows = rows_of(import_id)
    waiting = [row for row in rows if row.outcome is RowOutcome.NONE]
    if waiting:
        write = write_answers if asked.kind is SheetKind.ANSWERS else write_comments
        write(now, asked, waiting, BATCH)
    left = sum(row.outcome is RowOutcome.NONE for row in rows)
    if left:
        sheets.advance(now, asked, 100 * (len(rows) - left) // len(rows))
    else:
        recorded = sum(row.outcome is RowOutcome.RECORDED for row in rows)
        sheets.finish(now, asked, recorded)
    db.session.commit()
    return left > 0


def _check_phase(asked: SheetImport, now: datetime) -> None:
    """What was confirmed in time is written in time, or not at all."""
    slug = db.session.get_one(Consultation, asked.consultation_id).slug
    scope = find_scope(slug, now)
    if scope is None or not in_phase(ACTS[asked.kind], scope.phase):
        raise DomainError("sheet_out_of_time")


def take_up_left(app: Flask, now: datetime) -> int:
    """Carry on with what nobody was told of, and what a killed worker left; gives how many."""
    left = left_lying(now - NOT_NUDGED_AFTER, now - sheets.KILLED_AFTER)
    db.session.rollback()
    for import_id in left:
        run(app, import_id)
    return len(left)
