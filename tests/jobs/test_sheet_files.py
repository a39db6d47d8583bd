"""Files of answers that were changed, taken apart, late or no spreadsheets; killed workers."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask

from portal.domain.sheets import RowOutcome, SheetStatus
from portal.jobs import sheets as job
from portal.models import Response, SheetImport, SheetRow, db
from portal.queries.sheets import compare_rows, rows_of, stands_of
from portal.services import matrices, reviews, sheets
from tests.factories import consultations as made
from tests.factories.answering import answer, confirm, four_comments, written
from tests.factories.cast import Cast, make_cast
from tests.factories.consultations import Open
from tests.factories.sheets import filled_in, given_out, take_in
from tests.fixtures.apps import Clock
from tests.fixtures.console import Console


@pytest.fixture
def cast(web: Flask) -> Cast:
    """On one database: what is written is tested on both beside this."""
    return make_cast()


@pytest.fixture
def place(cast: Cast, clock: Clock) -> Open:
    return four_comments(cast, clock)


def test_what_changes_between_looking_and_writing_is_refused(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    data = filled_in(given_out(web, place.consultation), {"J2": "noted", "K2": "من الملف"})
    import_id = take_in(web, cast.drafter, place.consultation, data)
    stands, agreed = stands_of(compare_rows(place.consultation.id, rows_of(import_id)))
    answer(cast, clock, place, 1)
    _now, changed = stands_of(compare_rows(place.consultation.id, rows_of(import_id)))
    asked = db.session.get_one(SheetImport, import_id)
    with pytest.raises(Exception, match="sheet_stands_changed"):
        sheets.confirm(cast.drafter, clock(), asked, stands=stands, agreed=changed, shown=agreed)
    # And where it changes after the confirmation, before its row is reached:
    sheets.confirm(cast.drafter, clock(), asked, stands=stands, agreed=agreed, shown=agreed)
    db.session.commit()
    job.run(web, import_id)
    db.session.expire_all()
    (row,) = [row for row in rows_of(import_id) if row.ref == "1"]
    assert row.outcome is RowOutcome.REFUSED
    assert [each["code"] for each in row.refusals] == ["sheet_row_changed"]
    assert written(place) == {"1": ("clarified", "بيان")}


def test_a_response_to_several_is_changed_for_all_of_them(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    answer(cast, clock, place, 1, 2)
    data = given_out(web, place.consultation)
    one = take_in(web, cast.drafter, place.consultation, filled_in(data, {"K2": "للأولى وحدها"}))
    confirm(web, cast, clock, place, one)
    assert [row.refusals[0]["code"] for row in rows_of(one) if row.refusals] == [
        "answered_together"
    ]
    both = filled_in(data, {"K2": "للاثنتين", "K3": "للاثنتين"})
    confirm(web, cast, clock, place, take_in(web, cast.drafter, place.consultation, both))
    assert set(written(place).values()) == {("clarified", "للاثنتين")}
    assert db.session.query(Response).count() == 1


def renamed(book: Any) -> None:
    book.worksheets[0].title = "x"


def without_info(book: Any) -> None:
    del book["_radd"]


def merged(book: Any) -> None:
    book.worksheets[0].merge_cells("J1:K1")


def test_a_file_that_was_taken_apart_is_refused_in_words(
    web: Flask, cast: Cast, place: Open
) -> None:
    whole = given_out(web, place.consultation)
    for change, code in (
        (renamed, "sheet_renamed"),
        (without_info, "sheet_foreign"),
        (merged, "sheet_heading_missing"),
    ):
        data = filled_in(whole, {"J2": "noted"}, change)
        import_id = take_in(web, cast.drafter, place.consultation, data)
        asked = db.session.get_one(SheetImport, import_id)
        assert (asked.status, asked.error_code) == (SheetStatus.FAILED, code)
    assert db.session.query(SheetRow).count() == 0


def test_files_of_another_consultation_or_edition_are_refused(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    answer(cast, clock, place, 1, 2, 3, 4, ready=True)
    data = filled_in(given_out(web, place.consultation), {"J2": "noted"})
    other = made.prepare(cast, slug="other-gardens")
    db.session.commit()
    foreign = take_in(web, cast.drafter, other.consultation, data)
    assert db.session.get_one(SheetImport, foreign).error_code == "sheet_of_other"
    (response,) = db.session.scalars(db.select(Response))
    reviews.approve(cast.approver, clock(), response, seen_revision=response.revision)
    matrices.publish(cast.approver, clock(), place.consultation.id)
    db.session.commit()
    late = take_in(web, cast.drafter, place.consultation, data)
    assert db.session.get_one(SheetImport, late).error_code == "sheet_of_other_edition"


def test_a_killed_worker_is_followed_by_another(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    data = filled_in(given_out(web, place.consultation), {"J2": "noted", "K2": "س"})
    import_id = take_in(web, cast.drafter, place.consultation, data)
    stands, agreed = stands_of(compare_rows(place.consultation.id, rows_of(import_id)))
    asked = db.session.get_one(SheetImport, import_id)
    sheets.confirm(cast.drafter, clock(), asked, stands=stands, agreed=agreed, shown=agreed)
    asked.begun_at, asked.attempts = clock(), 1  # a worker that says nothing more
    db.session.commit()
    assert job.take_up_left(web, clock()) == 0
    clock.pass_(minutes=6)
    assert job.take_up_left(web, clock()) == 1
    assert written(place) == {"1": ("noted", "س")}


def test_the_file_holds_no_words_that_the_public_may_not_see(web: Flask, place: Open) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(given_out(web, place.consultation))).worksheets[0]
    texts = [str(row[3]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert texts[:3] == ["الأولى", "الثانية", "الثالثة"]
    assert "الرابعة" not in texts[3]


def test_from_the_command_line(
    web: Flask, cast: Cast, place: Open, clock: Clock, tmp_path: Path
) -> None:
    console, file = Console(web), tmp_path / "answers.xlsx"
    out = console("matrix", "answers", "gardens", "--lang", "en", "--output", str(file))
    assert (out.status, "4 rows" in out.out) == (0, True)
    file.write_bytes(filled_in(file.read_bytes(), {"J2": "Noted", "K2": "سبب", "J3": "perhaps"}))
    by = ("--consultation", "gardens", "--by", "drafter@example.org")
    dry = console("matrix", "import", str(file), *by, "--dry-run")
    assert (dry.status, dry.err.startswith("J3: ")) == (1, True)
    assert written(place) == {}
    done = console("matrix", "import", str(file), *by, "--apply", "--json")
    assert done.status == 1, "one row was left out, and that is said"
    assert (done.json["recorded"], done.json["left"]) == (1, 3)
    assert written(place) == {"1": ("noted", "سبب")}
