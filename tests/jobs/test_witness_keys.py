"""A witness follows the portal to a new key, if the one before signed a tree that names it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.domain.errors import DomainError
from portal.domain.signed_notes import read
from portal.jobs.witness import watch
from tests.factories import consultations as made
from tests.factories import record
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.console import Console
from tests.jobs.test_record import Portal

URL = "https://example.org/record"
KEYS = "/record/keys.json"


@pytest.fixture
def portal(app: Flask, place: Open) -> Portal:
    """A portal that has signed once."""
    record.bring_up(app)
    return Portal(app)


def turned(app: Flask, place: Open, clock: Clock) -> None:
    """The key changed, and something signed by the new one."""
    Console(app).done("record", "rotate")
    made.send(place, clock, "بعد المفتاح الجديد")
    record.bring_up(app)


def kept_keys(folder: Path) -> list[str]:
    return (folder / "keys.txt").read_text().split()


def test_it_follows_from_key_to_key(
    app: Flask, portal: Portal, place: Open, clock: Clock, tmp_path: Path
) -> None:
    first = watch(portal, URL, tmp_path)
    (begun,) = kept_keys(tmp_path)
    turned(app, place, clock)
    turned(app, place, clock)
    last = watch(portal, URL, tmp_path)
    assert last.size > first.size
    told = [each["key"] for each in json.loads(portal(URL + "/keys.json"))["keys"]]
    assert kept_keys(tmp_path) == told
    assert told[0] == begun
    assert read((tmp_path / "checkpoint.txt").read_text()) == last
    assert watch(portal, URL, tmp_path) == last


Change = Callable[[dict[str, Any]], object]
CHANGES: dict[str, Change] = {
    "another salt": lambda told: told.update(salt="0" * 64),
    "another content": lambda told: told["content"].update(before="x"),
    "another leaf": lambda told: told.update(leaf=told["leaf"].replace("Z", "X")),
    "another place": lambda told: told.update(index=told["index"] - 1),
    "no proof": lambda told: told.update(proof=told["proof"][1:]),
    "another tree": lambda told: told.update(checkpoint=told["checkpoint"].replace("\n", "\n1", 1)),
    "nothing": lambda told: told.clear(),
}


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_it_does_not_follow_what_the_key_before_did_not_sign(
    app: Flask, portal: Portal, place: Open, clock: Clock, tmp_path: Path
) -> None:
    watch(portal, URL, tmp_path)
    before = kept_keys(tmp_path)
    turned(app, place, clock)
    told = portal(URL + "/keys.json")
    for name, change in CHANGES.items():
        said = json.loads(told)
        change(said["keys"][1]["announced"])
        portal.instead[KEYS] = json.dumps(said).encode()
        with pytest.raises(DomainError, match="witness_key"):
            watch(portal, URL, tmp_path)
        assert kept_keys(tmp_path) == before, name


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_key_in_a_tree_that_was_written_anew_is_not_followed(
    app: Flask, portal: Portal, place: Open, clock: Clock, tmp_path: Path
) -> None:
    """The old key signed it, and it does not continue what the witness has kept."""
    first = watch(portal, URL, tmp_path)
    turned(app, place, clock)
    announced = json.loads(portal(URL + "/keys.json"))["keys"][1]["announced"]["checkpoint"]
    asked = f"/record/proofs/consistency?first={first.size}&size={read(announced).size}"
    portal.instead[asked] = b'{"proof": []}'
    with pytest.raises(DomainError, match="witness_forked"):
        watch(portal, URL, tmp_path)
    assert len(kept_keys(tmp_path)) == 1
