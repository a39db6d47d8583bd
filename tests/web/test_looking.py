"""A comment that came just now: its sender has the receipt, the desk says what is still to come."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from portal.jobs.looking import carry_out
from portal.jobs.queue import queue_of
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk

PAGE = "/consultations/gardens/moderation/1"
SOON = "وصلت الآن"


def test_a_worker_is_told_and_the_desk_says_what_is_to_come(
    web: Flask, client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    typed = {
        "form_key": "a",
        "comments-0-target": "",
        "comments-0-type": "general",
        "comments-0-text": "راسلوني على a@example.org",
        "sender_class": "citizen",
        "action": "send",
    }
    sent = client.post("/ar/consultations/gardens/compose", data=typed)
    assert sent.status_code == 303
    assert [task.name for task in queue_of(web).pending()] == ["look_over"]
    desk = Desk(web, cast.moderator)
    assert SOON in desk.get(PAGE)
    carry_out(clock, pause=0)
    seen = desk.get(PAGE)
    assert SOON not in seen
    assert "<mark>" in seen
