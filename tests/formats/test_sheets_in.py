"""Spreadsheets of strangers: read cell by cell, or refused in words."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import openpyxl
import pytest

from portal.domain.errors import DomainError
from portal.formats.sheets_in import read_sheets


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        package.writestr("[Content_Types].xml", f"<Types>{kind}</Types>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return out.getvalue()


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["17", 17, 17.5, date(2027, 1, 31), True, "=1+1"])
    sheet.append(["  سطر\nوسطر "])
    sheet.merge_cells("B2:C3")
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_cells_are_text_and_formulas_and_merged_cells_are_told() -> None:
    (sheet,) = read_sheets(saved(workbook()))
    assert sheet.rows[0][:5] == ("17", "17", "17.5", "2027-01-31", "TRUE")
    assert sheet.cell(1, 0) == "سطر\nوسطر"
    assert sheet.formulas == {"F1"}
    assert sheet.merged_at(2, [0, 1, 2]) == 1
    assert sheet.cell(0, 99) == ""


def test_a_sheet_that_says_it_is_huge_is_refused_before_it_is_built() -> None:
    book = workbook()
    book.worksheets[0]["XFD1048576"] = "x"
    with pytest.raises(DomainError, match="reading_too_large"):
        read_sheets(saved(book))


def test_tables_of_a_word_document_are_read_as_sheets() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Clause"
    table.rows[0].cells[1].text = "two\nlines"
    out = io.BytesIO()
    document.save(out)
    (sheet,) = read_sheets(out.getvalue())
    assert sheet.rows == (("Clause", "two\nlines"),)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"not a spreadsheet", "sheet_not_xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "sheet_old_excel"),
        (b"PK\x03\x04 cut off", "file_cut_off"),
        (bomb(), "zip_bomb"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        read_sheets(data)
