"""The database is away, full, or may not be written: it is said so, and nothing typed is lost."""

from __future__ import annotations

import html
import re
import sqlite3
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.models import Submission, db
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.desk import TOKEN, Desk

FORM = {
    "form_key": "k" * 24,
    "comments-0-target": "d1:art_2__para_a",
    "comments-0-text": "\nالسطر الثاني <b>\n",
    "comments-0-type": "substantive",
    "sender_class": "citizen",
    "action": "send",
}
COMPOSE = "/ar/consultations/gardens/compose"


@pytest.fixture
def database(web: Flask, place: Open) -> Path:
    """The file of the database, nobody in it."""
    db.session.commit()
    db.session.remove()
    db.engine.dispose()
    return Path(web.extensions["settings"].data) / "radd.db"


def again(page: str) -> dict[str, str]:
    """The form that the page keeps, as a browser sends it."""
    found = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: html.unescape(value) for name, value in found}


def test_a_form_is_kept_until_the_database_is_back(client: FlaskClient, database: Path) -> None:
    aside = database.rename(database.with_suffix(".aside"))
    database.mkdir()  # no file can be opened here
    answer = client.post(COMPOSE, data=FORM)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert again(answer.text) == FORM
    reading = client.get("/ar/consultations/gardens")
    assert reading.status_code == 503
    assert "البوابة متوقفة" in reading.text
    database.rmdir()
    aside.rename(database)
    sent = client.post(COMPOSE, data=again(answer.text))
    assert sent.status_code == 303
    assert db.session.scalar(db.select(db.func.count()).select_from(Submission)) == 1


def test_a_disk_that_is_full_is_said_and_the_form_is_kept(
    client: FlaskClient, database: Path
) -> None:
    with sqlite3.connect(database) as direct:
        pages = direct.execute("PRAGMA page_count").fetchone()[0]
    direct.close()

    def no_room(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    db.event.listen(db.engine, "connect", no_room)
    try:
        big = {**FORM, "comments-0-text": "كلمة " * 3900}
        answer = client.post(COMPOSE, data=big)
        assert answer.status_code == 503
        assert again(answer.text) == big
    finally:
        db.session.remove()
        db.event.remove(db.engine, "connect", no_room)
        db.engine.dispose()


def test_a_database_that_may_only_be_read_goes_on_being_read(
    client: FlaskClient, database: Path
) -> None:
    def only_read(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    db.event.listen(db.engine, "connect", only_read)
    try:
        assert client.get("/ar/consultations/gardens").status_code == 200
        answer = client.post(COMPOSE, data=FORM)
        assert answer.status_code == 503
        assert again(answer.text) == FORM
    finally:
        db.session.remove()
        db.event.remove(db.engine, "connect", only_read)
        db.engine.dispose()


def test_who_is_signed_in_is_told_too_and_keeps_what_they_typed(
    web: Flask, cast: Cast, place: Open, database: Path
) -> None:
    desk = Desk(web, cast.drafter)
    new = "/consultations/gardens/responses/new"
    found = TOKEN.search(desk.get(f"{new}?comments=1"))
    assert found is not None
    db.session.remove()
    db.engine.dispose()
    aside = database.rename(database.with_suffix(".aside"))
    database.mkdir()
    typed = {"csrf_token": found[1], "reason_ar": "بيان طويل"}
    with web.app_context():
        answer = desk.client.post(f"/ar/desk{new}", data=typed)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert again(answer.text) == typed
    desk.get("/", status=503)
    database.rmdir()
    aside.rename(database)
    desk.get("/", status=200)  # and is signed in still


def test_a_password_is_not_repeated(client: FlaskClient, database: Path) -> None:
    database.rename(database.with_suffix(".aside"))
    database.mkdir()
    sent = {"email": "moderator@example.org", "password": "olive-thyme-and-stone"}
    answer = client.post("/ar/account/sign-in", data=sent)
    assert answer.status_code in (400, 503)
    assert "olive-thyme" not in answer.text
