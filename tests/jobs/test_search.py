"""`search` as a person or a program meets it, and the index built anew."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.domain.moderation import Outcome
from portal.jobs import tick
from portal.models import Comment, db
from portal.models.indexing import is_complete
from portal.models.search import Indexed, search_words
from portal.services import moderation
from portal.services.moderation import Decision
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.console import Console


@pytest.fixture
def place(cast: Cast, clock: Clock) -> Open:
    """Three comments; the second is published."""
    ready = made.open_one(cast, clock)
    made.send(ready, clock, "الحديقة صغيرة", "نريد حديقة أكبر، وللحديقة سور", "حديقة سرية")
    comment = made.comments(ready)[1]
    moderation.decide(cast.moderator, clock(), comment, Decision(Outcome.PUBLISH, 0))
    db.session.commit()
    return ready


@pytest.fixture
def console(app: Flask) -> Console:
    return Console(app)


def test_results_for_a_program(console: Console, place: Open) -> None:
    told = console.done("search", "الحديقة", "--consultation", "gardens", "--json").json
    first, _second = told["results"][:2]
    assert not told["more"]
    places = ["art_2__para_a", "art_2__para_b", "art_2__para_a"]
    assert [each["eid"] for each in told["results"]] == places
    assert [each["comment"] for each in told["results"]] == [None, None, 2]
    assert (first["what"], first["consultation"], first["document"]) == ("text", "gardens", 1)
    assert (first["version"], first["place"]) == (1, "Article 2(a)")
    for each in told["results"]:
        found = [each["excerpt"][start:end] for start, end in each["hits"]]
        assert found in (["الحديقة"], ["وللحديقة"])


def test_several_words_and_the_whole_portal(console: Console, place: Open) -> None:
    both = console.done("search", "حديقة", "أكبر", "--json").json["results"]
    assert [each["comment"] for each in both] == [2]
    assert [both[0]["excerpt"][start:end] for start, end in both[0]["hits"]] == [
        "حديقة",
        "أكبر",
        "وللحديقة",
    ]
    assert console.done("search", "زرافة", "--json").json == {"results": [], "more": False}


def test_results_in_words(console: Console, place: Open) -> None:
    said = console.done("search", "حديقة", "--limit", "1")
    assert "gardens · document 1, version 1 · Article 2(a)\tتفتح «الحديقة» من" in said.out
    assert said.err.strip()
    comments = console.done("search", "حديقة", "--what", "comments")
    assert "gardens · comment 2 · Article 2(a)\tنريد «حديقة» أكبر، «وللحديقة» سور" in comments.out
    assert comments.err == ""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("؟",), "one word"),
        (("ن" * 300,), "200 characters"),
        (("حديقة", "--consultation", "nowhere"), "nowhere"),
        (("\udcff",), "one word"),
    ],
)
def test_what_cannot_be_looked_for(
    console: Console, place: Open, words: tuple[str, ...], says: str
) -> None:
    assert says in console.refused("search", *words, "--json")


def entries() -> list[int]:
    return list(db.session.scalars(db.select(search_words.c.rowid).order_by("rowid")))


def test_the_index_is_built_anew_as_it_was(console: Console, place: Open) -> None:
    before = entries()
    db.session.execute(db.delete(search_words).where(search_words.c.rowid > 1))
    hidden = db.session.scalars(db.select(Comment).where(Comment.number == 1)).one()
    left_behind = Indexed((("صغيره",),), hidden.consultation_id)
    row = {"rowid": hidden.id, "consultation_id": hidden.consultation_id, "words": left_behind}
    db.session.execute(db.insert(search_words), [row])
    db.session.commit()
    told = console.done("search-reindex", "--json").json
    assert told == {"versions": 1, "comments": 1}
    assert [each for each in entries() if each] == before
    assert "1 versions and 1 comments" in console.done("search-reindex").out


def test_what_was_published_before_there_was_an_index_is_found_after_a_run_of_the_clock(
    app: Flask, console: Console, place: Open
) -> None:
    db.session.execute(db.delete(search_words))
    db.session.commit()
    assert not is_complete()
    assert console.done("search", "حديقة", "--json").json["results"] == []
    tick.run(app, place.consultation.closes_at)
    assert is_complete()
    assert len(console.done("search", "حديقة", "--json").json["results"]) == 3
    before = entries()
    tick.run(app, place.consultation.closes_at)
    assert entries() == before
