"""Who sends while many do: slowed down, told why and until when, never refused, always counted."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from altcha import Challenge, Payload, solve_challenge
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.application import create_app
from portal.domain.hints import HintKind
from portal.models import CommentHint, SendingCount, SendingPace, db
from portal.models.hinting import note_again
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures import apps
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk
from tests.web.test_public import BASE, FORM

ONE, OTHER = "8.8.4.7", "9.9.9.9"


@pytest.fixture
def narrow(web: Flask, place: Open) -> Flask:
    """A portal that lets one submission of a block pass, and then six a minute."""
    web.extensions["settings"] = replace(web.extensions["settings"], block_rate=(1, 6))
    return web


def post(client: FlaskClient, action: str = "send", address: str = ONE, **fields: str) -> Any:
    data = {**FORM, "action": action, **fields}
    db.session.rollback()
    with client.application.app_context():  # each request has its moment, as in a server
        answer = client.post(f"/ar{BASE}/compose", data=data, environ_base={"REMOTE_ADDR": address})
    db.session.expire_all()
    return answer


def hidden(page: TestResponse) -> dict[str, str]:
    """The form as the page keeps it."""
    found = re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', page.text)
    return {name: html.unescape(value) for name, value in found}


def asked_to_wait(client: FlaskClient, **fields: str) -> TestResponse:
    post(client)
    answer: TestResponse = post(client, **{"form_key": "other", **fields})
    assert answer.status_code == 429
    return answer


def flooded(client: FlaskClient) -> TestResponse:
    for number in range(16):
        answer: TestResponse = post(client, form_key=f"f{number}")
    assert "data-work=" in answer.text
    return answer


def solved(page: TestResponse) -> str:
    found = re.search(r'data-work="([^"]*)"', page.text)
    assert found is not None
    challenge = Challenge.from_dict(json.loads(html.unescape(found[1])))
    solution = solve_challenge(challenge)
    assert solution is not None
    return Payload(challenge, solution).to_base64()


def test_who_is_too_many_waits_and_is_then_taken(
    narrow: Flask, client: FlaskClient, place: Open, clock: Clock
) -> None:
    page = asked_to_wait(client, name="ليلى")
    assert page.headers["Retry-After"] == "10"
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers
    kept = hidden(page)
    assert (kept["name"], kept["comments-0-text"]) == ("ليلى", FORM["comments-0-text"])
    assert len(made.comments(place)) == 1
    early = post(client, **kept)
    assert early.status_code == 429
    assert hidden(early)["turn"] == kept["turn"]
    clock.pass_(seconds=10)
    link = post(client, **kept)
    assert link.status_code == 303
    # The same again, whoever else is waiting: its receipt, and not another submission.
    assert post(client, **kept).headers["Location"] == link.headers["Location"]
    assert len(made.comments(place)) == 2


def test_a_turn_is_for_what_was_typed_then(
    narrow: Flask, client: FlaskClient, place: Open, clock: Clock
) -> None:
    kept = hidden(asked_to_wait(client))
    clock.pass_(seconds=10)
    changed = {**kept, "comments-0-text": "كلام آخر"}
    assert post(client, **changed).status_code == 429


def test_others_are_not_asked_anything(narrow: Flask, client: FlaskClient, place: Open) -> None:
    asked_to_wait(client)
    assert post(client, address=OTHER, form_key="else").status_code == 303


def test_mistakes_are_told_before_anybody_waits(
    narrow: Flask, client: FlaskClient, place: Open
) -> None:
    post(client)
    wrong = post(client, form_key="x", **{"comments-0-text": ""})
    assert wrong.status_code == 422
    assert 'id="comments-0-text-error"' in wrong.text


def test_without_a_key_a_form_is_given_one_with_its_turn(
    narrow: Flask, client: FlaskClient, place: Open, clock: Clock
) -> None:
    kept = hidden(asked_to_wait(client, form_key=""))
    assert kept["form_key"]
    clock.pass_(seconds=10)
    assert post(client, **kept).status_code == 303
    assert post(client, **{**kept, "form_key": ""}).status_code == 429


def test_in_a_flood_work_is_taken_at_once_and_for_one_text(
    narrow: Flask, client: FlaskClient, place: Open
) -> None:
    page = flooded(client)
    assert page.headers["Retry-After"] == "300"
    kept = {**hidden(page), "work": solved(page)}
    assert post(client, **{**kept, "comments-0-text": "آخر"}).status_code == 429
    link = post(client, **kept)
    assert link.status_code == 303
    assert post(client, **kept).headers["Location"] == link.headers["Location"]
    assert len(made.comments(place)) == 2


def test_without_scripts_a_flood_is_waited_for(
    narrow: Flask, client: FlaskClient, place: Open, clock: Clock
) -> None:
    kept = hidden(flooded(client))
    clock.pass_(seconds=299)
    assert post(client, **kept).status_code == 429
    clock.pass_(seconds=1)
    assert post(client, **kept).status_code == 303


def test_the_wait_begins_while_it_is_read_once_more(
    narrow: Flask, client: FlaskClient, place: Open, clock: Clock
) -> None:
    assert 'name="turn"' not in post(client, "preview").text
    post(client)
    page = post(client, "preview", form_key="p")
    assert page.status_code == 200
    clock.pass_(seconds=10)
    assert post(client, **hidden(page)).status_code == 303


def test_what_a_machine_sent_is_received_counted_and_marked(
    web: Flask, client: FlaskClient, place: Open, clock: Clock, cast: Cast
) -> None:
    with web.app_context():
        form = client.get(f"/ar{BASE}/compose").text
    key = re.findall(r'name="form_key"[^>]* value="([^"]+)"', form)[0]
    clock.pass_(seconds=2)
    assert post(client, form_key=key, website="http://x.example").status_code == 303
    clock.pass_(seconds=2)
    post(client, form_key=key, **{"comments-0-text": "من إنسان"})
    first, second = made.comments(place)
    note_again(first)
    db.session.commit()
    of_first = db.session.query(CommentHint).filter_by(comment_id=first.id)
    assert {(hint.kind, hint.detail) for hint in of_first} == {
        (HintKind.HIDDEN_FIELD, ""),
        (HintKind.TOO_QUICK, "2"),
    }
    assert not db.session.query(CommentHint).filter_by(comment_id=second.id).count()
    (counted,) = db.session.query(SendingCount)
    assert (counted.received, counted.marked) == (2, 1)
    page = Desk(web, cast.moderator).get("/consultations/gardens/moderation/1")
    assert "بعد ثانيتين من فتح النموذج" in page
    narrowed = Desk(web, cast.moderator).get("/moderation?hint=hidden_field")
    assert narrowed.count("/desk/consultations/gardens/moderation/") == 1


def test_the_desk_tells_of_a_flood_in_numbers(
    narrow: Flask, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    desk = Desk(narrow, cast.moderator)
    assert "سيل من المشاركات" not in desk.get("/moderation")
    flooded(client)
    for path in ("/moderation", "/consultations/gardens"):
        page = desk.get(path)
        assert "سيل من المشاركات" in page
        assert "استُلمت مشاركة واحدة" in page
    clock.pass_(minutes=11)
    assert "سيل من المشاركات" not in desk.get("/moderation")


@pytest.mark.parametrize(
    ("proxies", "header", "same_block"),
    [
        ("0", "8.8.4.7", True),  # nobody was set in front: what a sender says is not believed
        ("1", "8.8.4.7", False),
        ("1", "9.9.9.1, 8.8.4.7", False),
        ("2", "9.9.9.1, 8.8.4.7", True),  # each proxy adds one: the first of two is the sender's
    ],
)
def test_a_proxy_is_believed_only_where_the_operator_set_it(
    web: Flask, place: Open, proxies: str, header: str, same_block: bool
) -> None:
    folder = web.extensions["settings"].data
    behind = create_app(apps.settings(folder, TRUSTED_PROXIES=proxies, BLOCK_RATE="1 6"))
    behind.extensions["clock"] = web.extensions["clock"]
    client = behind.test_client()

    def send(key: str, address: str, **headers: str) -> int:
        base = {"REMOTE_ADDR": address}
        data = {**FORM, "action": "send", "form_key": key}
        path = f"/ar{BASE}/compose"
        return client.post(path, data=data, environ_base=base, headers=headers).status_code

    assert send("a", "9.9.9.9", **{"X-Forwarded-For": "9.9.9.9, 9.9.9.9"}) == 303
    second = send("b", "9.9.9.9", **{"X-Forwarded-For": header})
    assert second == (429 if same_block else 303)


def test_no_address_is_kept(narrow: Flask, client: FlaskClient, place: Open) -> None:
    flooded(client)
    kept = [row.whose for row in db.session.query(SendingPace)]
    assert sorted(map(len, kept)) == [len(f"consultation {place.consultation.id}"), 64]
    files = narrow.extensions["settings"].data.glob("radd.db*")
    data = b"".join(file.read_bytes() for file in files)
    assert ONE.encode() not in data
    assert b"8.8.4.0" not in data
