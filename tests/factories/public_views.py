"""Every way in which the public meets a consultation's comments: what all of them must keep to.

Whoever adds a way (an export, an API) adds it here, and the property test of the life
of a comment watches over it too.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from urllib.parse import unquote

import openpyxl
from docx import Document
from flask import Flask

from portal.formats.mails import render
from portal.jobs import recording
from portal.models import OutboxMail, db
from portal.queries.proofs import leaves

Show = Callable[[Flask, str], str]


def page(path: str) -> Show:
    """What a visitor without a session is answered at a path of the consultation."""

    def show(app: Flask, slug: str) -> str:
        db.session.rollback()
        with app.app_context():
            answer = app.test_client().get(path.format(slug=slug))
        return answer.text if answer.status_code == 200 else ""

    return show


def download(name: str, read: Callable[[bytes], str]) -> Show:
    """The words in a file of the matrix that is no text by itself."""

    def show(app: Flask, slug: str) -> str:
        db.session.rollback()
        with app.app_context():
            path = f"/ar/consultations/{slug}/matrix/1/file.{name}?language=both"
            answer = app.test_client().get(path)
        return read(answer.data) if answer.status_code == 200 else ""

    return show


def workbook(data: bytes) -> str:
    """A spreadsheet, all its cells on all its sheets."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(cell) for row in rows for cell in row)


def document(data: bytes) -> str:
    """A DOCX with all that is written in it."""
    return "".join(each.text or "" for each in Document(io.BytesIO(data)).element.iter())


def record_of_the_edition(app: Flask, slug: str) -> str:
    """All that a bundle of the first edition holds, and the leaves of the whole record."""
    db.session.rollback()
    recording.record(app.extensions["settings"], app.extensions["clock"]())
    seen = "\n".join(leaves(0, 2**31 - 1))
    with app.app_context():
        answer = app.test_client().get(f"/ar/consultations/{slug}/matrix/1/record.zip")
    if answer.status_code != 200:
        return seen
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return "\n".join([seen, *(archive.read(name).decode() for name in archive.namelist())])


def file(number: int) -> Show:
    """What a visitor is given as the first file of a comment, with the name it bears."""

    def show(app: Flask, slug: str) -> str:
        db.session.rollback()
        path = f"/ar/consultations/{slug}/comments/{number}/files/1.pdf"
        with app.app_context():
            answer = app.test_client().get(path)
        if answer.status_code != 200:
            return ""
        return unquote(answer.headers["Content-Disposition"]) + answer.data.decode()

    return show


def mail_to_others(app: Flask, slug: str) -> str:
    """Mail that goes to anybody but the authors of comments."""
    templates = ("opening", "closing", "desk_waits")
    query = db.select(OutboxMail).where(OutboxMail.template.in_(templates))
    letters = [
        render(m.template, m.language, m.params, m.recipient, m.id)
        for m in db.session.scalars(query)
    ]
    return "\n".join(f"{letter.subject}\n{letter.body}" for letter in letters)


BASE = "/ar/consultations/{slug}"
VIEWS: dict[str, Show] = {
    "consultation": page(BASE),
    "document": page(f"{BASE}/documents/1"),
    "comments": page(f"{BASE}/comments"),
    "comments in English": page("/en/consultations/{slug}/comments"),
    **{f"comment {number}": page(f"{BASE}/comments/{number}") for number in range(1, 7)},
    **{f"comment {n} as data": page(f"{BASE}/comments/{n}.json") for n in range(1, 7)},
    **{f"file of comment {n}": file(n) for n in range(1, 7)},
    "moderation": page(f"{BASE}/moderation"),
    "log": page(f"{BASE}/moderation/log.csv"),
    "feed of decisions": page(f"{BASE}/moderation/feed.atom"),
    "feed": page("/ar/feed.atom"),
    "home": page("/ar/"),
    "matrix": page(f"{BASE}/matrix"),
    **{f"row {number}": page(f"{BASE}/matrix/1/rows/{number}") for number in range(1, 7)},
    "rows found by words": page(f"{BASE}/matrix?words=بيان"),
    "matrix CSV": page(f"{BASE}/matrix/1/file.csv"),
    "matrix JSON": page(f"{BASE}/matrix/1/file.json"),
    "differences as CSV": page(f"{BASE}/matrix/2/file.differences.csv"),
    "differences as JSON": page(f"{BASE}/matrix/2/file.json"),
    "summary": page(f"{BASE}/summary"),
    "matrix XLSX": download("xlsx", workbook),
    "matrix DOCX": download("docx", document),
    "matrix ISO": download("iso.xlsx", workbook),
    "record": record_of_the_edition,
    "hashes": page(
        "/ar/verify/rows.json?consultation={slug}&" + "&".join(f"number={n}" for n in range(1, 7))
    ),
    "mail to others": mail_to_others,
}
