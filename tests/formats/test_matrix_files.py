"""One source of columns: every file has the same rows and words, and is safe to open."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask_babel import force_locale
from python_calamine import CalamineWorkbook

from portal.domain.bilingual import Bilingual
from portal.domain.matrices import COLUMNS
from portal.formats.columns import titles
from portal.formats.matrix_files import Edition, to_csv, to_json, to_xlsx
from portal.formats.spreadsheets import CELL_LIMIT, fitting, harmless

EDITION = Edition(
    slug="gardens",
    title=Bilingual("الحدائق (مثال)", "Gardens (example)"),
    number=1,
    reason="",
    published_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
    counts={"received": 2},
    digest="d" * 64,
)


def row(ref: str, *pieces: Any) -> dict[str, Any]:
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
        "group": "",
        "disposition": "accepted_in_part",
        "response": {"ar": "رد", "en": "answer"},
        "place_of_change": [{"document": 1, "version": 2, "eid": "art_4"}],
        "text_before": ["قبل"],
        "text_after": ["بعد"],
        "responsible_body": "",
        "committee_opinion": [],
        "decided": "2026-11-22T08:00:00+00:00",
        "hash": "h" * 64,
    }


ROWS = [row("1", "كلام ", {"mask": "personal_data"}, "، تتمة"), row("2", "=1+1")]


def csv_rows(lang: str) -> list[list[str]]:
    with force_locale(lang):
        data = to_csv(EDITION, ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def cell(rows: list[list[str]], line: int, column: str) -> str:
    return rows[line][COLUMNS.index(column)]


def test_csv_in_arabic(web: Flask) -> None:
    rows = csv_rows("ar")
    assert rows[0][0] == "رقم المرجع"
    assert cell(rows, 1, "provision") == "المادة 4/ب/2"
    assert cell(rows, 1, "comment") == "كلام [حُجب: بيانات شخصية]، تتمة"
    assert cell(rows, 1, "disposition") == "مقبولة جزئياً"
    assert cell(rows, 1, "received") == "2026-11-21 00:30"  # on Amman's clock


def test_csv_in_english(web: Flask) -> None:
    rows = csv_rows("en")
    assert cell(rows, 1, "provision") == "Article 4(b)(2)"
    assert cell(rows, 1, "comment") == "كلام [masked: personal data]، تتمة"
    assert cell(rows, 1, "document") == "تعليمات (مثال)"  # has no English title
    assert cell(rows, 1, "response") == "answer"


def test_xlsx_has_the_words_of_the_csv_right_to_left_and_no_formula(web: Flask) -> None:
    with force_locale("ar"):
        data = to_xlsx(EDITION, ROWS)
        head = titles()
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    assert sheet.sheet_view.rightToLeft
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref
    formula = sheet.cell(3, COLUMNS.index("comment") + 1)
    assert (formula.value, formula.data_type) == ("=1+1", "s")
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert read[0] == head
    without_quote = [[text.removeprefix("'") for text in line] for line in csv_rows("ar")]
    assert read[1:] == without_quote[1:]


def test_json_has_codes_and_every_column(web: Flask) -> None:
    with force_locale("ar"):
        document = json.loads(to_json(EDITION, ROWS))
    assert document["edition"] == 1
    assert [each["ref"] for each in document["rows"]] == ["1", "2"]
    assert set(COLUMNS) <= set(document["rows"][0])
    assert document["rows"][0]["disposition"] == "accepted_in_part"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\tx", "\rx"])
def test_a_formula_is_text_in_csv(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_ordinary_text_is_as_it_was() -> None:
    assert harmless("نص = كلام") == "نص = كلام"


def test_what_no_cell_can_hold_is_cut_with_a_mark() -> None:
    assert fitting("ن" * CELL_LIMIT) == "ن" * CELL_LIMIT
    cut = fitting("ن" * (CELL_LIMIT + 1))
    assert len(cut) == CELL_LIMIT
    assert cut.endswith("[…]")


def test_a_download_names_consultation_edition_and_date() -> None:
    assert EDITION.file_name("csv") == "gardens-matrix-edition-1-2026-11-23.csv"
