"""Spreadsheets given out by the portal, filled in by another program."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
from flask import Flask
from flask_babel import force_locale

from portal.adapters import originals
from portal.domain.accounts import Actor
from portal.domain.sheets import SheetKind
from portal.formats.answer_sheets import About, write_answers
from portal.jobs import sheets as job
from portal.models import Consultation, db
from portal.queries.answer_sheets import Wanted, load_out, load_places
from portal.queries.matrices import editions
from portal.services import sheets

ISO = (
    "MB/NC",
    "Line number",
    "Clause/Subclause",
    "Paragraph/Figure/Table",
    "Type of comment",
    "Comments",
    "Proposed change",
    "Observations of the secretariat",
)


def given_out(app: Flask, of: Consultation, *, show: str = "", language: str = "ar") -> bytes:
    """The file as the desk gives it out."""
    with force_locale(language):
        rows = load_out(of.id, Wanted(show=show))
        heads = editions(of.id)
        about = About(of.slug, heads[0].file.number if heads else 0, app.extensions["clock"]())
        data = write_answers(about, rows, load_places(of.id))
    db.session.rollback()
    return data


def filled_in(
    data: bytes, cells: dict[str, Any], change: Callable[[Any], None] = lambda _: None
) -> bytes:
    """The file with these cells of its first sheet written by another program."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    for cell, value in cells.items():
        sheet[cell] = value
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def iso_file(*rows: tuple[str, ...]) -> bytes:
    """An ISO template with these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Template for comments",), ISO, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def take_in(
    app: Flask,
    actor: Actor,
    of: Consultation,
    data: bytes,
    kind: SheetKind = SheetKind.ANSWERS,
    **options: Any,
) -> int:
    """Lay a file before the job and let it be read; gives the id of its import."""
    sha256 = originals.keep(app.extensions["settings"].data, data)
    asked = sheets.request(
        actor,
        app.extensions["clock"](),
        of.id,
        kind,
        file_name="answers.xlsx",
        file_sha256=sha256,
        options=options,
    )
    import_id = asked.id
    db.session.commit()
    job.run(app, import_id)
    db.session.expire_all()
    return import_id
