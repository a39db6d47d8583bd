"""Files and texts that are taken in, spoilt: read, or refused by a code that has its words."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import typst
from flask import Flask
from hypothesis import given

from portal.adapters import reading_child
from portal.adapters.reading_wire import unpack, unpack_sheets
from portal.domain import answer_sheets, comment_sheets
from portal.domain.draft_parsing import parse
from portal.domain.errors import DomainError, Refusals
from portal.domain.participation import parse_report
from portal.domain.row_refs import RowRef
from portal.domain.submissions import Channel
from portal.domain.text import decode
from portal.formats.answer_sheets import About, write_answers
from portal.formats.answer_words import words_of as answer_words
from portal.formats.comment_files import read_comments
from portal.formats.hints.insults import key_of, ready
from portal.formats.json_lines import read_lines
from portal.formats.messages import message
from tests.adapters.test_reading import CHANGED
from tests.factories.attachments import a_pdf, a_photo, an_odt
from tests.factories.consultations import DRAFT
from tests.factories.reports import EXAMPLE_REPORT
from tests.factories.sheets import filled_in, iso_file
from tests.fixtures.apps import START
from tests.formats.akn_samples import SAMPLES
from tests.fuzzing.conftest import tries
from tests.fuzzing.spoiling import bytes_of, words_of

PDF = bytes(typst.compile(b"Article 1: Title\n\nText.\n#pagebreak()\nMore."))
HTML = "<html><body><h1>مشروع</h1><table><tr><td>أ<td>ب</table><p>المادة 1<p>نص.".encode()
AKN = tuple(SAMPLES[name].encode() for name in ("commonwealth", "italian"))
DRAFTS = (CHANGED, PDF, HTML, *AKN, DRAFT.encode(), DRAFT.encode("cp1256"))
SHEETS = (iso_file(("JO", "", "6", "a", "te", "Too short.", "Thirty days", "")),)
SENT = (a_pdf(), a_pdf(OpenAction="JavaScript"), a_photo(), a_photo("PNG"), an_odt(), CHANGED)
TABLE = "comment,document,provision,received,channel\nنص,1,art_1,2026-11-01,letter\n"
ROWS = json.dumps([{"comment": "نص", "document": "1", "proposed_text": "نص"}]).encode()
LINES = b'{"id": 1, "text": "x"}\n{"id": "b", "text": "y"}\n'
MARKERS = (
    *("المادة ", "المادة (", "الباب ", "الفصل ", "ملحق", "Article ", "Part II", "الحادية عشرة"),
    *("1", "٢", ": ", "أ- ", "ب-", "1) ", "(أ) ", "مكرر ", "bis", "تلغى المادة ", "نص من كلمات"),
    *("\n", "\n\n", "# ", "## ", "- ", "| a | b |\n", "|---|\n", "**", "[x](y)", "<b>", "]]>"),
    *("التوصيات\n", "· ", "\t:\n", "الوثيقة الأولى: ", "عدد الحضور", "12/3/2024", "10:00", "31"),
)


def child(act: str, data: bytes) -> Any:
    """What the reading process answers; its own limits are tried in tests/adapters."""
    asked = {"act": act, "name": "", "tracked": "accept", "page": 1, "width": 90}
    out = io.BytesIO()
    head = json.dumps({**asked, "memory": 0, "seconds": 0}).encode()
    reading_child.run(io.BytesIO(head + b"\n" + data), out)
    last = json.loads(out.getvalue().splitlines()[-1])
    if "error" in last:
        raise DomainError(last["error"], **last["params"])
    return last["result"]


def draft(data: bytes) -> None:
    unpack(child("read", data))


def sheets(data: bytes) -> None:
    found = unpack_sheets(child("sheets", data))
    comment_sheets.take(found, ("art_1", "art_6__para_a"))


def answers(data: bytes) -> None:
    for sheet in unpack_sheets(child("sheets", data)):
        answer_sheets.take(sheet, answer_words(()), frozenset({RowRef(1), RowRef(2, 1)}))


def comments(data: bytes) -> None:
    read_comments(decode(data)[0], Channel.IMPORT)


def insults(text: str) -> None:
    ready((text[:40], key_of(text)))


FILES: dict[str, tuple[Callable[[bytes], object], tuple[bytes, ...]]] = {
    "drafts": (draft, DRAFTS),
    "pages": (partial(child, "draw"), (PDF,)),
    "sheets": (sheets, SHEETS),
    "files sent with comments": (partial(child, "inspect"), SENT),
    "comments": (comments, (TABLE.encode(), ROWS, TABLE.encode("cp1256"))),
    "lines": (lambda data: list(read_lines(io.BytesIO(data))), (LINES,)),
}
TEXTS: dict[str, Callable[[str], object]] = {
    "drafts": parse,
    "reports": parse_report,
    "insults": insults,
}


@pytest.fixture
def unlimited(web: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The readers run in this process, which is to live on."""
    monkeypatch.setattr(reading_child, "limit", lambda memory, seconds: None)


def refused_in_words(act: Callable[[Any], object], given_: object) -> None:
    """Do it; a refusal has words, and nothing else is raised."""
    errors: list[DomainError] = []
    try:
        act(given_)
    except DomainError as error:
        errors = [error]
    except Refusals as several:
        errors = several.errors
    assert all(message(error) for error in errors)


@pytest.mark.parametrize("kind", FILES)
def test_no_spoilt_file_breaks_a_reader(unlimited: None, kind: str) -> None:
    act, good = FILES[kind]

    @tries(4)
    @given(bytes_of(good))
    def read(data: bytes) -> None:
        refused_in_words(act, data)

    read()


@pytest.mark.parametrize("kind", TEXTS)
def test_no_text_breaks_a_parser(unlimited: None, kind: str) -> None:
    act = TEXTS[kind]
    good = {"drafts": DRAFT, "reports": EXAMPLE_REPORT}.get(kind, "كلمة")
    spoilt = bytes_of([good.encode()]).map(lambda data: data.decode("utf-8", "replace"))

    @tries(8)
    @given(words_of(MARKERS) | spoilt)
    def read(text: str) -> None:
        refused_in_words(act, text)

    read()


def test_no_spoilt_sheet_of_answers_breaks_the_reader(unlimited: None) -> None:
    given_out = write_answers(About("gardens", 0, START), (), ())
    cells = {"A2": "1", "J2": "noted", "K2": "بيان (مثال)", "A3": "2.1", "J3": "accepted"}
    good = filled_in(given_out, cells)

    @tries(4)
    @given(bytes_of([good]))
    def read(data: bytes) -> None:
        refused_in_words(answers, data)

    read()


def test_honest_files_are_read(unlimited: None) -> None:
    """Else the spoilt ones would be refused for a fault that was there before."""
    for act, good in FILES.values():
        for data in good:
            if data != SENT[1]:  # with a script in it, which is not taken
                act(data)
