"""The spreadsheet of answers: what is written is read again, whatever stands in it."""

from __future__ import annotations

import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
from flask import Flask
from flask_babel import force_locale
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.domain.answer_rows import Filled, Now
from portal.domain.answer_sheets import INFO, READ_COLUMNS, take
from portal.domain.matrices import Place
from portal.domain.row_refs import RowRef
from portal.formats.answer_sheets import About, Out, write_answers
from portal.formats.answer_words import PlaceName, words_of
from portal.formats.sheets_in import read_sheets

ABOUT = About("gardens", 0, datetime(2026, 11, 25, 9, tzinfo=UTC))
PLACES = (
    PlaceName(Place(7, "art_2__para_a"), 1, 2),
    PlaceName(Place(7, "gone__art_3"), 1, 2),
    PlaceName(Place(9, "art_2__para_a"), 2, 3),
)
COVERING = ("art_1@1", "art_2__para_a@2", "as the old file said")
KNOWN = frozenset({RowRef(1), RowRef(2, 10)})


def out(ref: str, filled: Filled, comment: str = "كلام") -> Out:
    read = {**dict.fromkeys(READ_COLUMNS, ""), "ref": ref, "comment": comment}
    return Out(read, filled, Now(0, filled, response_id=3).token)


def read_again(data: bytes) -> list[tuple[str, Filled, str]]:
    sheet, *_rest = read_sheets(data)
    taken = take(sheet, words_of(PLACES, COVERING), KNOWN)
    assert [fault for row in taken for fault in row.faults] == []
    return [(str(row.ref), row.filled, row.seen) for row in taken]


# What a cell can hold: no control characters, which no answer may have either.
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), max_size=20).map(str.strip)
FORMULAS = st.sampled_from(["=1+1", "+A1", "-2", "@SUM(A1)", "='x'!A1", "01", "1e5", "TRUE"])


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # the app alone, nothing written
)
@given(
    reason=WORDS | FORMULAS,
    body=WORDS | FORMULAS,
    covered_by=st.sampled_from(["", *COVERING]),
    language=st.sampled_from(["ar", "en"]),
)
def test_every_word_comes_back(
    web: Flask, reason: str, body: str, covered_by: str, language: str
) -> None:
    filled = Filled(
        "accepted_in_part",
        reason_ar=reason,
        body=body,
        places=("7:art_2__para_a", "7:gone__art_3", "9:art_2__para_a"),
        covered_by=covered_by,
        duplicate_of="2.10",
    )
    rows = [out("1", Filled()), out("2.10", filled, comment="x" * 40_000)]
    with force_locale(language):
        data = write_answers(ABOUT, rows, PLACES)
    assert read_again(data) == [
        ("1", Filled(), rows[0].token),
        ("2.10", filled, rows[1].token),
    ]


def test_what_is_not_to_be_filled_in_is_locked(web: Flask) -> None:
    with force_locale("ar"):
        data = write_answers(ABOUT, [out("1", Filled()), out("2.10", Filled())], PLACES)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    assert sheet.sheet_view.rightToLeft
    assert sheet.protection.sheet
    locked = [cell.protection.locked for cell in sheet[2]]
    assert locked == [True] * 9 + [False] * 8 + [True]
    assert sheet.column_dimensions["R"].hidden
    assert book[INFO].sheet_state == "hidden"
    (decisions, _covering, places) = sheet.data_validations.dataValidation
    assert (str(decisions.sqref), str(places.sqref)) == ("J2:J3", "M2:M3")


def test_libreoffice_saves_it_and_every_row_is_found_again(web: Flask, tmp_path: Path) -> None:
    filled = Filled(
        "deferred", "سبب أول\nوسطر ثانٍ", places=("7:art_2__para_a",), until="2027-01-31"
    )
    rows = [out("1", filled), out("2.10", Filled())]
    with force_locale("ar"):
        (tmp_path / "answers.xlsx").write_bytes(write_answers(ABOUT, rows, PLACES))
    subprocess.run(
        [
            *("soffice", "--headless", f"-env:UserInstallation=file://{tmp_path / 'profile'}"),
            *("--convert-to", "xlsx", "--outdir", str(tmp_path / "saved")),
            str(tmp_path / "answers.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    saved = (tmp_path / "saved" / "answers.xlsx").read_bytes()
    assert read_again(saved) == [(str(r.read["ref"]), r.filled, r.token) for r in rows]
    assert [sheet.name for sheet in read_sheets(saved)][-1] == INFO
