"""Reading a spreadsheet in: what it says becomes rows that wait to be looked through."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from portal.adapters.reading import Limits, read_sheets_safely
from portal.domain import answer_sheets, comment_sheets
from portal.domain.answer_sheets import FORMAT, INFO
from portal.domain.errors import DomainError
from portal.domain.sheets import Sheet, SheetKind
from portal.formats.answer_words import words_of
from portal.models import Consultation, SheetImport, SheetRow, db
from portal.queries.answer_sheets import load_now, load_places
from portal.queries.answering import coverable
from portal.queries.drafts import list_documents
from portal.queries.matrices import editions
from portal.queries.sheets import eids_of_version

LIMITS = Limits(computing=40, waiting=60.0)
Read = tuple[list[SheetRow], datetime | None]


def read(data: bytes) -> tuple[Sheet, ...]:
    """The sheets of a file, read in a process of its own."""
    return read_sheets_safely(data, LIMITS)


def rows_in(asked: SheetImport, sheets: tuple[Sheet, ...]) -> Read:
    """The rows of a file, and when the portal gave it out."""
    if asked.kind is SheetKind.ANSWERS:
        return _answers(asked.consultation_id, sheets)
    return _comments(asked, sheets), None


def _answers(consultation_id: int, sheets: tuple[Sheet, ...]) -> Read:
    info = _info(sheets)
    slug = db.session.get_one(Consultation, consultation_id).slug
    if info.get("consultation") != slug:
        raise DomainError("sheet_of_other", field="file", slug=info.get("consultation", "")[:80])
    heads = editions(consultation_id)
    if info.get("edition") != str(heads[0].file.number if heads else 0):
        raise DomainError("sheet_of_other_edition", field="file")
    sheet = next((each for each in sheets if each.name == info.get("sheet")), None)
    if sheet is None:
        raise DomainError("sheet_renamed", field="file", name=info.get("sheet", "")[:60])
    now = load_now(consultation_id)
    # What an answer says already is understood, although its provision may be gone since.
    kept = {row.answer.covered_by for row in now.values()} - {""}
    words = words_of(load_places(consultation_id), (*coverable(consultation_id), *sorted(kept)))
    taken = answer_sheets.take(sheet, words, frozenset(now))
    rows = [
        SheetRow(
            position=row.position,
            ref=str(row.ref or ""),
            given=asdict(row.filled),
            cells=row.cells,
            seen=row.seen[:80],
            faults=[fault.kept() for fault in row.faults],
        )
        for row in taken
    ]
    return rows, _moment(info.get("exported", ""))


def _info(sheets: tuple[Sheet, ...]) -> dict[str, str]:
    """What the hidden sheet says; raises `sheet_foreign` where the file is not one of ours."""
    hidden = next((sheet for sheet in sheets if sheet.name == INFO), None)
    found = {}
    if hidden is not None:
        found = {hidden.cell(at, 0): hidden.cell(at, 1) for at in range(len(hidden.rows))}
    if found.get("format") != FORMAT:
        raise DomainError("sheet_foreign", field="file")
    return found


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _comments(asked: SheetImport, sheets: tuple[Sheet, ...]) -> list[SheetRow]:
    version_id = version_of(asked)
    offered = comment_sheets.take(sheets, eids_of_version(version_id) if version_id else ())
    return [
        SheetRow(
            position=each.position,
            given={
                "member": each.member,
                "eid": each.eid,
                "place": each.place,
                "type": each.type,
                "comment": each.comment,
                "proposed": each.proposed,
            },
            faults=[fault.kept() for fault in each.faults],
        )
        for each in offered
    ]


def version_of(asked: SheetImport) -> int | None:
    """The version that comments of a file are on: the one that was put out for comment."""
    for document in list_documents(asked.consultation_id):
        if document.number == asked.options.get("document") and document.published:
            return document.published[0].id
    return None
