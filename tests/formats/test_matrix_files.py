"""One source of columns: every file has the same rows and words, and is safe to open."""

from __future__ import annotations

import io
import json
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.domain.matrices import COLUMNS
from portal.formats.matrix_files.edition import FILE_LANGUAGES, Cells, FileLanguage
from portal.formats.matrix_files.iso_out import iso_texts
from portal.formats.matrix_files.json_schema import schema
from portal.formats.matrix_files.printed import STACKS
from portal.formats.row_words import RowWords
from portal.formats.spreadsheets import CELL_LIMIT, fitting, harmless
from tests.fixtures.programs import in_order, words
from tests.formats.matrix_rows import (
    CORRIGENDUM,
    EDITION,
    INTERIM,
    bare,
    csv_rows,
    docx_rows,
    made,
    odd_rows,
    row,
    sheet_rows,
)

ROWS = [row("1", "كلام ", {"mask": "personal_data"}, "، تتمة"), row("2", "=1+1")]
ADDRESS = "http://127.0.0.1:8000/schemas/response-matrix-1.json"
A_FEW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def cell(rows: list[list[str]], line: int, column: str) -> str:
    return rows[line][COLUMNS.index(column)]


def test_the_words_of_a_row_in_arabic_english_and_both(web: Flask, tmp_path: Path) -> None:
    arabic, english, both = (
        csv_rows(made("csv", ROWS, language, tmp_path)) for language in FILE_LANGUAGES
    )
    assert (arabic[0][0], english[0][0], both[0][0]) == (
        "رقم المرجع",
        "Reference",
        "رقم المرجع / Reference",
    )
    assert cell(arabic, 1, "provision") == "المادة 4/ب/2"
    assert cell(both, 1, "provision") == "المادة 4/ب/2\nArticle 4(b)(2)"
    assert cell(arabic, 1, "comment") == "كلام [حُجب: بيانات شخصية]، تتمة"
    assert cell(english, 1, "comment") == "كلام [masked: personal data]، تتمة"
    assert cell(both, 1, "comment") == "كلام [حُجب: بيانات شخصية / masked: personal data]، تتمة"
    assert cell(both, 1, "disposition") == "مقبولة جزئياً / Accepted in part"
    assert cell(arabic, 1, "received") == "2026-11-21 00:30"  # on Amman's clock
    assert cell(english, 1, "document") == "تعليمات (مثال)"  # has no English title
    assert (cell(english, 1, "response"), cell(both, 1, "response")) == ("answer", "رد\nanswer")


@given(st.lists(odd_rows, min_size=1, max_size=3), st.sampled_from(FILE_LANGUAGES))
@A_FEW
def test_every_format_carries_the_same_rows_and_words(
    web: Flask, tmp_path: Path, rows: list[Cells], language: FileLanguage
) -> None:
    speaker = RowWords(language)
    said = [speaker.texts(cells) for cells in rows]
    data = {
        name: made(name, rows, language, tmp_path)
        for name in ("csv", "json", "xlsx", "data", "docx", "iso")
    }
    assert [line[:-1] for line in csv_rows(data["csv"])[1:]] == [
        [harmless(text) for text in texts] for texts in said
    ]
    for name in ("xlsx", "data"):
        assert [line[:-1] for line in sheet_rows(data[name])[1:]] == said
    assert json.loads(data["json"])["rows"] == rows
    assert sheet_rows(data["iso"])[1:] == [iso_texts(cells, speaker) for cells in rows]
    for cells, texts in zip(docx_rows(data["docx"])[1:], said, strict=True):
        by_column = dict(zip(COLUMNS, texts, strict=True))
        for stack, found in zip(STACKS, cells, strict=True):
            wanted = [word for column, _form in stack for word in words(by_column[column])]
            assert in_order(wanted, words(found)) == []


@given(st.lists(odd_rows, min_size=1, max_size=2), st.sampled_from(FILE_LANGUAGES))
@settings(A_FEW, max_examples=50)
def test_nothing_that_deceives_or_breaks_a_file_is_in_a_text(
    web: Flask, rows: list[Cells], language: FileLanguage
) -> None:
    speaker = RowWords(language)
    text = "".join(text for cells in rows for text in speaker.texts(cells))
    assert set(text) & {*"\u202e\u2067\ufffe\x00\x0b\x85\ud800\r\U000e0041"} == set()


