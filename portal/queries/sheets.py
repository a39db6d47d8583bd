"""Reads of spreadsheets on their way in: their page, the preview of answers, the job."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from portal.domain.answer_rows import Filled, Now, RowState, bundles, state_of
from portal.domain.errors import DomainError
from portal.domain.responses import Answer, Disposition, faults
from portal.domain.row_refs import RowKey, RowRef, parse_ref
from portal.domain.sheets import RUNNING, RowOutcome, SheetKind, SheetStatus
from portal.domain.submissions import Channel
from portal.models import Comment, Provision, SheetImport, SheetRow, Submission, User, db
from portal.queries.answer_sheets import load_now
from portal.queries.check_rows import load_rows

SHOWN = 20


@dataclass(frozen=True, slots=True)
class SheetView:
    """An import in a list, or at the head of its page."""

    id: int
    kind: SheetKind
    file_name: str
    status: SheetStatus
    progress: int
    error_code: str
    error_params: dict[str, Any]
    options: dict[str, Any]
    exported_at: datetime | None
    as_ready: bool
    created_at: datetime
    by: str | None

    @property
    def running(self) -> bool:
        return self.status in RUNNING

    @property
    def error(self) -> DomainError:
        return DomainError(self.error_code, **self.error_params)


def list_sheets(consultation_id: int, kind: SheetKind) -> tuple[SheetView, ...]:
    """The newest imports of that kind in a consultation, newest first."""
    return _views(SheetImport.consultation_id == consultation_id, SheetImport.kind == kind)


def view_sheet(import_id: int) -> SheetView:
    """An import that is there."""
    return _views(SheetImport.id == import_id)[0]


def _views(*which: Any) -> tuple[SheetView, ...]:
    columns = (
        SheetImport.id,
        SheetImport.kind,
        SheetImport.file_name,
        SheetImport.status,
        SheetImport.progress,
        SheetImport.error_code,
        SheetImport.error_params,
        SheetImport.options,
        SheetImport.exported_at,
        SheetImport.as_ready,
        SheetImport.created_at,
        User.name,
    )
    query = select(*columns).outerjoin(User, User.id == SheetImport.created_by).where(*which)
    found = db.session.execute(query.order_by(SheetImport.id.desc()).limit(SHOWN))
    return tuple(SheetView(*row) for row in found)


def find_sheet(consultation_id: int, import_id: int) -> SheetImport | None:
    """The mapped import of that consultation, for services."""
    query = select(SheetImport).where(
        SheetImport.consultation_id == consultation_id, SheetImport.id == import_id
    )
    return db.session.scalar(query)


def rows_of(import_id: int) -> list[SheetRow]:
    """Every row of an import, in the order of the file."""
    query = select(SheetRow).where(SheetRow.import_id == import_id)
    return list(db.session.scalars(query.order_by(SheetRow.position)))


def filled_of(given: Mapping[str, Any]) -> Filled:
    """An answer again, from what was kept of a row."""
    return Filled(**{**given, "places": tuple(given["places"])})


@dataclass(frozen=True, slots=True)
class Compared:
    """A row of a file beside the answer of now."""

    row: SheetRow
    ref: RowRef | None
    filled: Filled
    now: Now | None
    state: RowState
    torn: bool = False

    @property
    def written(self) -> bool:
        """Whether it is written when the import is confirmed as it stands."""
        fresh = self.state in (RowState.NEW, RowState.CHANGED)
        return not self.torn and (fresh or (self.state is RowState.CONFLICT and self.row.chosen))


def compare_rows(consultation_id: int, rows: Iterable[SheetRow]) -> list[Compared]:
    """Each row of a file of answers beside what stands now.

    `torn` are those whose response answers other rows too, of which the file says something else.
    """
    standing = load_now(consultation_id)
    found = [_compare(row, standing) for row in rows]
    open_ = (RowState.NEW, RowState.CHANGED, RowState.CONFLICT)
    whole = [
        (each.row.id, each.ref, each.filled, each.now)
        for each in found
        if each.ref and each.now and each.state in open_
    ]
    torn = set(bundles(whole)[1])
    return [
        Compared(each.row, each.ref, each.filled, each.now, each.state, each.row.id in torn)
        for each in found
    ]


def _compare(row: SheetRow, standing: Mapping[RowRef, Now]) -> Compared:
    ref = parse_ref(row.ref) if row.ref else None
    now = standing.get(ref) if ref else None
    filled = filled_of(row.given)
    if now is None:
        return Compared(row, ref, filled, None, RowState.FAULTY)
    return Compared(row, ref, filled, now, state_of(filled, row.seen, now, faulty=bool(row.faults)))


def stands_of(compared: Iterable[Compared]) -> tuple[dict[RowRef, str], str]:
    """How each row stands now, and all of it in one digest: what a preview was about."""
    stands = {each.ref: each.now.stand for each in compared if each.ref and each.now}
    lines = "\n".join(f"{ref} {stand}" for ref, stand in sorted(stands.items()))
    return stands, hashlib.sha256(lines.encode()).hexdigest()


def left_lying(asked_before: datetime, begun_before: datetime) -> tuple[int, ...]:
    """Imports that no worker took up since, or whose worker must have been killed; oldest first."""
    query = select(SheetImport.id).where(
        SheetImport.status.in_(RUNNING),
        or_(
            SheetImport.begun_at.is_(None) & (SheetImport.created_at <= asked_before),
            SheetImport.begun_at <= begun_before,
        ),
    )
    return tuple(db.session.scalars(query.order_by(SheetImport.id)))


def eids_of_version(version_id: int) -> tuple[str, ...]:
    """The ids of a version's provisions, in reading order."""
    query = select(Provision.eid).where(Provision.version_id == version_id)
    return tuple(db.session.scalars(query.order_by(Provision.position)))


