"""What was published while processes were killed: each edition once, whole, with all it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from flask import current_app

from portal.adapters import originals
from portal.domain.editions import RunStatus
from portal.domain.record import Entry
from portal.formats.matrix_files.edition import FILE_LANGUAGES
from portal.models import (
    EditionFile,
    EditionRun,
    MatrixEdition,
    MatrixRow,
    OutboxMail,
    RecordEntry,
    db,
)
from tests.reliability.desk import Approver
from tests.reliability.preparing import AUTHORS

# Of the files, those that are made: each PDF would cost as much as all the rest.
FILES = ("xlsx", "docx")


def editions(approver: Approver) -> Iterator[str]:
    """Every way in which editions differ from the publications that were acknowledged."""
    found = list(db.session.scalars(db.select(MatrixEdition).order_by(MatrixEdition.number)))
    if [each.number for each in found] != list(range(1, len(found) + 1)):
        yield f"editions are numbered {[each.number for each in found]}"
    times = Counter(each.reason for each in found)
    for reason in approver.asked:
        if times[reason] > 1 or (reason in approver.acknowledged and not times[reason]):
            yield f"publication {reason!r} made {times[reason]} editions"
    for each in found:
        yield from (f"edition {each.number}: {what}" for what in _odd(each))
    yield from _runs()
    yield from _told()


def _odd(edition: MatrixEdition) -> Iterator[str]:
    rows = db.select(MatrixRow.ref).where(MatrixRow.edition_id == edition.id)
    refs = list(db.session.scalars(rows.order_by(MatrixRow.position)))
    if refs != [str(number) for number in range(1, AUTHORS + 1)]:
        yield f"its rows are {refs}"
    entries = db.select(db.func.count()).where(
        RecordEntry.kind == Entry.EDITION_PUBLISHED,
        RecordEntry.subject == f"edition {edition.number}",
    )
    if db.session.scalar(entries) != 1:
        yield f"it is on record {db.session.scalar(entries)} times"
    files = list(
        db.session.scalars(db.select(EditionFile).where(EditionFile.edition_id == edition.id))
    )
    wanted = {(name, language) for name in FILES for language in FILE_LANGUAGES}
    if {(file.format, file.language) for file in files} != wanted or len(files) != len(wanted):
        yield f"its files are {[(file.format, file.language) for file in files]}"
    data = current_app.extensions["settings"].data
    for file in files:
        if len(originals.load(data, file.sha256)) != file.size:
            yield f"{file.name} is damaged"


def _runs() -> Iterator[str]:
    for run in db.session.scalars(db.select(EditionRun)):
        if run.status is not RunStatus.DONE:
            yield f"publication {run.id} is {run.status}, {run.error_code}"
    loose = (
        db.select(db.func.count())
        .select_from(MatrixRow)
        .outerjoin(MatrixEdition, MatrixEdition.id == MatrixRow.edition_id)
        .where(MatrixEdition.id.is_(None))
    )
    if db.session.scalar(loose):
        yield "there are rows of no edition"


def _told() -> Iterator[str]:
    """Authors are told of the first edition; of corrigenda only those whose rows they change."""
    query = db.select(OutboxMail.recipient).where(OutboxMail.template == "answered")
    told = Counter(db.session.scalars(query))
    wanted = Counter(f"author-{number}@example.org" for number in range(AUTHORS))
    if db.session.scalar(db.select(db.func.count(MatrixEdition.id))) and told != wanted:
        yield f"authors were told {dict(told)}"


def begun_again() -> int:
    """How many publications were frozen more than once."""
    return db.session.scalar(db.select(db.func.count()).where(EditionRun.attempts > 1)) or 0