def test_json_keeps_its_schema_and_says_what_its_codes_mean(web: Flask, tmp_path: Path) -> None:
    odd = row("3.1", "\u202e", {"mask": "insult", "also": ["hate"]}, disposition="", decided="")
    for edition in (EDITION, INTERIM, CORRIGENDUM):
        data = made("json", [*ROWS, odd], "both", tmp_path, edition)
        document = json.loads(data)
        jsonschema.Draft202012Validator.check_schema(schema(ADDRESS))
        jsonschema.validate(document, schema(document["schema"]))
    assert "\u202e" not in data.decode(), "an editor would show another text"
    key = {each["code"]: each["words"]["ar"] for each in document["key"]["disposition"]}
    assert key["accepted_in_part"] == "مقبولة جزئياً"
    assert (document["interim"], document["corrects"]) == (False, 1)
    wrong = {**document, "rows": [{**document["rows"][0], "disposition": "agreed"}]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema(document["schema"]))


def test_xlsx_is_right_to_left_ready_to_print_and_has_no_formula(
    web: Flask, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx", ROWS, "ar", tmp_path)))
    sheet, summary, key = book.worksheets
    assert sheet.sheet_view.rightToLeft
    assert summary.sheet_view.rightToLeft
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:AA3"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    formula = sheet.cell(3, COLUMNS.index("comment") + 1)
    assert (formula.value, formula.data_type) == ("=1+1", "s")
    widths = [sheet.column_dimensions[letter].width for letter in ("A", "G")]
    assert widths[0] < 20 < widths[1]
    said = {str(each.value) for line in summary.iter_rows() for each in line}
    assert {"الحدائق (مثال)", "وزارة الحدائق (مثال)", "الطبعة 1", EDITION.digest} <= said
    codes = {each.value for each in key["A"]}
    assert {*COLUMNS, "accepted_in_part", "withheld", "personal_data", "citizen"} <= codes


@pytest.mark.parametrize(("edition", "mark"), [(INTERIM, "مرحلية"), (CORRIGENDUM, "تصويب")])
def test_every_file_says_that_it_is_interim_or_a_corrigendum(
    web: Flask, tmp_path: Path, edition: object, mark: str
) -> None:
    assert edition in (INTERIM, CORRIGENDUM)
    which = INTERIM if edition is INTERIM else CORRIGENDUM
    assert mark in csv_rows(made("csv", ROWS, "ar", tmp_path, which))[1][-1]
    for name in ("xlsx", "iso"):
        book = openpyxl.load_workbook(io.BytesIO(made(name, ROWS, "ar", tmp_path, which)))
        assert mark in "".join(
            str(c.value) for line in book.worksheets[1].iter_rows() for c in line
        )
        foot = book.worksheets[0].oddFooter
        assert foot is not None
        assert mark in (foot.center.text or "")
    assert made("docx", ROWS, "ar", tmp_path, which) != made("docx", ROWS, "ar", tmp_path)
    assert ("interim" in which.file_name("csv")) is which.interim
    assert which.reason in str(json.loads(made("json", ROWS, "ar", tmp_path, which))["reason"])


@pytest.mark.parametrize("name", ["xlsx", "docx", "iso", "csv", "json"])
def test_the_same_rows_give_the_same_bytes(web: Flask, tmp_path: Path, name: str) -> None:
    assert made(name, ROWS, "both", tmp_path) == made(name, ROWS, "both", tmp_path)


def test_what_no_cell_can_hold_is_cut_with_a_mark_and_whole_elsewhere(
    web: Flask, tmp_path: Path
) -> None:
    long = row("1", "ن" * (CELL_LIMIT + 1))
    cut = cell(sheet_rows(made("xlsx", [long], "ar", tmp_path)), 1, "comment")
    assert len(cut) == CELL_LIMIT
    assert cut.endswith("[…]")
    assert bare(cell(csv_rows(made("csv", [long], "ar", tmp_path)), 1, "comment")) == "ن" * 32_768
    assert "ن" * (CELL_LIMIT + 1) in docx_rows(made("docx", [long], "ar", tmp_path))[1][2]


def test_a_cell_is_as_long_as_spreadsheets_count() -> None:
    assert fitting("ن" * CELL_LIMIT) == "ن" * CELL_LIMIT
    emoji = fitting("😀" * CELL_LIMIT)  # two units each
    assert len(emoji.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert emoji.endswith("😀 […]")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\tx", "\rx", "\nx", "＝1"])
def test_a_formula_is_text_in_csv(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_ordinary_text_is_as_it_was() -> None:
    assert harmless("نص = كلام") == "نص = كلام"


def test_a_download_names_consultation_edition_standing_and_date() -> None:
    assert EDITION.file_name("csv") == "gardens-matrix-edition-1-2026-11-23-ar.csv"
    assert CORRIGENDUM.file_name("pdf", "both") == (
        "gardens-matrix-edition-2-corrigendum-2026-11-23-ar-en.pdf"
    )
