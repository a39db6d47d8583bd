"""Turns are right whatever database and however many processes: they lie in the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.domain.floods import MEMORY, Load, Pace, Paces
from portal.models import SendingCount, SendingPace, db
from portal.services import floods
from portal.services.floods import Sending, Shown
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.fixtures.apps import Clock

PACES = Paces(Pace(2, 6), Pace(4, 60))
SECOND = timedelta(seconds=1)


@pytest.fixture
def here(app: Flask, cast: Cast, clock: Clock) -> int:
    return made.open_one(cast, clock).consultation.id


def come(clock: Clock, here: int, block: str | None, key: str = "k") -> floods.Asked | None:
    asked = floods.admit(clock(), Sending(here, key, block), Shown(), PACES)
    db.session.commit()
    return asked


def test_a_block_waits_beyond_its_pace_and_others_do_not(here: int, clock: Clock) -> None:
    assert [come(clock, here, "a") for _ in range(2)] == [None, None]
    asked = [come(clock, here, "a") for _ in range(30)]
    assert asked[0] == floods.Asked(Load.BUSY, clock() + 10 * SECOND)
    assert asked[1] == floods.Asked(Load.BUSY, clock() + 20 * SECOND)
    assert asked[29] == floods.Asked(Load.FLOOD, clock() + timedelta(minutes=5))
    # What it sent beyond its pace is not held against the consultation.
    assert [come(clock, here, each) for each in ("b", "c")] == [None, None]
    assert come(clock, here, "d") == floods.Asked(Load.BUSY, clock() + SECOND)
    assert come(clock, here, None) == floods.Asked(Load.BUSY, clock() + 2 * SECOND)


def test_a_turn_is_kept_by_who_comes_too_early(here: int, clock: Clock) -> None:
    for _ in range(2):
        come(clock, here, "a")
    asked = come(clock, here, "a")
    assert asked is not None
    sending = Sending(here, "k", "a")
    clock.pass_(seconds=9)
    assert floods.admit(clock(), sending, Shown(asked.turn), PACES) == asked
    clock.pass_(seconds=1)
    assert floods.admit(clock(), sending, Shown(asked.turn), PACES) is None
    assert floods.admit(clock(), sending, Shown(proved=True), PACES) is None


def test_reading_once_more_asks_only_where_sending_would(here: int, clock: Clock) -> None:
    sending = Sending(here, "k", "a")
    assert floods.foresee(clock(), sending, PACES) is None
    assert db.session.query(SendingPace).count() == 0
    for _ in range(2):
        come(clock, here, "a")
    asked = floods.foresee(clock(), sending, PACES)
    assert asked == floods.Asked(Load.BUSY, clock() + 10 * SECOND)
    # That turn is taken: the next one's is later.
    assert come(clock, here, "a") == floods.Asked(Load.BUSY, clock() + 20 * SECOND)


def test_counts_add_up_and_go_after_a_day(here: int, clock: Clock) -> None:
    for marked in (False, True, False):
        floods.count(clock(), here, marked=marked)
    for _ in range(4):
        come(clock, here, "a")
    (row,) = db.session.query(SendingCount)
    assert (row.received, row.marked, row.waited, row.worked) == (3, 1, 2, 0)
    floods.forget(clock())
    assert db.session.query(SendingPace).count() == 2
    clock.pass_(seconds=MEMORY.total_seconds() + 40)
    floods.forget(clock())
    assert (db.session.query(SendingPace).count(), db.session.query(SendingCount).count()) == (0, 1)
    clock.pass_(days=1)
    floods.forget(clock())
    assert db.session.query(SendingCount).count() == 0


def test_tomorrow_nobody_knows_a_block_of_today(clock: Clock) -> None:
    today = floods.block_digest("s" * 40, "8.8.4.0/24", clock())
    assert today == floods.block_digest("s" * 40, "8.8.4.0/24", clock.pass_(hours=1))
    assert today != floods.block_digest("t" * 40, "8.8.4.0/24", clock())
    assert today != floods.block_digest("s" * 40, "8.8.4.0/24", clock.pass_(days=1))
    assert floods.block_digest("s" * 40, None, clock()) is None
