"""What other programs read of the public side: the feed and the calendar."""

from __future__ import annotations

import re
from datetime import timedelta

from flask.testing import FlaskClient

from portal.domain.bilingual import Bilingual
from portal.models import db
from portal.services import consultations
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

BASE = "/consultations/gardens"


def test_feed_and_calendar_are_what_they_say(client: FlaskClient, place: Open) -> None:
    feed = client.get("/ar/feed.atom")
    assert feed.mimetype == "application/atom+xml"
    assert "<entry>" in feed.text
    calendar = client.get(f"/ar{BASE}/calendar.ics").get_data()
    assert calendar.startswith(b"BEGIN:VCALENDAR\r\n")
    assert max(len(line) for line in calendar.split(b"\r\n")) <= 75
    assert b"DTSTART:20261117T080000Z" in calendar


def updated(client: FlaskClient) -> list[str]:
    """The moments of the feed, asked for in a context of its own, as in a server."""
    with client.application.app_context():
        return re.findall("<updated>(.*?)</updated>", client.get("/ar/feed.atom").text)


def test_an_extension_is_news_in_the_feed(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    before = updated(client)
    clock.pass_(days=2)
    assert updated(client) == before
    consultations.extend(
        cast.drafter,
        clock(),
        place.consultation,
        closes_at=place.consultation.closes_at + timedelta(days=5),
        reason=Bilingual("طُلبت مهلة (مثال)"),
    )
    db.session.commit()
    after = updated(client)
    assert after == [clock().isoformat()] * 2
