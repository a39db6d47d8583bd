"""The record as programs and readers meet it: tiles, proofs, the page that checks a receipt."""

from __future__ import annotations

import io
import json
from base64 import b64decode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.domain.merkle import consistent, leaf_hash, root_from_inclusion
from portal.domain.signed_notes import read
from portal.formats.canonical import canonical
from portal.formats.record_files.receipts import compact
from portal.jobs import recording
from portal.models import db
from portal.queries.receipts import find_receipt
from tests.factories import consultations as made
from tests.factories import record
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock


@pytest.fixture
def codes(web: Flask, cast: Cast, place: Open, clock: Clock) -> list[str]:
    codes = record.send_all(cast, place, clock)
    record.bring_up(web)
    return codes


def size_of(client: FlaskClient) -> int:
    return read(client.get("/record/checkpoint").text).size


def entries(data: bytes) -> list[bytes]:
    found = []
    while data:
        length = int.from_bytes(data[:2])
        found.append(data[2 : 2 + length])
        data = data[2 + length :]
    return found


def test_before_anything_is_signed_there_is_nothing(client: FlaskClient) -> None:
    assert client.get("/record/checkpoint").status_code == 404
    assert client.get("/record/keys.json").get_json() == {"keys": []}
    assert client.get("/ar/record").status_code == 200


def test_the_leaves_and_the_tree_are_public(client: FlaskClient, codes: list[str]) -> None:
    size = size_of(client)
    answer = client.get(f"/record/tile/entries/000.p/{size}")
    leaves = entries(answer.data)
    assert len(leaves) == size
    tile = client.get(f"/record/tile/0/000.p/{size}").data
    assert tile == b"".join(map(leaf_hash, leaves))
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    for code in codes:
        assert code.encode() not in answer.data


@pytest.mark.parametrize(
    "path",
    ["0/000", "0/001", "1/000", "9/000", "0/000.p/9999", "0/x.p/1", "entries/000", "0/000.p/0"],
)
def test_what_the_tree_has_not_is_nowhere(client: FlaskClient, codes: list[str], path: str) -> None:
    assert client.get(f"/record/tile/{path}").status_code == 404


def test_proofs_hold_against_checkpoints(
    web: Flask, client: FlaskClient, codes: list[str], place: Open, clock: Clock
) -> None:
    early = read(client.get("/record/checkpoint").text)
    made.send(place, clock, "بعدها")
    record.bring_up(web)
    late = read(client.get("/record/checkpoint").text)
    asked = f"first={early.size}&size={late.size}"
    said = client.get(f"/record/proofs/consistency?{asked}").get_json()
    proof = [b64decode(each) for each in said["proof"]]
    assert consistent(early.size, early.root, late.size, late.root, proof)
    said = client.get("/record/proofs/inclusion?index=3").get_json()
    proof = [b64decode(each) for each in said["proof"]]
    leaf = leaf_hash(said["leaf"].encode())
    assert root_from_inclusion(leaf, 3, late.size, proof) == late.root
    listed = client.get("/record/checkpoints.json").get_json()["checkpoints"]
    assert [each["size"] for each in listed] == [late.size, early.size]
    assert client.get(f"/record/checkpoints/{early.size}.txt").text == listed[1]["note"]
    for bad in ("index=99999", "size=5", "index=-1", "index=2&size=99999"):
        assert client.get(f"/record/proofs/inclusion?{bad}").status_code == 404, bad
    assert client.get("/record/proofs/consistency?first=0").status_code == 404


def check(client: FlaskClient, **fields: object) -> tuple[int, str]:
    with client.application.app_context():  # as in a server: a language for each request
        answer = client.post("/en/verify", data=fields, content_type="multipart/form-data")
        return answer.status_code, answer.text


