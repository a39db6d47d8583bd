"""The mail server away, slow, or refusing one: each mail leaves once, and nobody waits for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from portal.adapters.database import unit_of_work
from portal.jobs import posting, tick
from portal.models import OutboxMail, db
from portal.models.ledger import post
from tests.fixtures.apps import Clock
from tests.fixtures.smtp import Mailbox, mail_server

RECEIPT = {"code": "A" * 16, "title": {"ar": "عنوان (مثال)", "en": "Title"}, "late": False}


@pytest.fixture
def box(app: Flask) -> Iterator[Mailbox]:
    with mail_server() as found:
        app.extensions["settings"] = replace(app.extensions["settings"], smtp_url=found.url)
        yield found


def lay_in(clock: Clock, *addresses: str) -> None:
    with unit_of_work():
        for address in addresses:
            post("receipt", to=address, language="ar", now=clock(), params=RECEIPT)


def attempts() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(db.select(OutboxMail.attempts).order_by(OutboxMail.id)))


def test_a_server_that_is_away_is_asked_once_a_minute_and_all_leaves_once_it_is_back(
    app: Flask, box: Mailbox, clock: Clock
) -> None:
    lay_in(clock, *(f"{number}@example.org" for number in range(4)))
    box.away = True
    for minute in range(3):
        assert tick.run(app, clock()).sent == 0
        assert sum(attempts()) == minute + 1, "a server that hangs would hold up all the rest"
        clock.pass_(minutes=1)
    box.away = False
    clock.pass_(minutes=5)
    assert tick.run(app, clock()).sent == 4
    assert tick.run(app, clock()).sent == 0
    assert sorted(letter["To"] for letter in box.letters) == [f"{n}@example.org" for n in range(4)]


def test_a_mailbox_that_is_refused_holds_up_no_other(
    app: Flask, box: Mailbox, clock: Clock
) -> None:
    box.unknown = "gone@example.org"
    lay_in(clock, "gone@example.org", "a@example.org")
    done = tick.run(app, clock())
    assert (done.sent, done.waiting) == (1, 1)
    assert [letter["To"] for letter in box.letters] == ["a@example.org"]
    refused = db.session.scalars(db.select(OutboxMail).where(OutboxMail.sent_at.is_(None))).one()
    assert refused.last_error == "SMTPRecipientsRefused"


def test_others_write_while_a_mail_is_handed_over(app: Flask, box: Mailbox, clock: Clock) -> None:
    """A mail server that is slow keeps nobody's comments waiting: SQLite lets one writer in."""
    lay_in(clock, "a@example.org")
    wrote: list[int] = []

    def while_it_is_slow() -> None:
        with app.app_context():
            lay_in(clock, "b@example.org")
            wrote.append(len(box.letters))
            db.session.remove()

    box.before_keeping = while_it_is_slow
    assert tick.run(app, clock()).sent == 1
    assert wrote == [0], "it was written before the server had said that it has the mail"


def test_two_workers_hand_each_mail_over_once(app: Flask, box: Mailbox, clock: Clock) -> None:
    lay_in(clock, *(f"{number:02}@example.org" for number in range(12)))
    faults: list[BaseException] = []

    def work() -> None:
        try:
            with app.app_context():
                posting.hand_over(app, clock())
                db.session.remove()
        except BaseException as error:
            faults.append(error)

    workers = [threading.Thread(target=work) for _each in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert faults == []
    assert sorted(letter["To"] for letter in box.letters) == [
        f"{number:02}@example.org" for number in range(12)
    ]
    assert attempts() == [1] * 12


def test_a_worker_that_dies_while_it_hands_over_leaves_the_mail_to_the_next(
    app: Flask, box: Mailbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_in(clock, "a@example.org")
    with monkeypatch.context() as patched:

        def die(*_args: object) -> None:
            raise KeyboardInterrupt

        patched.setattr("portal.adapters.mail.send", die)
        with pytest.raises(KeyboardInterrupt):
            posting.hand_over(app, clock())
    clock.pass_(minutes=2)
    assert posting.hand_over(app, clock()) == (1, 0)
    assert (len(box.letters), attempts()) == (1, [2])


def test_a_clock_set_back_sends_nothing_twice_and_keeps_nothing_for_ever(
    app: Flask, box: Mailbox, clock: Clock
) -> None:
    lay_in(clock, "a@example.org")
    assert tick.run(app, clock()).sent == 1
    lay_in(clock, "b@example.org")
    clock.moment -= timedelta(hours=1)
    lay_in(clock, "c@example.org")
    tick.run(app, clock())
    clock.pass_(hours=1)
    tick.run(app, clock())
    assert sorted(letter["To"] for letter in box.letters) == [
        f"{name}@example.org" for name in "abc"
    ]
