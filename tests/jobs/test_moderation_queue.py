"""`moderation queue`: the queue for programs, narrowed as on screen."""

from __future__ import annotations

from flask import Flask

from portal.domain.moderation import Decision, Outcome
from portal.models import db
from portal.services import moderation
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.console import Console

QUEUE = ("moderation", "queue", "--json")


def test_the_queue_page_by_page(app: Flask, cast: Cast, place: Open, clock: Clock) -> None:
    console = Console(app)
    assert console.done(*QUEUE).json == {"items": [], "next": None}
    made.send(place, clock, "أولى", "ثانية", "ثالثة")
    page = console.done(*QUEUE, "--limit", "2").json
    assert [each["comment"] for each in page["items"]] == [1, 2]
    rest = console.done(*QUEUE, "--after", page["next"]).json
    assert [each["comment"] for each in rest["items"]] == [3]
    assert (rest["next"], rest["items"][0]["article"]) == (None, "art_2")
    assert "gardens 1" in console.done("moderation", "queue").out


def test_it_is_narrowed(app: Flask, cast: Cast, place: Open, clock: Clock) -> None:
    console = Console(app)
    made.send(place, clock, "أولى")
    made.send(place, clock, "ثانية", eid="art_3")
    clock.pass_(days=6)
    made.send(place, clock, "ثالثة: اكتبوا إلى a@example.org")
    moderation.decide(
        cast.moderator, clock(), made.comments(place)[0], Decision(Outcome.PUBLISH, 0)
    )
    db.session.commit()

    def found(*options: str) -> list[int]:
        return [each["comment"] for each in console.done(*QUEUE, *options).json["items"]]

    assert found() == [2, 3]
    assert found("--overdue") == [2]
    assert found("--hint", "email") == [3]
    assert found("--hint", "iban") == []
    assert found("--older-than", "5") == [2]
    assert found("--channel", "letter") == []
    assert found("--class", "citizen", "--consultation", "gardens") == [2, 3]
    assert found("--consultation", "gardens", "--article", "1:art_3") == [2]
    assert found("--status", "published") == [1]
    assert "9" in console.refused(*QUEUE, "--consultation", "gardens", "--article", "9:art_1")
    console.refused(*QUEUE, "--consultation", "nowhere")
