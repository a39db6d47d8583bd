"""What no honest browser sends breaks nothing and loses nothing."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.domain.errors import DomainError
from portal.formats.messages import message
from tests.factories import consultations as made
from tests.factories.cast import make_cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.web.test_public import BASE, FORM, sent


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


@pytest.mark.parametrize("action", ["preview", "send", "add", "remove-3"])
def test_more_comments_than_are_taken_are_refused_and_the_first_kept(
    client: FlaskClient, place: Open, action: str
) -> None:
    many = {f"comments-{number}-text": f"ملاحظة رقم {number}" for number in range(3_000)}
    answer = client.post(f"/ar{BASE}/compose", data={**FORM, **many, "action": action})
    assert answer.status_code == 422
    assert "ملاحظة رقم 49<" in answer.text
    assert "ملاحظة رقم 50<" not in answer.text
    assert answer.text.count("<fieldset>") == 50 + 1  # and that of the sender
    assert message(DomainError("comments_cut", maximum=50)) in answer.text
    assert made.comments(place) == []
