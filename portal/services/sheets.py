"""A spreadsheet on its way in: laid before the job, read, confirmed by a person, written.

The row of the import is the truth: a job that was killed is taken up again, `MOST_ATTEMPTS` times.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError, Stale
from portal.domain.given_files import check_size, shown_name
from portal.domain.record import Entry
from portal.domain.row_refs import RowRef, parse_ref
from portal.domain.sheets import RUNNING, RowOutcome, SheetKind, SheetStatus
from portal.models import Consultation, SheetImport, SheetRow, db
from portal.models.ledger import write_down

MOST_ATTEMPTS = 3
KILLED_AFTER = timedelta(minutes=5)  # no reader is given as long, and each batch says it lives


def check_file(name: str, size: int) -> None:
    """Raise `sheet_missing`, `file_holds_nothing` or `file_too_large` (field `file`)."""
    if not name:
        raise DomainError("sheet_missing", field="file")
    check_size(size)


def request(
    actor: Actor,
    now: datetime,
    consultation_id: int,
    kind: SheetKind,
    *,
    file_name: str,
    file_sha256: str,
    options: Mapping[str, Any] | None = None,
) -> SheetImport:
    """Lay a kept file before the job."""
    asked = SheetImport(
        consultation_id=consultation_id,
        kind=kind,
        file_name=shown_name(file_name),
        file_sha256=file_sha256,
        options=dict(options or {}),
        status=SheetStatus.WAITING,
        created_at=now,
        created_by=actor.user_id,
    )
    db.session.add(asked)
    db.session.flush()
    return asked


def take_up(now: datetime, import_id: int) -> SheetImport | None:
    """Begin to read or to write; None where another worker does, or it is done."""
    asked = db.session.get(SheetImport, import_id, with_for_update=True)
    if asked is None or asked.status not in RUNNING:
        return None
    if asked.begun_at is not None and now - asked.begun_at < KILLED_AFTER:
        return None
    if asked.attempts >= MOST_ATTEMPTS:
        refuse(now, import_id, DomainError("import_given_up"))
        return None
    if asked.status is SheetStatus.WAITING:
        asked.status = SheetStatus.READING
    asked.begun_at = now
    asked.attempts += 1
    return asked


def keep(
    now: datetime, asked: SheetImport, rows: Iterable[SheetRow], exported_at: datetime | None
) -> None:
    """It is read: its rows wait to be looked through."""
    for row in rows:
        row.import_id = asked.id
        row.outcome = RowOutcome.NONE
        db.session.add(row)
    asked.status = SheetStatus.READ
    asked.progress = 100
    asked.exported_at = exported_at
    asked.begun_at = None
    asked.attempts = 0
    db.session.flush()


def refuse(now: datetime, import_id: int, error: DomainError) -> None:
    """It cannot be read or written on; `error` says why, and nothing else changes."""
    asked = db.session.get(SheetImport, import_id)
    if asked is not None:
        asked.status = SheetStatus.FAILED
        asked.error_code = error.code
        asked.error_params = plain_params(error)
        asked.finished_at = now


def plain_params(error: DomainError) -> dict[str, Any]:
    """The parameters of an error as JSON can hold them."""
    return {
        name: value if isinstance(value, int | float | bool) else str(value)
        for name, value in error.params.items()
    }


def confirm(
    actor: Actor,
    now: datetime,
    asked: SheetImport,
    *,
    chosen: Collection[int] = (),
    as_ready: bool = False,
    stands: Mapping[RowRef, str] | None = None,
    agreed: str = "",
    shown: str = "",
) -> None:
    """Let it be written. `stands` says how each row stands now, and `agreed` sums them up.

    `shown` is that sum as it was when the person looked: raises `Stale` where anything changed
    since. `chosen` are the rows that are taken although their answer changed since the file was
    given out.
    """
    if asked.status is not SheetStatus.READ:
        raise DomainError("sheet_not_waiting", status=409)
    if agreed != shown:
        raise Stale("sheet_stands_changed")
    for row in db.session.scalars(select(SheetRow).where(SheetRow.import_id == asked.id)):
        row.chosen = row.id in chosen
        if stands is not None and row.ref:
            row.agreed = stands.get(parse_ref(row.ref), "")
    asked.status = SheetStatus.WRITING
    asked.as_ready = as_ready
    asked.progress = 0
    asked.begun_at = None
    asked.attempts = 0
    asked.confirmed_at = now
    asked.confirmed_by = actor.user_id
    db.session.flush()


def discard(now: datetime, asked: SheetImport) -> None:
    """Nothing of it is to be written."""
    if asked.status is not SheetStatus.READ:
        raise DomainError("sheet_not_waiting", status=409)
    asked.status = SheetStatus.DISCARDED
    asked.finished_at = now


def settle(
    rows: Iterable[SheetRow],
    outcome: RowOutcome,
    *,
    result: int | None = None,
    errors: Iterable[DomainError] = (),
) -> None:
    """Say what became of rows; of those written as drafts, `errors` say what they still lack."""
    kept = [{"code": error.code, "params": plain_params(error)} for error in errors]
    for row in rows:
        row.outcome = outcome
        row.result = result
        row.refusals = kept


def advance(now: datetime, asked: SheetImport, percent: int) -> None:
    """Say how far the writing is, and that the worker lives."""
    asked.progress = min(max(percent, asked.progress), 99)
    asked.begun_at = now


def finish(now: datetime, asked: SheetImport, recorded: int) -> None:
    """All rows are settled: the record says whose file it was and how much came of it."""
    asked.status = SheetStatus.DONE
    asked.progress = 100
    asked.finished_at = now
    consultation = db.session.get_one(Consultation, asked.consultation_id)
    if asked.kind is SheetKind.ANSWERS:
        write_down(
            Entry.ANSWERS_IMPORTED,
            at=now,
            subject=f"import {asked.id}",
            content={
                "consultation": consultation.slug,
                "import": asked.id,
                "file": asked.file_sha256,
                "rows": recorded,
            },
            consultation_id=asked.consultation_id,
            actor_id=asked.confirmed_by,
        )
