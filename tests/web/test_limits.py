"""What no honest browser sends breaks nothing and loses nothing."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import consultations as made
from tests.factories.cast import make_cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.web.test_public import BASE, sent


@pytest.fixture
def place(web: Flask, clock: Clock) -> Open:
    return made.open_one(make_cast(), clock)


@pytest.mark.parametrize("number", ["9" * 25, str(2**31), "-1"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{BASE}/comments?document=", 200),
        (f"{BASE}/comments?after=", 200),
        (f"{BASE}/comments/", 404),
        (f"{BASE}/documents/", 404),
    ],
)
def test_a_number_that_cannot_be_breaks_no_page(
    client: FlaskClient, place: Open, path: str, status: int, number: str
) -> None:
    assert client.get(f"/ar{path}{number}").status_code == status


def test_forms_without_a_key_are_never_taken_for_one_another(
    client: FlaskClient, place: Open
) -> None:
    assert sent(client, form_key="") != sent(client, form_key="")
    assert len(made.comments(place)) == 2
