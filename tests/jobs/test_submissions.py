"""`comment import`: all rows or none, and every fault with its row."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from portal.models import Comment, Submission, db
from tests.factories import consultations as made
from tests.factories.cast import make_cast
from tests.fixtures.apps import Clock
from tests.fixtures.console import Console

SENT = ("comment", "import", "-", "--consultation", "gardens")
HEAD = "document,provision,comment,proposed_text,submitter,submitter_class,on_behalf_of,channel"
CSV = f"""\ufeff{HEAD},received
1,art_2__para_a,السابعة متأخرة,,,citizen,,letter,2026-11-03
,,شكراً لكم,,اسم للتجربة,civil_society,جمعية (مثال),email,2026-11-03T10:30
1,,,نص مقترح,,,,,
"""


@pytest.fixture
def console(web: Flask) -> Console:
    made.open_one(make_cast(), web.extensions["clock"])
    return Console(web)


def kept() -> list[Comment]:
    return list(db.session.scalars(db.select(Comment).order_by(Comment.number)))


def test_a_table_is_taken_in_by_the_columns_of_the_matrix(console: Console) -> None:
    assert console.done(*SENT, "--json", input=CSV).json == {
        "taken_in": 3,
        "references": [1, 2, 3],
    }
    first, second, third = kept()
    assert (first.eid, first.text) == ("art_2__para_a", "السابعة متأخرة")
    assert (second.document_id, third.proposed) == (None, "نص مقترح")
    sent = db.session.scalars(db.select(Submission).order_by(Submission.id)).all()
    assert [each.channel.value for each in sent] == ["letter", "email", "import"]
    assert sent[1].received_at.isoformat() == "2026-11-03T07:30:00+00:00", "Amman's clock"


def test_the_same_file_twice_is_taken_once(console: Console) -> None:
    console.done(*SENT, input=CSV)
    assert console.done(*SENT, "--json", input=CSV).json["taken_in"] == 0
    assert len(kept()) == 3


def test_a_dry_run_writes_nothing(console: Console) -> None:
    assert console.done(*SENT, "--dry-run", "--json", input=CSV).json["taken_in"] == 3
    assert kept() == []


def test_windows_1256_is_read(console: Console) -> None:
    console.done(*SENT, input=CSV.removeprefix("\ufeff").encode("cp1256"))
    assert kept()[0].text == "السابعة متأخرة"


@pytest.mark.parametrize(
    ("rows", "rows_named"),
    [
        ([{"comment": "س"}, {"comment": "س" * 20_001}], ["Row 3"]),
        ([{"comment": "س\u202e"}, {"comment": "س\x01"}], ["Row 2", "Row 3"]),
        ([{"comment": " "}], ["Row 2"]),
        ([{"comment": "س", "document": "7"}], ["Row 2"]),
        ([{"comment": "س", "document": "1", "provision": "art_99"}], ["Row 2"]),
        ([{"comment": "س", "submitter_class": "king"}], ["Row 2"]),
        ([{"comment": "س", "received": "yesterday"}], ["Row 2"]),
        ([{"comment": "س"}, {"comment": "س", "email": "nobody"}], ["Row 3"]),
        ([{"comment": "س", "submitter_class": "academic"}], ["Row 2"]),
        ([{"comment": "س", "colour": "red"}], ["colour"]),
        ([{"document": "1"}], ["comment"]),
        ([], [""]),
        ({"comment": "س"}, [""]),
    ],
)
def test_a_bad_file_is_refused_whole_and_its_rows_are_named(
    console: Console, rows: object, rows_named: list[str]
) -> None:
    said = console.refused(*SENT, input=json.dumps(rows, ensure_ascii=False)).splitlines()
    assert len(said) == len(rows_named)
    for sentence, named in zip(said, rows_named, strict=True):
        assert named in sentence
    assert kept() == []


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"[{", b'"', b"a,b\n1,2\n"])
def test_what_is_no_table_is_refused(console: Console, data: bytes) -> None:
    console.refused(*SENT, input=data)


def test_late_ones_are_marked_and_out_of_time_is_said_once(console: Console, clock: Clock) -> None:
    clock.pass_(days=30)
    console.done(*SENT, input="comment\nمتأخرة\n")
    assert db.session.scalars(db.select(Submission)).one().late
    console.done("consultation", "withdraw", "gardens", "--reason", "سبب")
    assert len(console.refused(*SENT, input=CSV).splitlines()) == 1
