"""Rows of a matrix for tests of its files, plain and odd, and how each file is read back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from portal.domain.bilingual import Bilingual
from portal.domain.editions import RowDifference, changed_columns
from portal.formats.matrix_files.edition import Cells, Edition, FileLanguage
from portal.formats.matrix_files.writing import format_of, write

EDITION = Edition(
    slug="gardens",
    title=Bilingual("الحدائق (مثال)", "Gardens (example)"),
    number=1,
    reason="",
    published_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
    counts={
        "received": 2,
        "distinct_texts": 2,
        "distinct_senders": 1,
        "provisions_changed": 1,
        "dispositions": {"accepted_in_part": 2},
        "classes": {"citizen": 2},
    },
    digest="d" * 64,
    body=Bilingual("وزارة الحدائق (مثال)", "Ministry of Gardens (example)"),
)
INTERIM = replace(EDITION, interim=True)
CORRIGENDUM = replace(EDITION, number=2, corrects=1, reason="صُحّح موضع التعديل.")


def row(ref: str, *pieces: Any, **more: Any) -> Cells:
    return {
        "ref": ref,
        "document": {"ar": "تعليمات (مثال)", "en": ""},
        "version": 1,
        "provision": "art_4__para_b__point_2",
        "place": "",
        "quoted_text": [],
        "comment_type": "substantive",
        "comment": list(pieces),
        "proposed_text": [],
        "grounds": [],
        "submitter": "",
        "submitter_class": "citizen",
        "on_behalf_of": "",
        "channel": "portal",
        "received": "2026-11-20T21:30:00+00:00",
        "late": False,
        "publication": "published",
        "files": {},
        "group": "",
        "disposition": "accepted_in_part",
        "response": {"ar": "رد", "en": "answer"},
        "place_of_change": [{"document": 1, "version": 2, "eid": "art_4"}],
        "text_before": ["قبل"],
        "text_after": ["بعد"],
        "responsible_body": "",
        "committee_opinion": [],
        "decided": "2026-11-22T08:00:00+00:00",
        "hash": "a1" * 32,
        **more,
    }


def corrected(*changes: RowDifference) -> Edition:
    """A corrigendum with these differences."""
    return replace(CORRIGENDUM, changes=lambda: iter(changes))


def changed(before: Cells, after: Cells) -> RowDifference:
    return RowDifference(after["ref"], changed_columns(before, after), before, after)


ODD = (
    *(
        "=1+1",
        "+962 79 000 0000",
        "-2",
        "@x",
        "＝1",
        'كلمة <b> & "علامة"',
        "_x0041_",
        "]]>",
        "&amp;",
    ),
    *(
        "#set page()",
        "\\u{5C}",
        "**",
        "نص عادي",
        "English words",
        "(٦) من",
        "https://e.example/a?b=c#d",
    ),
    *("\u200f", "\u202e", "\u2067", "\u00a0", "\ufeff", "\ufffe", "\x00", "\x0b", "\x85", "😀"),
    *("\r", "\n", "\t", " ", "\u2028", "\ud800", "اب\u064eت", "ط" * 90, "U+0000", "\U000e0041"),
)
words = st.lists(st.sampled_from(ODD), max_size=6).map("".join)
pieces = st.lists(
    st.one_of(words, st.just({"mask": "personal_data", "also": ["insult"]})), max_size=3
)
lines = st.lists(words, max_size=2)
odd_rows = st.builds(
    row,
    st.sampled_from(["1", "17.2"]),
    comment=pieces,
    quoted_text=pieces,
    proposed_text=pieces,
    grounds=pieces,
    submitter=words,
    on_behalf_of=words,
    responsible_body=words,
    response=st.builds(lambda ar, en: {"ar": ar, "en": en}, words, words),
    text_before=lines,
    text_after=lines,
    committee_opinion=lines,
    place=words,
    provision=st.sampled_from(["", "art_4", "art_4__para_b"]),
    document=st.sampled_from([None, {"ar": "تعليمات", "en": "Instructions"}]),
    disposition=st.sampled_from(["", "noted", "duplicate"]),
    decided=st.sampled_from(["", "2026-11-22T22:00:00+00:00"]),
    late=st.booleans(),
    files=st.sampled_from([{}, {"shown": 2}, {"withheld": {"insult": 1}, "not_shown": 11}]),
    place_of_change=st.just([]),
)


def made(
    name: str, rows: list[Cells], language: FileLanguage, folder: Path, edition: Edition = EDITION
) -> bytes:
    """A file of the matrix as bytes."""
    path = folder / f"matrix.{name}"

    def again() -> Iterator[Cells]:
        return iter(rows)

    write(format_of(name, edition), edition, again, language, path)
    return path.read_bytes()


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet_rows(data: bytes, number: int = 0) -> list[list[str]]:
    """A sheet (the first), whatever kind of cell its texts became."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(number)
    return [[str(cell) for cell in line] for line in sheet.to_python()]


def docx_rows(data: bytes) -> list[list[str]]:
    """The last table, the text of each cell."""
    table = Document(io.BytesIO(data)).element.body.findall(f"{W}tbl")[-1]
    return [[_said(cell) for cell in line.iter(f"{W}tc")] for line in table.iter(f"{W}tr")]


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _said(cell: Any) -> str:
    parts = {f"{W}p": "\n", f"{W}tab": "\t"}
    return "".join(
        each.text or "" if each.tag == f"{W}t" else parts.get(each.tag, "") for each in cell.iter()
    )


def bare(text: str) -> str:
    """Letters and figures alone: what no way of breaking lines changes."""
    return re.sub(r"[^\w]", "", text)
