"""Writing what a confirmed spreadsheet says, batch by batch, through the services of the desk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from portal.domain.accounts import Actor
from portal.domain.answer_rows import Bundle, Filled, Now, RowState, bundles
from portal.domain.comments import CommentType
from portal.domain.errors import DomainError, Refusals
from portal.domain.matrices import Place
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef, parse_ref
from portal.domain.sheets import RowOutcome
from portal.domain.submissions import (
    MAX_COMMENTS,
    Channel,
    Point,
    Sender,
    SenderClass,
    Target,
    text_key,
)
from portal.formats.dates import AMMAN
from portal.jobs.sheet_reading import version_of
from portal.models import Comment, Consultation, Response, SheetImport, SheetRow, db
from portal.models.intake import Arrival
from portal.queries.drafts import list_documents
from portal.queries.sheets import Compared, compare_rows, imported_before, rows_of
from portal.services import sheets
from portal.services.responses import Draft, record
from portal.services.submissions import take_in_by_staff


def write_answers(now: datetime, asked: SheetImport, rows: list[SheetRow], most: int) -> None:
    """Settle up to `most` answers among the rows that are not settled yet.

    What stands otherwise than when the import was confirmed is refused, never written over.
    """
    compared = {each.row.id: each for each in compare_rows(asked.consultation_id, rows)}
    for each in compared.values():
        error = _refusal(each)
        if error is not None:
            sheets.settle([each.row], RowOutcome.REFUSED, errors=[error])
        elif not each.written:
            sheets.settle([each.row], RowOutcome.LEFT)
    found, _torn = bundles(_open(each for each in compared.values() if not _refusal(each)))
    for bundle in found[:most]:
        _write(now, asked, bundle, [compared[row].row for row in bundle.rows])


def _refusal(each: Compared) -> DomainError | None:
    """Why a row that was to be written is not: its answer is shared, or changed since."""
    if each.torn and each.now:
        return DomainError("answered_together", refs=", ".join(map(str, each.now.shared)))
    given_out, _dot, _digest = each.row.seen.rpartition(".")
    meant = each.row.chosen or each.row.agreed == given_out
    open_ = each.state in (RowState.NEW, RowState.CHANGED, RowState.CONFLICT)
    if open_ and meant and each.now and each.row.agreed != each.now.stand:
        return DomainError("sheet_row_changed")
    return None


def _open(compared: Iterable[Compared]) -> Iterator[tuple[int, RowRef, Filled, Now]]:
    for each in compared:
        if each.written and each.ref and each.now:
            yield each.row.id, each.ref, each.filled, each.now


def _write(now: datetime, asked: SheetImport, bundle: Bundle, rows: list[SheetRow]) -> None:
    lacks: list[DomainError] = []
    for ready in (True, False) if asked.as_ready else (False,):
        try:
            with db.session.begin_nested():
                written = _record(now, asked, bundle, ready=ready)
        except (DomainError, Refusals) as refused:
            errors = refused.errors if isinstance(refused, Refusals) else [refused]
            if not ready:
                sheets.settle(rows, RowOutcome.REFUSED, errors=errors)
                return
            lacks = errors
            continue
        sheets.settle(rows, RowOutcome.RECORDED, result=written.id, errors=lacks)
        return


def _record(now: datetime, asked: SheetImport, bundle: Bundle, *, ready: bool) -> Response:
    filled = bundle.filled
    response = db.session.get(Response, bundle.now.response_id) if bundle.now.response_id else None
    draft = Draft(
        refs=bundle.refs,
        disposition=Disposition(filled.disposition),
        reason_ar=filled.reason_ar,
        reason_en=filled.reason_en,
        covered_by=filled.covered_by,
        until=filled.until,
        body=filled.body,
        duplicate_of=parse_ref(filled.duplicate_of) if filled.duplicate_of else None,
        cites=tuple(_place(each) for each in filled.places),
        ready=ready,
    )
    return record(
        Actor(asked.confirmed_by, ()),
        now,
        asked.consultation_id,
        draft,
        response=response,
        seen_revision=bundle.now.response_revision,
    )


def _place(kept: str) -> Place:
    version, _colon, eid = kept.partition(":")
    return Place(int(version), eid)


def write_comments(now: datetime, asked: SheetImport, rows: list[SheetRow], most: int) -> None:
    """Take up to `most` submissions in: one for each member body, of fifty comments at most."""
    for row in rows:
        if row.faults:
            sheets.settle([row], RowOutcome.LEFT)
    by_member: dict[str, list[SheetRow]] = {}
    for row in rows:
        if not row.faults:
            by_member.setdefault(row.given["member"], []).append(row)
    # Of all rows, so that a body has one name however many files its comments come in.
    several = len({row.given["member"] for row in rows_of(asked.id)}) > 1
    portions = [
        (member, portion) for member, members in by_member.items() for portion in _portions(members)
    ]
    for member, portion in portions[:most]:
        _take_in(now, asked, _sender(asked, member if several else ""), portion)


def _portions(rows: list[SheetRow]) -> Iterator[list[SheetRow]]:
    for at in range(0, len(rows), MAX_COMMENTS):
        yield rows[at : at + MAX_COMMENTS]


def _sender(asked: SheetImport, member: str) -> Sender:
    organisation = asked.options["organisation"]
    if member and member != organisation:
        organisation = f"{organisation} ({member})"
    return Sender(SenderClass(asked.options["sender_class"]), organisation=organisation)


def _take_in(now: datetime, asked: SheetImport, sender: Sender, rows: list[SheetRow]) -> None:
    """What came from this body before, word for word, is not taken in twice."""
    there = imported_before(asked.consultation_id, sender.organisation)
    fresh = []
    for row in rows:
        number = there.get((_text_key(row), row.given["eid"]))
        if number is None:
            fresh.append(row)
        else:
            already = DomainError("comment_taken_in_already", number=number)
            sheets.settle([row], RowOutcome.LEFT, result=number, errors=[already])
    if fresh:
        _take_in_fresh(now, asked, sender, fresh)


def _text_key(row: SheetRow) -> str:
    return text_key(row.given["comment"], row.given["proposed"])


def _take_in_fresh(now: datetime, asked: SheetImport, sender: Sender, rows: list[SheetRow]) -> None:
    consultation = db.session.get_one(Consultation, asked.consultation_id)
    key = f"{consultation.slug}\n{asked.id}\n{rows[0].position}"
    received = datetime.combine(date.fromisoformat(asked.options["received"]), time(12), AMMAN)
    form_key = hashlib.sha256(key.encode()).hexdigest()
    arrival = Arrival(Channel.IMPORT, min(received, now), form_key, "ar")
    where = _targets(asked)
    points = tuple(_point(row, *where) for row in rows)
    try:
        with db.session.begin_nested():
            sent = take_in_by_staff(
                Actor(asked.confirmed_by, ()), now, consultation, sender, points, arrival
            )
    except (DomainError, Refusals) as refused:
        errors = refused.errors if isinstance(refused, Refusals) else [refused]
        sheets.settle(rows, RowOutcome.REFUSED, errors=errors)
        return
    query = db.select(Comment.number).where(Comment.submission_id == sent.id)
    numbers = list(db.session.scalars(query.order_by(Comment.number)))
    for row, number in zip(rows, numbers, strict=True):
        sheets.settle([row], RowOutcome.RECORDED, result=number)


def _targets(asked: SheetImport) -> tuple[int | None, int | None]:
    """The document that the file is about, and the version its clauses were found in."""
    documents = {each.number: each.id for each in list_documents(asked.consultation_id)}
    return documents.get(asked.options.get("document") or 0), version_of(asked)


def _point(row: SheetRow, document_id: int | None, version_id: int | None) -> Point:
    given = row.given
    eid = given["eid"] or None
    return Point(
        target=Target(document_id, version_id if eid else None, eid),
        text=given["comment"],
        type=CommentType(given["type"]),
        proposed=given["proposed"],
        place=given["place"],
    )