def test_a_receipt_is_checked_by_file_reference_and_code(
    web: Flask, client: FlaskClient, codes: list[str], cast: Cast, place: Open, clock: Clock
) -> None:
    data = record.receipt(codes[0])
    status, page = check(client, receipt=(io.BytesIO(data), "receipt.json"))
    assert status == 200
    assert page.count('class="holds"') == 5 + 1  # and the sign that scripts copy
    assert "There is no published matrix yet" in page
    record.publish(cast, place, clock)
    record.bring_up(web)
    for code in codes:
        status, page = check(client, code=code)
        assert (status, page.count('<li class="holds">')) == (200, 6)
        assert '<li class="fails">' not in page
    held = find_receipt(codes[0])
    assert held is not None
    status, page = check(client, text=canonical(compact(held)).decode())
    assert (status, page.count('<li class="holds">')) == (200, 5)
    assert "There are no texts in it" in page


def test_what_is_not_a_receipt_is_said_to_be_none(client: FlaskClient, codes: list[str]) -> None:
    data = record.receipt(codes[0]).replace("السابعة".encode(), "السادسة".encode())
    _status, page = check(client, receipt=(io.BytesIO(data), "receipt.json"))
    assert "A text in it is not the one that was received." in page
    assert "Something does not hold" in page
    for junk in (b"{}", b"\xff", b"[" * 9_999, b'{"entries": [{"content": {"comments": 5}}]}'):
        status, page = check(client, receipt=(io.BytesIO(junk), "x.json"))
        assert (status, "This file is not a receipt" in page) == (200, True), junk[:20]
    said = json.loads(record.receipt(codes[0]))
    mixed = {"consultation": [], "comments": [{"number": n, "hash": "x"} for n in (5, "6")]}
    faults: tuple[dict[str, object], ...] = (
        {"entries": []},
        {"entries": None},
        {"reference": 5},
        {"reference_salt": "é"},
        {"entries": [{**said["entries"][0], "content": mixed}]},
    )
    for broken in faults:
        text = json.dumps({**said, **broken}, ensure_ascii=False, indent=1) + "\n"
        status, page = check(client, text=text)
        assert (status, '<li class="fails">' in page) == (200, True), broken
    assert check(client)[0] == 422
    assert check(client, code="nowhere")[0] == 404
    assert check(client, receipt=(io.BytesIO(b"x" * 2**20 + b"x"), "x"))[0] == 413


def test_a_receipt_says_that_it_waits_and_then_holds_its_proof(
    web: Flask, client: FlaskClient, place: Open, clock: Clock
) -> None:
    code = made.send(place, clock, "واحدة").code
    waiting = client.get(f"/ar/submissions/{code}/receipt.json").get_json()
    assert waiting["entries"][0]["proof"] is None
    assert "دقيقة أو دقيقتين" in client.get(f"/ar/submissions/{code}/receipt").text
    assert "not in the signed tree yet" in check(client, code=code)[1]
    record.bring_up(web)
    page = client.get(f"/ar/submissions/{code}/receipt").text
    entry = client.get(f"/ar/submissions/{code}/receipt.json").get_json()["entries"][0]
    assert entry["checkpoint"].splitlines()[2] in page
    assert page.count("<svg") > 1  # the proof as a code, beside the link


def test_the_rows_of_comments_are_told_to_who_checks(
    web: Flask, client: FlaskClient, codes: list[str], cast: Cast, place: Open, clock: Clock
) -> None:
    path = "/ar/verify/rows.json?consultation=gardens&number=1&number=4&number=77&number=x"
    assert client.get(path).get_json() == {"rows": None}
    record.publish(cast, place, clock)
    rows = client.get(path).get_json()["rows"]
    assert {number: len(hashes) for number, hashes in rows.items()} == {"1": 1, "4": 2}


def test_the_bundle_of_an_edition_is_there_when_the_minute_is_over(
    web: Flask, client: FlaskClient, codes: list[str], cast: Cast, place: Open, clock: Clock
) -> None:
    record.publish(cast, place, clock)
    base = "/ar/consultations/gardens/matrix/1/record"
    assert "خلال دقائق" in client.get(base).text
    assert client.get(f"{base}.zip").status_code == 404
    db.session.rollback()
    recording.record(web.extensions["settings"], clock())
    recording.record(web.extensions["settings"], clock())
    page = client.get(base)
    assert f"{base}.zip" in page.text
    answer = client.get(f"{base}.zip")
    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"
    assert "gardens-edition-1-record.zip" in answer.headers["Content-Disposition"]
    assert f'href="{base}"' in client.get("/ar/consultations/gardens/matrix").text
