"""Answers by spreadsheet: given out, filled in elsewhere, taken in with what changed meanwhile."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.domain.answer_rows import RowState
from portal.domain.record import Entry
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.sheets import RowOutcome, SheetStatus
from portal.models import RecordEntry, Response, SheetImport, db
from portal.queries.sheets import compare_rows, lacks_of, rows_of
from tests.factories.answering import answer, confirm, four_comments, states, written
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.sheets import filled_in, given_out, take_in
from tests.fixtures.apps import Clock


@pytest.fixture
def place(cast: Cast, clock: Clock) -> Open:
    return four_comments(cast, clock)


def test_the_way_there_and_back(app: Flask, cast: Cast, place: Open, clock: Clock) -> None:
    answer(cast, clock, place, 2)
    data = given_out(app, place.consultation)
    data = filled_in(
        data,
        {"J2": "غير مقبولة", "K2": "لا حاجة. (مثال)", "J3": "مقبولة", "J4": "noted", "K4": "علمنا"},
    )
    import_id = take_in(app, cast.drafter, place.consultation, data)
    assert written(place).keys() == {"2"}, "nothing is written before it is confirmed"
    assert states(place, import_id) == {
        "1": RowState.NEW,
        "2": RowState.CHANGED,
        "3": RowState.NEW,
        "4": RowState.UNTOUCHED,
    }
    lacks = lacks_of(place.consultation.id, compare_rows(place.consultation.id, rows_of(import_id)))
    named = [(fault["cell"], fault["code"]) for each in lacks.values() for fault in each]
    assert named == [("M3", "change_missing")]
    outcomes = confirm(app, cast, clock, place, import_id, as_ready=True)
    assert outcomes == dict.fromkeys("123", RowOutcome.RECORDED) | {"4": RowOutcome.LEFT}
    assert written(place) == {
        "1": ("not_accepted", "لا حاجة. (مثال)"),
        "2": ("accepted", "بيان"),
        "3": ("noted", "علمنا"),
    }
    # What was complete waits for its review; what lacks its place of change is a draft.
    status = {r.disposition: r.status for r in db.session.scalars(db.select(Response))}
    assert status[Disposition.NOTED] is ResponseStatus.READY
    assert status[Disposition.ACCEPTED] is ResponseStatus.DRAFT
    asked = db.session.get_one(SheetImport, import_id)
    assert (asked.status, asked.progress) == (SheetStatus.DONE, 100)
    kinds = set(db.session.scalars(db.select(RecordEntry.kind)))
    assert Entry.ANSWERS_IMPORTED in kinds
    again = take_in(app, cast.drafter, place.consultation, data)
    assert set(states(place, again).values()) == {RowState.SAME, RowState.UNTOUCHED}


def test_what_changed_meanwhile_stays_unless_the_file_is_chosen(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    cells = {"J2": "noted", "K2": "من الملف", "J3": "noted", "K3": "من الملف", "J5": "noted"}
    data = filled_in(given_out(app, place.consultation), {**cells, "K5": "من الملف"})
    answer(cast, clock, place, 1)
    answer(cast, clock, place, 2)
    import_id = take_in(app, cast.drafter, place.consultation, data)
    assert states(place, import_id) == {
        "1": RowState.CONFLICT,
        "2": RowState.CONFLICT,
        "3": RowState.UNTOUCHED,
        "4": RowState.NEW,
    }
    taken = next(row.id for row in rows_of(import_id) if row.ref == "2")
    outcomes = confirm(app, cast, clock, place, import_id, chosen={taken})
    assert outcomes["1"] is RowOutcome.LEFT
    assert written(place) == {
        "1": ("clarified", "بيان"),
        "2": ("noted", "من الملف"),
        "4": ("noted", "من الملف"),
    }
