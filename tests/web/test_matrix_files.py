"""Downloads of a published matrix: every format in every language, as the page offers them."""

from __future__ import annotations

import hashlib
import html
import json
import re
from datetime import timedelta

import jsonschema
import pytest
import rfc8785
from flask import Flask
from flask.testing import FlaskClient

from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.models import db
from portal.services import matrices, moderation, responses, reviews
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

BEGINNING = {"csv": b"\xef\xbb\xbf", "json": b"{", "pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK"}
PAGE = "/ar/consultations/gardens/matrix"


@pytest.fixture
def published(cast: Cast, place: Open, clock: Clock) -> Open:
    """A consultation whose matrix is published with one row."""
    made.send(place, clock, "لا ملاحظات لنا على النص.")
    clock.moment = place.consultation.closes_at + timedelta(days=1)
    moderation.settle_due(clock())
    draft = Draft((RowRef(1),), Disposition.CLARIFIED, reason_ar="بيان", ready=True)
    written = responses.record(cast.drafter, clock(), place.consultation.id, draft)
    reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    matrices.publish(cast.approver, clock(), place.consultation.id)
    db.session.commit()
    return place


def test_the_page_offers_every_format_in_every_language(
    published: Open, client: FlaskClient
) -> None:
    page = client.get(PAGE).text
    links = [html.unescape(link) for link in re.findall(r'href="([^"]*/file\.[^"]*)"', page)]
    assert len(links) == 3 * 5 + 2
    for link in links:
        answer = client.get(link)
        extension = link.partition("?")[0].rpartition(".")[2]
        assert answer.status_code == 200, link
        assert answer.data.startswith(BEGINNING[extension]), link
        language = link.partition("=")[2].replace("both", "ar-en") or "ar"
        name = answer.headers["Content-Disposition"]
        assert re.search(rf"gardens-matrix-edition-1-[0-9-]+{language}\.", name), name


def test_a_download_without_a_language_is_in_that_of_its_address(
    published: Open, client: FlaskClient
) -> None:
    assert client.get(f"{PAGE}/1/file.csv").text.startswith("\ufeffرقم المرجع,")
    english = client.get(f"{PAGE}/1/file.csv".replace("/ar/", "/en/"))
    assert english.text.startswith("\ufeffReference,")
    assert english.headers["Content-Language"] == "en"
    assert client.get(f"{PAGE}/1/file.csv?language=xx").text.startswith("\ufeffرقم")


def test_light_files_are_sent_as_they_are_read(published: Open, client: FlaskClient) -> None:
    for name in ("csv", "json"):
        answer = client.get(f"{PAGE}/1/file.{name}", buffered=False)
        assert answer.is_streamed
        assert answer.content_length is None
        assert "بيان" in answer.text
        answer.close()


def test_a_heavy_file_is_made_once_and_is_not_sent_again_to_who_has_it(
    web: Flask, published: Open, client: FlaskClient
) -> None:
    first = client.get(f"{PAGE}/1/file.docx")
    assert client.get(f"{PAGE}/1/file.docx").data == first.data
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"{PAGE}/1/file.docx", headers=known).status_code == 304


def test_the_json_keeps_to_its_schema_and_proves_its_fingerprint(
    published: Open, client: FlaskClient
) -> None:
    document = json.loads(client.get(f"{PAGE}/1/file.json").data)
    answer = client.get("/schemas/response-matrix-1.json")
    schema = json.loads(answer.data)
    assert document["schema"] == schema["$id"]
    assert schema["$id"].endswith("/schemas/response-matrix-1.json")
    jsonschema.validate(document, schema)
    computed = hashlib.sha256(rfc8785.dumps(document["rows"])).hexdigest()
    assert document["digest"] == computed, "anybody can check the fingerprint of an edition"


@pytest.mark.parametrize("path", ["1/file.exe", "2/file.csv", "1/file.pdf.zip"])
def test_what_there_is_not_is_not_found(published: Open, client: FlaskClient, path: str) -> None:
    assert client.get(f"{PAGE}/{path}").status_code == 404