def count_outcomes(rows: Iterable[SheetRow]) -> dict[str, int]:
    """How many rows came to what."""
    counts = {outcome.value: 0 for outcome in RowOutcome}
    for row in rows:
        counts[row.outcome.value] += 1
    return counts


# Where each field of a response stands in the file.
_COLUMN = {"changes": "places"}


def lacks_of(consultation_id: int, compared: Iterable[Compared]) -> dict[int, list[dict[str, Any]]]:
    """What answers of a file still lack before they could be reviewed, by row, named by cell."""
    open_ = {each.ref: each for each in compared if each.ref and each.now and not each.torn}
    chosen = {ref: each for ref, each in open_.items() if each.state in _WRITABLE}
    found: dict[int, list[dict[str, Any]]] = {}
    rows = load_rows(consultation_id) if chosen else []
    for answered in (row.comment for row in rows if row.comment.ref in chosen):
        each = chosen[answered.ref]
        filled = each.filled
        repeated = None
        if filled.duplicate_of:
            own = filled.duplicate_of == str(answered.ref)
            repeated = answered.key if own else RowKey(0)
        answer = Answer(
            disposition=Disposition(filled.disposition),
            reason=filled.reason_ar,
            covered_by=filled.covered_by,
            until=filled.until,
            body=filled.body,
            duplicate_of=repeated,
            changes=len(filled.places),
        )
        for error in faults(answer, (answered,)):
            column = _COLUMN.get(error.field or "", error.field or "disposition")
            cell = each.row.cells.get(column, each.row.ref)
            fault = {"cell": cell, "code": error.code, "params": error.params}
            found.setdefault(each.row.id, []).append(fault)
    return found


_WRITABLE = (RowState.NEW, RowState.CHANGED, RowState.CONFLICT)


def imported_before(consultation_id: int, organisation: str) -> dict[tuple[str, str], int]:
    """Comments that a body's files brought already: their numbers by text and provision."""
    query = (
        select(Comment.text_key, Comment.eid, Comment.number, Submission.organisation)
        .join(Submission, Comment.submission_id == Submission.id)
        .where(
            Comment.consultation_id == consultation_id,
            Submission.channel == Channel.IMPORT,
        )
    )
    # Sealed in the database: whose they are is seen when they are here.
    return {
        (key, eid or ""): number
        for key, eid, number, of in db.session.execute(query)
        if of == organisation
    }
