"""Comments on words in later versions: for readers, authors, staff and programs."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.domain.submissions import Point, Sender
from portal.models import CommentAnchor, db
from portal.services import submissions
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.words import NEXT, WORDS, marked, next_version, publish, say
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk
from tests.fixtures.statements import counted

BASE = "/consultations/gardens"
PAGE = f"/ar{BASE}/documents/1"
QUOTE = "مُدَّةَ أسبوعين"


@pytest.fixture
def place(cast: Cast, clock: Clock) -> Open:
    return made.open_one(cast, clock, source=WORDS)


def test_authors_see_where_their_words_went(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, say(place, clock, quoted=QUOTE))
    say(place, clock, "art_3", quoted="عشرة قروش")
    next_version(cast, place)
    codes = db.session.execute(db.text("SELECT code FROM submission ORDER BY id")).scalars().all()
    first, second = (client.get(f"/ar/submissions/{code}").text for code in codes)
    assert "موضعها في النسخة 2" in first
    assert "documents/1/versions/2#w1" in first
    assert "لم تعد الكلمات التي اخترتها" in second
    assert "documents/1/versions/2#art_3" in second


def test_staff_place_an_orphan_and_never_change_its_quote(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    lost = say(place, clock, "art_3", quoted="عشرة قروش")
    kept = say(place, clock, quoted=QUOTE)
    next_version(cast, place)
    desk = Desk(web, cast.drafter)
    path = f"{BASE}/documents/1/orphans"
    assert "عشرة قروش" in desk.get(path)
    assert '<span class="count">1</span>' in desk.get(f"{BASE}/responses")
    refused = desk.refused(path, comment=str(lost.number), eid="art_99")
    assert "ليس في أحدث نسخة" in refused
    assert desk.post(path, comment="77", eid="art_3").status_code == 404
    desk.refused(path, status=409, comment=str(kept.number), eid="art_3")
    for eid in ("art_1", "art_3"):  # a second thought is allowed
        desk.done(path, comment=str(lost.number), eid=eid)
    anchor = db.session.scalars(
        db.select(CommentAnchor).where(
            CommentAnchor.comment_id == lost.id, CommentAnchor.placed_by.is_not(None)
        )
    ).one()
    assert (anchor.eid, anchor.exact, anchor.start) == ("art_3", "عشرة قروش", None)
    assert anchor.placed_by == cast.drafter.user_id
    study = desk.get(f"{BASE}/comments/{lost.number}")
    assert "drafter (example)" in study
    assert "خمسة قروش" in study, "the newest version stands beside the old"
    assert Desk(web, cast.committee).post(path, comment="1", eid="art_3").status_code == 403


def test_reads_beside_a_comment_are_constant(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    def asked() -> list[int]:
        desk = Desk(web, cast.drafter)
        found = []
        for path in (f"{BASE}/documents/1/orphans", f"{BASE}/comments/1", f"{BASE}/responses"):
            with counted() as sent:
                desk.get(path)
            found.append(len(sent))
        return found

    for _each in range(2):
        say(place, clock, "art_3", quoted="عشرة قروش", proposed="قرش")
    next_version(cast, place)
    few = asked()
    for number in range(20):
        point = Point(place.target("art_3"), f"{number}", quoted="عشرة قروش", proposed="قرش")
        submissions.submit(
            clock(), place.consultation, Sender(), (point,), form_key=f"x{number}", language="ar"
        )
    db.session.commit()
    assert asked() == few


def test_a_comment_is_an_annotation_for_programs(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, say(place, clock, quoted=QUOTE, proposed="مُدَّةَ شهر"))
    say(place, clock, quoted=QUOTE)
    next_version(cast, place)
    answer = client.get(f"/ar{BASE}/comments/1.json")
    found = json.loads(answer.text)
    assert answer.mimetype == "application/ld+json"
    assert [each["purpose"] for each in found["body"]] == ["commenting", "editing"]
    first, second = (each["selector"] for each in found["target"])
    assert first["value"] == second["value"] == "art_2__para_a"
    assert [each["type"] for each in first["refinedBy"]] == [
        "TextQuoteSelector",
        "TextPositionSelector",
    ]
    assert first["refinedBy"][0]["exact"] == second["refinedBy"][0]["exact"] == QUOTE
    assert first["refinedBy"][1] != second["refinedBy"][1]
    assert client.get(f"/ar{BASE}/comments/2.json").status_code == 404
    assert client.get(f"/ar{BASE}/comments/9.json").status_code == 404


def test_notes_stand_at_their_place_in_the_version_that_is_open(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, say(place, clock, quoted=QUOTE))
    publish(cast, clock, say(place, clock, "art_3", quoted="عشرة قروش"))
    next_version(cast, place, NEXT.replace("المادة 3", "المادة 4"))
    old, new = client.get(f"{PAGE}/versions/1").text, client.get(PAGE).text
    assert marked(old) == QUOTE + "عشرة قروش"
    assert marked(new) == QUOTE
    assert "على النسخة 1" in new
    assert "على النسخة 1" not in old
    assert "لم تعد في هذا النص" in new
    assert "لم تعد في هذا النص" not in old
    shown = client.get(f"/ar{BASE}/comments?document=1&version=2&article=art_2").text
    assert 'id="c1"' in shown
    assert 'id="c2"' not in shown
