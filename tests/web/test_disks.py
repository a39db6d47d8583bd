"""Disks that are full and databases that may only be read, for real: said so, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from portal.models import Comment, Submission, db
from tests.factories.attachments import a_pdf
from tests.factories.cast import make_cast
from tests.factories.consultations import Open, open_one
from tests.fixtures import apps
from tests.fixtures.disks import fill, small_disk
from tests.web.test_away import COMPOSE, FORM, again


@pytest.fixture
def cramped(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """The portal on SQLite, on a disk of its own with little room."""
    folder = tmp_path / "disk"
    with small_disk(folder, kilobytes=6_000):
        apps.sqlite_copy(sqlite_template, folder)
        with apps.lent(folder) as running:
            running.config["PROPAGATE_EXCEPTIONS"] = False  # what fails at the commit is a page too
            yield running
            running.config["PROPAGATE_EXCEPTIONS"] = None
            db.session.remove()
            db.engine.dispose()


def texts() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Comment.text).order_by(Comment.number)))


def test_on_a_full_disk_a_form_is_kept_and_received_once_there_is_room(cramped: Flask) -> None:
    open_one(make_cast(), cramped.extensions["clock"])
    client = cramped.test_client()
    assert client.post(COMPOSE, data={**FORM, "form_key": "j" * 24}).status_code == 303
    before = texts()
    ballast = fill(Path(cramped.extensions["settings"].data))
    # What WAL has room for already is taken; then the disk itself is asked.
    for number in range(40):
        big = {**FORM, "form_key": f"{number:024}", "comments-0-text": f"كلمة {number} " * 500}
        answer = client.post(COMPOSE, data=big)
        if answer.status_code != 303:
            break
        before.append(big["comments-0-text"].strip())
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert again(answer.text) == big
    assert client.get("/ar/consultations/gardens").status_code == 200, "it goes on being read"
    assert texts() == before, "all that was acknowledged, and nothing else"
    ballast.unlink()
    assert client.post(COMPOSE, data=again(answer.text)).status_code == 303
    assert client.post(COMPOSE, data=again(answer.text)).status_code == 303
    assert len(texts()) == len(before) + 1


def test_a_file_for_which_there_is_no_room_is_no_error_of_the_portal(
    web: Flask, place: Open
) -> None:
    client = web.test_client()
    with small_disk(Path(web.extensions["settings"].data) / "attachments", kilobytes=64):
        fill(Path(web.extensions["settings"].data) / "attachments")
        sent = {**FORM, "comments-0-files": (BytesIO(a_pdf()), "memo.pdf")}
        answer = client.post(COMPOSE, data=sent, content_type="multipart/form-data")
        assert answer.status_code == 503
        assert again(answer.text) == FORM
        assert "ملفاتكم" in answer.text, "they are to be chosen again"
    assert db.session.scalar(db.select(db.func.count()).select_from(Submission)) == 0
    sent = {**FORM, "comments-0-files": (BytesIO(a_pdf()), "memo.pdf")}
    answer = client.post(COMPOSE, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 303


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_server_that_may_only_be_read_goes_on_being_read(app: Flask) -> None:
    """As PostgreSQL is that stands by for another, or whose administrator has locked it."""
    open_one(make_cast(), app.extensions["clock"])
    client = app.test_client()
    url = app.extensions["settings"].database_url
    name = db.engine.url.database

    def only_read(state: str) -> None:
        db.session.remove()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as direct:
            direct.execute(db.text("SET default_transaction_read_only = off"))
            said = f'ALTER DATABASE "{name}" SET default_transaction_read_only = {state}'
            direct.execute(db.text(said))
        db.engine.dispose()

    assert url
    only_read("on")
    try:
        assert client.get("/ar/consultations/gardens").status_code == 200
        answer = client.post(COMPOSE, data=FORM)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert again(answer.text) == FORM
    finally:
        only_read("off")
    assert client.post(COMPOSE, data=again(answer.text)).status_code == 303
    assert len(texts()) == 1
