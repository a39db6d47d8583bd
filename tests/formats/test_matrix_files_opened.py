"""The files of the matrix in other programs: opened, printed, and their Arabic in order."""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from portal.formats.matrix_files import pdf_out
from portal.formats.matrix_files.edition import FILE_LANGUAGES, Cells, FileLanguage
from portal.formats.row_words import RowWords
from tests.fixtures.programs import pdf_text, soffice_pdf, unseen, words
from tests.formats.matrix_rows import CORRIGENDUM, EDITION, INTERIM, W, bare, made, odd_rows, row

ARABIC = row(
    "1",
    "نقترح تعديل هذه المادة، ورقم هاتفنا +962 79 000 0000 ",
    {"mask": "personal_data"},
    " لمن شاء.",
    proposed_text=["تنشر الجهة الردود خلال ثلاثين يوماً"],
    late=True,
)
LATIN = row("2", "The bureau should answer; see https://example.org/" + "long-path/" * 12 + ".")
# The face that stands in where ours is not installed joins these, and they come back reversed.
JOINED = re.compile("ل[اأإآ]")
# Signs and figures beside Arabic words are set where their direction says.
PLAIN = re.compile("[A-Za-z]+")
# A fingerprint is wider than its column.
FITS = 40
ROWS = [ARABIC, LATIN, row("3.1", "=1+1", provision="", document=None)]


def of_row(cells: Cells, language: FileLanguage) -> list[str]:
    return [word for text in RowWords(language).texts(cells) for word in words(text)]


def plain(word: str) -> bool:
    """Is a word found again however its letters are joined and its column is cut?"""
    return len(word) < FITS and not JOINED.search(word)


def letters(data: bytes) -> str:
    """All letters and figures of a PDF in the order in which a reader finds them."""
    return "".join(words(pdf_text(data)))


@pytest.mark.parametrize("language", FILE_LANGUAGES)
def test_a_pdf_is_tagged_and_has_every_word_of_every_row(
    web: Flask, tmp_path: Path, language: FileLanguage
) -> None:
    data = made("pdf", ROWS, language, tmp_path)
    reader = PdfReader(io.BytesIO(data))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert catalogue["/Lang"].startswith("en" if language == "en" else "ar")  # type: ignore[index]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    said = pdf_text(data)
    for cells in ROWS:
        assert unseen(of_row(cells, language), said) == []
    width, height = (float(edge) for edge in reader.pages[0].mediabox[2:])
    assert width > height


def test_arabic_stands_in_its_order_in_the_pdf(web: Flask, tmp_path: Path) -> None:
    said = letters(made("pdf", ROWS, "ar", tmp_path))
    assert bare("نقترح تعديل هذه المادة") in said
    assert bare("تنشر الجهة الردود") in said
    assert bare("962 79 000 0000") in said
    assert bare("2026-11-21 00:30") in said


def test_head_and_foot_are_on_every_page_of_a_pdf(web: Flask, tmp_path: Path) -> None:
    many = [row(str(number), "ملاحظة " * 60) for number in range(1, 30)]
    data = made("pdf", many, "ar", tmp_path, CORRIGENDUM)
    title, *pages = ["".join(words(page)) for page in pdf_text(data).split("\f")[:-1]]
    assert len(pages) > 3
    for number, said in enumerate(pages, start=2):
        numbered = f"الصفحة{number}من{len(pages) + 1}"
        assert [each for each in ("الملاحظة", "تصويب", "2026", numbered) if each not in said] == []
    assert [each for each in ("التوقيع", "الحدائق", "تصويب") if each not in title] == []


@given(st.lists(odd_rows, min_size=1, max_size=2), st.sampled_from(FILE_LANGUAGES))
@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.generate],  # a PDF takes too long to look for a smaller one
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_text_is_set_as_pdf_and_none_is_markup(
    web: Flask, tmp_path: Path, rows: list[Cells], language: FileLanguage
) -> None:
    said = pdf_text(made("pdf", rows, language, tmp_path))
    for cells in rows:
        wanted = [word for word in of_row(cells, language) if PLAIN.fullmatch(word)]
        assert unseen(wanted, said) == []


def test_very_many_rows_are_several_pdfs_in_a_zip(
    web: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_out, "PARTED", 1)
    with ZipFile(io.BytesIO(made("pdf", ROWS[:2], "ar", tmp_path))) as parts:
        names = parts.namelist()
        assert [name.partition(".")[2] for name in names] == [
            "part-01-of-02.pdf",
            "part-02-of-02.pdf",
        ]
        first, second = (pdf_text(parts.read(name)) for name in names)
    assert unseen(words("نقترح تعديل هذه المادة"), first) == []
    assert unseen(words("The bureau should answer"), second) == []


def test_a_docx_is_a_real_right_to_left_table_on_a_landscape_page(
    web: Flask, tmp_path: Path
) -> None:
    package = Document(io.BytesIO(made("docx", ROWS, "ar", tmp_path)))
    section = package.sections[0]
    assert (section.page_width or 0) > (section.page_height or 0)
    table = package.element.body.findall(f"{W}tbl")[-1]
    assert table.find(f"{W}tblPr/{W}bidiVisual") is not None
    head, first = table.findall(f"{W}tr")[:2]
    assert head.find(f"{W}trPr/{W}tblHeader") is not None
    assert first.find(f".//{W}bidi").get(f"{W}val") == "1"
    assert first.find(f".//{W}rtl").get(f"{W}val") == "1"
    english = Document(io.BytesIO(made("docx", ROWS, "en", tmp_path)))
    table = english.element.body.findall(f"{W}tbl")[-1]
    assert table.find(f"{W}tblPr/{W}bidiVisual") is None


def test_libreoffice_opens_and_prints_them(web: Flask, tmp_path: Path) -> None:
    files = []
    for name, language, edition in (
        ("docx", "ar", CORRIGENDUM),
        ("docx", "both", EDITION),
        ("xlsx", "ar", INTERIM),
        ("iso", "en", EDITION),
    ):
        suffix = "xlsx" if name == "iso" else name
        file = tmp_path / f"{name}-{language}.{suffix}"
        file.write_bytes(made(name, ROWS, language, tmp_path, edition))  # type: ignore[arg-type]
        files.append(file)
    printed = soffice_pdf(tmp_path, files)
    for name, language in (("docx-ar", "ar"), ("docx-both", "both"), ("xlsx-ar", "ar")):
        said = pdf_text(printed[name])
        for cells in ROWS:
            wanted = of_row(cells, language)  # type: ignore[arg-type]
            assert unseen([word for word in wanted if plain(word)], said) == [], name
        assert bare("نقترح تعديل هذه المادة") in letters(printed[name]), name
    assert unseen(words("تصويب تصحح هذه"), pdf_text(printed["docx-ar"])) == []
    assert unseen(words("مرحلية غير مكتملة"), pdf_text(printed["xlsx-ar"])) == []
    assert unseen(words("Observations of the secretariat"), pdf_text(printed["iso-en"])) == []
