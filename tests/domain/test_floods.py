"""A pace lets a hall full of people pass, and gives everybody beyond it a turn that comes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.floods import (
    INSTEAD_OF_WORK,
    LONGEST_WAIT,
    MEMORY,
    Load,
    Pace,
    block_of,
    load_of,
    marks_of,
    wait_of,
)
from portal.domain.hints import HintKind

NOW = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
BLOCK = Pace(120, 20)  # the default of a block
SECOND = timedelta(seconds=1)


def run(pace: Pace, gaps: list[float]) -> list[timedelta]:
    """How far ahead the turn of each lies who comes so many seconds after the one before."""
    until, now, found = None, NOW, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        found.append(pace.ahead(until, now))
        until = pace.taken(until, now)
    return found


def test_a_hall_of_a_hundred_and_twenty_sends_at_once() -> None:
    assert not any(run(BLOCK, [0] * 120))


def test_a_ministry_of_three_hundred_sends_within_ten_minutes() -> None:
    assert not any(run(BLOCK, [2] * 300))


def test_who_comes_beyond_the_pace_gets_one_turn_after_the_other() -> None:
    assert run(BLOCK, [0] * 123)[-3:] == [3 * SECOND, 6 * SECOND, 9 * SECOND]


def test_a_flood_that_is_over_is_forgotten() -> None:
    pace = Pace(10, 60)
    assert run(pace, [0] * 5_000)[-1] == MEMORY
    assert run(pace, [0] * 5_000 + [MEMORY.total_seconds() + 11])[-1] == timedelta(0)


def test_a_clock_that_is_set_back_slows_nobody_down() -> None:
    until = BLOCK.taken(None, NOW)
    assert BLOCK.ahead(until, NOW - timedelta(hours=1)) == timedelta(0)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=60), st.integers(1, 20), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_no_turn_is_ever_further_than_the_memory(
    gaps: list[float], at_once: int, a_minute: int
) -> None:
    found = run(Pace(at_once, a_minute), gaps)
    assert all(timedelta(0) <= ahead <= MEMORY for ahead in found)
    assert not any(found[:at_once])


@pytest.mark.parametrize(
    ("ahead", "load", "wait"),
    [
        (timedelta(0), Load.QUIET, timedelta(0)),
        (SECOND, Load.BUSY, SECOND),
        (LONGEST_WAIT, Load.BUSY, LONGEST_WAIT),
        (LONGEST_WAIT + SECOND, Load.FLOOD, INSTEAD_OF_WORK),
        (MEMORY, Load.FLOOD, INSTEAD_OF_WORK),
    ],
)
def test_the_row_of_turns_says_what_is_asked(ahead: timedelta, load: Load, wait: timedelta) -> None:
    assert (load_of(ahead), wait_of(ahead)) == (load, wait)


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("8.8.4.4", "8.8.4.0/24"),
        (" 8.8.4.255 ", "8.8.4.0/24"),
        ("::ffff:8.8.4.4", "8.8.4.0/24"),
        ("2606:4700:10:12ab::1", "2606:4700:10:1200::/56"),
        ("127.0.0.1", None),  # a web server in front
        ("10.1.2.3", None),
        ("100.64.7.7", None),  # behind it a provider has thousands
        ("fd00::1", None),
        ("::1", None),
        ("unix:", None),
        ("", None),
    ],
)
def test_a_block_is_what_one_line_is_given(address: str, block: str | None) -> None:
    assert block_of(address) == block


@pytest.mark.parametrize(
    ("filled", "after", "expected"),
    [
        (False, 60.0, []),
        (False, 3.0, []),
        (False, 2.9, [(HintKind.TOO_QUICK, "2")]),
        (True, 60.0, [(HintKind.HIDDEN_FIELD, "")]),
        (True, None, [(HintKind.HIDDEN_FIELD, ""), (HintKind.TOO_QUICK, "")]),
    ],
)
def test_how_it_was_sent_is_a_hint_at_most(
    filled: bool, after: float | None, expected: list[tuple[HintKind, str]]
) -> None:
    opened = None if after is None else NOW - timedelta(seconds=after)
    marks = marks_of(filled=filled, opened_at=opened, now=NOW)
    assert [(mark.kind, mark.detail) for mark in marks] == expected
