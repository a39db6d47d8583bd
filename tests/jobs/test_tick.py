"""The clock's work: mail leaves the outbox until it is gone; people are told once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from portal.adapters.database import unit_of_work
from portal.jobs import tick
from portal.models import OutboxMail, db
from portal.models.ledger import post
from tests.factories import consultations as made
from tests.factories.cast import make_cast
from tests.fixtures.apps import Clock
from tests.fixtures.smtp import Mailbox, mail_server

RECEIPT = {"code": "A" * 16, "title": {"ar": "عنوان (مثال)", "en": "Title"}, "late": False}


@pytest.fixture
def box(app: Flask) -> Iterator[Mailbox]:
    with mail_server() as found:
        settings = app.extensions["settings"]
        app.extensions["settings"] = replace(settings, smtp_url=found.url)
        yield found


def lay_in(clock: Clock, language: str = "ar") -> None:
    with unit_of_work():
        post("receipt", to="a@example.org", language=language, now=clock(), params=RECEIPT)


def test_mail_is_handed_to_the_server_once_in_the_readers_language(
    app: Flask, box: Mailbox, clock: Clock
) -> None:
    lay_in(clock)
    lay_in(clock, "en")
    assert tick.run(app, clock()).sent == 2
    assert tick.run(app, clock()).sent == 0
    arabic, english = box.letters
    assert arabic["Subject"] == "وصلت ملاحظاتكم: عنوان (مثال)"
    assert english["Subject"] == "Your comments were received: Title"
    assert arabic["To"] == "a@example.org"
    body = arabic.get_content()
    assert f"{app.extensions['settings'].base_url}/ar/submissions/{'A' * 16}" in body


def test_without_a_server_mail_goes_to_files(app: Flask, clock: Clock) -> None:
    lay_in(clock)
    assert tick.run(app, clock()).sent == 1
    folder: Path = app.extensions["settings"].data / "mail"
    (file,) = folder.glob("*.eml")
    assert b"a@example.org" in file.read_bytes()


def test_staff_are_told_of_opening_and_closing_once(app: Flask, clock: Clock) -> None:
    place = made.open_one(make_cast(), clock)
    first = tick.run(app, clock())
    assert (first.opened, first.closed) == (1, 0)
    assert tick.run(app, clock()).opened == 0
    told = db.select(OutboxMail.recipient)
    opening = db.session.scalars(told).all()
    clock.moment = place.consultation.closes_at
    assert tick.run(app, clock()).closed == 1
    assert tick.run(app, clock()).closed == 0
    closing = db.session.scalars(told.where(OutboxMail.template == "closing")).all()
    assert (
        sorted(opening)
        == sorted(closing)
        == [
            "approver@example.org",
            "drafter@example.org",
            "moderator@example.org",
            "other-moderator@example.org",
        ]
    )


@pytest.mark.parametrize("outcome", ["publish", "redact", "withhold", "spam", "return"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_notice_of_moderation_can_be_written(
    app: Flask, box: Mailbox, clock: Clock, outcome: str, language: str
) -> None:
    ground = None if outcome == "publish" else "personal_data"
    params = {
        "number": 3,
        "code": "A" * 16,
        "slug": "gardens",
        "title": RECEIPT["title"],
        "outcome": outcome,
        "ground": ground,
        "note": "",
        "masks": [{"words": "079", "ground": "insult"}] if outcome == "redact" else [],
        "decided_at": clock().isoformat(),
    }
    with unit_of_work():
        post("moderated", to="a@example.org", language=language, now=clock(), params=params)
    assert tick.run(app, clock()).sent == 1
    body = box.letters[0].get_content()
    assert (f"/submissions/{'A' * 16}/comments/3/appeal" in body) is (ground is not None)
    assert ("079" in body) is (outcome == "redact")
