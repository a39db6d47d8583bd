"""A version as a file: named, kept, cached; only what is published is given to the public."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from portal.domain.draft_parsing import parse
from portal.formats.draft_files import writing
from portal.formats.draft_files.akn_in import read_akn
from portal.models import Provision, db
from portal.services import drafts
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk
from tests.fixtures.programs import pdf_text, unseen, words
from tests.formats.drafts import text_of

HERE = "/consultations/gardens/documents/1/versions/1/draft."
TYPES = {
    "docx": "officedocument",
    "pdf": "application/pdf",
    "md": "text/markdown",
    "xml": "akn+xml",
}


def exports(web: Flask) -> list[Path]:
    return sorted((Path(web.instance_path) / "exports" / "drafts").glob("*"))


@pytest.mark.parametrize("extension", TYPES)
def test_a_published_version_is_a_file_of_every_format(
    client: FlaskClient, place: Open, extension: str
) -> None:
    answer = client.get(f"/ar{HERE}{extension}")
    assert answer.status_code == 200
    assert TYPES[extension] in answer.headers["Content-Type"]
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="gardens-document-1-version-1-2026-11-01.{extension}"'
    )
    assert answer.headers["Cache-Control"].startswith("public")
    assert answer.headers["Content-Language"] == "ar"
    assert "Set-Cookie" not in answer.headers


def test_the_file_is_the_version(client: FlaskClient, place: Open) -> None:
    draft = parse(DRAFT)
    read = read_akn(client.get(f"/ar{HERE}xml").data)
    assert [node.eid for node in read.provisions] == [node.eid for node in draft.provisions]
    assert unseen(words(text_of(draft)), pdf_text(client.get(f"/ar{HERE}pdf").data)) == []
    assert unseen(words("النسخة 1 تشرين"), pdf_text(client.get(f"/ar{HERE}pdf").data)) == []


def test_it_is_made_once_and_kept(web: Flask, client: FlaskClient, place: Open) -> None:
    first = client.get(f"/ar{HERE}docx")
    (file,) = exports(web)
    file.write_bytes(b"what is kept is given")
    again = client.get(f"/ar{HERE}docx")
    assert again.data == b"what is kept is given"
    assert again.headers["ETag"] == first.headers["ETag"]


def test_other_code_makes_another_file(
    web: Flask, client: FlaskClient, place: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(f"/ar{HERE}md")
    monkeypatch.setattr(writing, "code_digest", lambda: "other")
    assert client.get(f"/ar{HERE}md").headers["ETag"] != first.headers["ETag"]
    assert len(exports(web)) == 2


def test_who_has_it_is_told_so(client: FlaskClient, place: Open) -> None:
    tag = client.get(f"/ar{HERE}pdf").headers["ETag"]
    answer = client.get(f"/ar{HERE}pdf", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")


def test_a_question_about_the_file_alone_is_answered(client: FlaskClient, place: Open) -> None:
    head, whole = client.head(f"/ar{HERE}docx"), client.get(f"/ar{HERE}docx")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(whole.data))


@pytest.mark.parametrize(
    "path",
    [
        f"{HERE}exe",
        f"{HERE}akn",
        HERE.replace("versions/1", "versions/2") + "pdf",
        HERE.replace("documents/1", "documents/2") + "pdf",
        HERE.replace("gardens", "nowhere") + "pdf",
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, place: Open, path: str) -> None:
    assert client.get(f"/ar{path}").status_code == 404


def test_a_working_version_is_for_staff_alone_and_kept_nowhere(
    web: Flask, client: FlaskClient, cast: Cast, clock: Clock, place: Open
) -> None:
    drafts.import_text(cast.drafter, clock(), place.document, f"{DRAFT}\nالمادة 4:\nسري بعد.")
    db.session.commit()
    second = HERE.replace("versions/1", "versions/2")
    assert client.get(f"/ar{second}md").status_code == 404
    assert client.get(f"/ar/desk{second}md").status_code == 302
    desk = Desk(web, cast.drafter).client
    with web.app_context():  # of its own, or this test's would remember who asked before
        answer = desk.get(f"/ar/desk{second}md")
    assert "سري بعد." in answer.text
    assert "version-2-unpublished-2026-11-04.md" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert exports(web) == []


def test_the_page_offers_each_format_in_each_language_that_there_is(
    client: FlaskClient, place: Open
) -> None:
    page = client.get("/ar/consultations/gardens/documents/1").text
    assert page.count("/draft.") == len(TYPES)
    assert "/en/consultations/gardens/documents/1/versions/1/draft." not in page


def test_a_translation_is_offered_and_written(
    web: Flask, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    place = made.open_one(cast, clock)
    assert client.get(f"/en{HERE}pdf").headers["Content-Language"] == "ar"
    _drop_lock()
    db.session.execute(
        update(Provision)
        .where(Provision.version_id == place.version.id, Provision.eid == "art_3")
        .values(text_en="Bicycles are allowed on their paths.")
    )
    db.session.commit()
    page = client.get("/en/consultations/gardens/documents/1").text
    assert page.count("/en/consultations/gardens/documents/1/versions/1/draft.") == 2
    both = client.get(f"/en{HERE}docx")
    assert both.headers["Content-Language"] == "ar, en"
    assert both.headers["Content-Disposition"].endswith('2026-11-01-ar-en.docx"')
    assert "Bicycles are allowed" in pdf_text(client.get(f"/en{HERE}pdf").data)
    assert client.get(f"/en{HERE}md").headers["Content-Language"] == "ar"


def _drop_lock() -> None:
    """A translation as if it had been there before publication, which the database locks."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'provision'"
    for name in db.session.scalars(db.text(query)).all():
        db.session.execute(db.text(f'DROP TRIGGER "{name}"'))
