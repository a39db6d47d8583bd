"""`consultation …` where it refuses, and what it says to a person."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.models import db
from tests.factories.cast import make_cast
from tests.factories.consultations import DRAFT
from tests.fixtures.apps import Clock
from tests.fixtures.console import Console

NEW = ("consultation", "create")
TITLE = ("--title", "استشارة (مثال)")
CLOSES = ("--closes", "2026-12-01")


@pytest.fixture
def console(web: Flask) -> Console:
    return Console(web)


@pytest.fixture
def ready(console: Console) -> Console:
    """A consultation that could be announced."""
    make_cast()
    db.session.commit()
    console.done(*NEW, "gardens", *TITLE, *CLOSES, "--body", "bureau")
    console.done("draft", "import", "-", "--consultation", "gardens", "--publish", input=DRAFT)
    return console


def test_the_first_consultation_makes_its_body(console: Console) -> None:
    assert "body" in console.refused(*NEW, "gardens", *TITLE, *CLOSES)
    body = ("--body", "parks", "--body-name", "دائرة الحدائق (مثال)")
    console.done(*NEW, "gardens", *TITLE, *CLOSES, *body)
    console.done(*NEW, "parks", *TITLE, *CLOSES), "the only body there is"
    said = console.done("consultation", "list")
    assert len(said.out.splitlines()) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("Bad Slug", *TITLE, *CLOSES),
        ("gardens", *TITLE, *CLOSES),
        ("other", "--title", " ", *CLOSES),
        ("other", "--title", "ع" * 301, *CLOSES),
        ("other", *TITLE, "--closes", "2026-10-01"),
        ("other", *TITLE, "--closes", "2926-10-01"),
        ("other", *TITLE, *CLOSES, "--contact", "\u202e"),
        ("other", *TITLE, *CLOSES, "--body", "nobody"),
    ],
)
def test_a_bad_consultation_is_refused_and_leaves_nothing(
    ready: Console, words: tuple[str, ...]
) -> None:
    body = () if "--body" in words else ("--body", "bureau")
    ready.refused(*NEW, *words, *body)
    assert len(ready.done("consultation", "list", "--json").json) == 1


def test_opening_at_once_and_withdrawing(ready: Console, clock: Clock) -> None:
    assert ready.done("consultation", "open", "gardens", "--now", "--json").json["phase"] == "open"
    assert "open" in ready.refused("consultation", "open", "gardens").lower()
    ready.refused("consultation", "withdraw", "gardens", "--reason", " ")
    gone = ready.done("consultation", "withdraw", "gardens", "--reason", "سبب", "--json")
    assert gone.json["phase"] == "withdrawn"
    clock.pass_(days=1)
    ready.refused("consultation", "extend", "gardens", "--days", "3", "--reason", "سبب")


def test_a_period_that_is_over_is_not_opened_now(ready: Console, clock: Clock) -> None:
    clock.pass_(days=60)
    ready.refused("consultation", "open", "gardens", "--now")
    past = ready.done("consultation", "open", "gardens", "--json").json
    assert past["phase"] == "closed", "an import keeps its dates"


def test_a_short_period_is_opened_with_a_reason_only(ready: Console, clock: Clock) -> None:
    clock.pass_(days=25)
    opened = ("consultation", "open", "gardens", "--now")
    assert "10" in ready.refused(*opened)
    ready.done(*opened, "--short-reason", "ضرورة")


@pytest.mark.parametrize("options", [(), ("--closes", "2026-11-30"), ("--closes", "2026-12-01")])
def test_an_extension_goes_forward(ready: Console, options: tuple[str, ...]) -> None:
    ready.done("consultation", "open", "gardens")
    ready.refused("consultation", "extend", "gardens", "--reason", "سبب", *options)


def test_every_command_explains_itself(console: Console) -> None:
    for group in ("consultation", "draft", "workshop", "comment", "moderation", "response"):
        listed = console.done(group, "--help").out
        for line in listed.partition("Commands:")[2].strip().splitlines():
            name, _, said = line.strip().partition(" ")
            assert said.strip(), f"{group} {name} does not say what it does"
            assert "Usage:" in console.done(group, name, "--help").out
