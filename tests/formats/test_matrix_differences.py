"""What a corrigendum changes, in every file of it: the same lines, and why it corrects."""

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

from portal.domain.editions import RowDifference
from portal.formats.matrix_files import pdf_out
from portal.formats.matrix_files.differences import lines
from portal.formats.matrix_files.edition import FILE_LANGUAGES, Cells, FileLanguage
from portal.formats.matrix_files.json_schema import schema
from portal.formats.spreadsheets import harmless
from tests.fixtures.programs import in_order, pdf_text, unseen, words
from tests.formats.matrix_rows import (
    CORRIGENDUM,
    changed,
    corrected,
    csv_rows,
    docx_rows,
    made,
    odd_rows,
    row,
    sheet_rows,
)

BEFORE = row("1", "كلام", response={"ar": "الرد الأول", "en": "first answer"})
AFTER = row("1", "كلام", disposition="noted", response={"ar": "الرد الثاني", "en": "second answer"})
GONE, ADDED = row("2", "=1+1"), row("2.1", "جزء")
EDITION = corrected(
    changed(BEFORE, AFTER),
    RowDifference("2.1", (), None, ADDED),
    RowDifference("2", (), GONE, None),
)
ROWS = [AFTER, ADDED]
ARABIC = [
    ["1", "متغير", "القرار", "مقبولة جزئياً", "أُخذ بها علماً"],
    ["1", "متغير", "الرد", "الرد الأول", "الرد الثاني"],
    ["2.1", "مضاف", "", "", ""],
    ["2", "محذوف", "", "", ""],
]


def test_the_lines_are_the_same_in_sheet_table_and_csv(web: Flask, tmp_path: Path) -> None:
    files = {name: made(name, ROWS, "ar", tmp_path, EDITION) for name in ("xlsx", "docx")}
    assert sheet_rows(files["xlsx"], 3)[1:] == ARABIC
    assert len(sheet_rows(files["xlsx"])) == 3, "the sheet of rows is as it was"
    table = docx_rows(files["docx"])[1:]
    assert [[text.strip() for text in line] for line in table] == ARABIC
    companion = csv_rows(made("differences", ROWS, "ar", tmp_path, EDITION))
    assert companion[0] == ["رقم المرجع", "الفرق", "العمود", "قبل", "بعد", "الطبعة", "السبب"]
    assert companion[1:] == [[*line, "2 (تصويب)", "صُحّح موضع التعديل."] for line in ARABIC]


@pytest.mark.parametrize("language", FILE_LANGUAGES)
def test_a_pdf_ends_with_them(web: Flask, tmp_path: Path, language: FileLanguage) -> None:
    said = pdf_text(made("pdf", ROWS, language, tmp_path, EDITION)).split("\f")[-2]
    for line in lines(EDITION, language):
        assert unseen([word for text in line for word in words(text)], said) == []
    assert unseen(words("صُحّح موضع التعديل"), said) == []


def test_of_several_pdfs_they_are_the_last(
    web: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_out, "PARTED", 1)
    monkeypatch.setattr(pdf_out, "_write_part", _noted := _Noted())
    made("pdf", ROWS, "ar", tmp_path, EDITION)
    assert _noted.parts[:2] == [(1, 0, "الجزء 1 من 6"), (1, 0, "الجزء 2 من 6")]
    assert [part[:2] for part in _noted.parts[2:]] == [(0, 1)] * 4


class _Noted:
    """Stands for the typesetter: how many rows and lines each part was given."""

    def __init__(self) -> None:
        self.parts: list[tuple[int, int, str]] = []

    def __call__(
        self,
        _edition: object,
        rows: list[Cells],
        changes: list[object],
        _language: str,
        path: Path,
        part: str,
    ) -> None:
        self.parts.append((len(rows), len(changes), part))
        path.write_bytes(b"")


def test_json_has_the_cells_that_differ_and_keeps_its_schema(web: Flask, tmp_path: Path) -> None:
    document = json.loads(made("json", ROWS, "ar", tmp_path, EDITION))
    jsonschema.validate(document, schema(document["schema"]))
    first, added, gone = document["differences"]
    assert first == {
        "ref": "1",
        "kind": "changed",
        "columns": ["disposition", "response"],
        "before": {"disposition": "accepted_in_part", "response": BEFORE["response"]},
        "after": {"disposition": "noted", "response": AFTER["response"]},
    }
    assert (added["kind"], added["before"], added["after"]) == ("added", None, ADDED)
    assert (gone["kind"], gone["before"], gone["after"]) == ("removed", GONE, None)
    assert (document["corrects"], document["reason"]) == (1, CORRIGENDUM.reason)
    wrong = {**document, "differences": [{**first, "kind": "edited"}]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema(document["schema"]))


def test_where_only_the_other_language_differs_both_are_said(web: Flask) -> None:
    after = {**BEFORE, "response": {"ar": "الرد الأول", "en": "another"}}
    (line,) = lines(corrected(changed(BEFORE, after)), "ar")
    assert line[3:] == ("الرد الأول\nfirst answer", "الرد الأول\nanother")


def test_other_editions_have_none(web: Flask, tmp_path: Path) -> None:
    assert "differences" not in json.loads(made("json", ROWS, "ar", tmp_path))
    assert len(csv_rows(made("differences", ROWS, "ar", tmp_path))) == 1
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx", ROWS, "ar", tmp_path)))
    assert len(book.worksheets) == 3


@given(odd_rows, odd_rows, st.sampled_from(FILE_LANGUAGES))
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_words_are_the_same_in_every_format(
    web: Flask, tmp_path: Path, before: Cells, after: Cells, language: FileLanguage
) -> None:
    edition = corrected(changed(before, {**after, "ref": before["ref"]}))
    said = [list(line) for line in lines(edition, language)]
    data = {name: made(name, [after], language, tmp_path, edition) for name in ("xlsx", "docx")}
    assert sheet_rows(data["xlsx"], 3)[1:] == said
    companion = csv_rows(made("differences", [after], language, tmp_path, edition))
    assert [line[:5] for line in companion[1:]] == [[*map(harmless, line)] for line in said]
    if said:
        for cells, texts in zip(docx_rows(data["docx"])[1:], said, strict=True):
            for cell, text in zip(cells, texts, strict=True):
                assert in_order(words(text), words(cell)) == []
