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


ODD = "%00", "a%00b", "%ED%A0%80", "%FF", "%E2%80%AE"


@pytest.mark.parametrize("odd", ODD)
def test_signs_that_no_database_keeps_break_no_address(app: Flask, odd: str) -> None:
    client, base = app.test_client(), "/ar/consultations/gardens"
    made.open_one(make_cast(), app.extensions["clock"])
    for path in (
        f"/ar/consultations/{odd}",
        f"{base}/comments?place={odd}&words={odd}&{odd}={odd}",
        f"{base}/comments?document={odd}&after={odd}",
        f"{base}/compose?target={odd}&quoted={odd}",
        f"/ar/search?q={odd}&consultation={odd}",
        f"/ar/submissions?code={odd}",
        f"/ar/submissions/{odd}/receipt.json",
        f"/ar/verify/rows.json?consultation={odd}&number=1",
        f"{base}/documents/1/versions/1/search?q={odd}",
        f"/ar/account/invitations/{odd}",
        f"/{odd}/",
    ):
        with app.app_context():
            assert client.get(path).status_code < 500, path


def test_what_no_rule_saw_and_no_database_keeps_is_refused_in_words(app: Flask) -> None:
    """PostgreSQL keeps no NUL: a field that only a program fills, in a form of anybody's."""
    client = app.test_client()
    made.open_one(make_cast(), app.extensions["clock"])
    typed = {**FORM, "form_key": "a\x00b", "action": "send", "website": "\x00"}
    with app.app_context():
        assert client.post(f"/ar{BASE}/compose", data=typed).status_code < 500
    with app.app_context():
        typed = {"email": "a\x00b@example.org", "password": "\x00" * 20}
        assert client.post("/ar/account/sign-in", data=typed).status_code < 500
