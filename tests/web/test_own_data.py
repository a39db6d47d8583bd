"""A sender's own data through the receipt: seen, downloaded, erased in two steps."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories import consultations as made
from tests.factories import record
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.public_views import VIEWS
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk

ADDRESS = "hind@example.org"


@pytest.fixture
def code(place: Open, clock: Clock) -> str:
    return made.send(place, clock, "أول ما كتبت", "ثاني ما كتبت", name="هند", email=ADDRESS).code


def test_who_holds_the_receipt_sees_and_downloads_all(client: FlaskClient, code: str) -> None:
    page = client.get(f"/ar/submissions/{code}/data")
    assert ADDRESS in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert f"/ar/submissions/{code}/data" in client.get(f"/ar/submissions/{code}").text
    file = client.get(f"/ar/submissions/{code}/data.zip")
    assert file.headers["Cache-Control"] == "no-store"
    told = json.loads(zipfile.ZipFile(io.BytesIO(file.data)).read("data.json"))
    assert told["submissions"][0]["sender"]["email"] == ADDRESS
    for path in ("data", "data.zip", "erase"):
        assert client.get(f"/ar/submissions/{'Z' * 16}/{path}").status_code == 404


def test_nothing_is_erased_that_was_not_meant(client: FlaskClient, code: str) -> None:
    path = f"/ar/submissions/{code}/erase"
    assert "ما يبقى" in client.get(path).text
    unsure = client.post(path)
    assert (unsure.status_code, "ضع العلامة" in unsure.text) == (422, True)
    assert "أول ما كتبت" in client.get(f"/ar/submissions/{code}").text


def test_what_was_erased_is_said_to_be(client: FlaskClient, code: str) -> None:
    path = f"/ar/submissions/{code}"
    assert client.post(f"{path}/erase", data={"sure": "yes"}).status_code == 303
    page = client.get(path).text
    assert "أول ما كتبت" not in page
    assert "مُحيت بطلب منك" in page
    assert "مُحي ما أرسلته" in client.get(f"{path}/data").text
    assert "مُحي ما أرسلته" in client.get(f"{path}/erase").text
    again = client.post(f"{path}/erase", data={"sure": "yes"})
    assert (again.status_code, "من قبل" in again.text) == (409, False)
    assert ADDRESS not in client.get(f"{path}/data").text
    assert client.get(f"{path}/receipt").status_code == 200
    assert "أول ما كتبت" not in client.get(f"{path}/receipt.json").text


def test_what_was_erased_is_in_no_public_view(
    web: Flask, client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    codes = record.answered(web, cast, place, clock)
    words = ("السابعة متأخرة", "اتصلوا", "0790000000")
    for name in ("document", "matrix", "matrix JSON", "matrix XLSX", "record"):
        assert words[0] in VIEWS[name](web, "gardens"), name
    assert client.post(f"/ar/submissions/{codes[0]}/erase", data={"sure": "yes"}).status_code == 303
    record.bring_up(web)
    shown = {name: show(web, "gardens") for name, show in VIEWS.items()}
    assert [(name, word) for name in shown for word in words if word in shown[name]] == []
    assert "محيت بطلب من مرسلها" in shown["row 1"]
    found = client.get("/ar/search?q=السابعة").text
    assert "gardens/comments/1" not in found


def test_whoever_sees_a_private_name_is_written_down(
    web: Flask, cast: Cast, place: Open, code: str
) -> None:
    assert "هند" in Desk(web, cast.moderator).get("/consultations/gardens/moderation/1")
    log = Desk(web, cast.administrator).get("/activity/originals")
    assert "gardens" in log
