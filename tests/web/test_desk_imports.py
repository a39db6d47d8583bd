"""Files of drafts and of translations on screen: sent, waited for, refused in words."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask

from portal.domain.limits import LARGEST_BODY, MEGABYTE
from portal.jobs import imports as job
from portal.models import DraftImport, DraftVersion, db
from portal.models.structure import load_rows
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.fixtures.desk import Desk

HERE = "/consultations/gardens/documents/1"
VERSION = f"{HERE}/versions/2"


@pytest.fixture
def place(cast: Cast) -> Open:
    return made.followed(cast)


@pytest.fixture
def drafter(web: Flask, cast: Cast, place: Open) -> Desk:
    return Desk(web, cast.drafter)


def version() -> DraftVersion:
    return db.session.scalars(db.select(DraftVersion).where(DraftVersion.number == 2)).one()


def upload(desk: Desk, data: bytes, name: str = "draft.md", **more: Any) -> str:
    """Send a file that is taken; gives the page of its import, below the desk."""
    there = desk.done(f"{HERE}/versions/new", file=(io.BytesIO(data), name), **more)
    return there.partition("/desk")[2]


def read_in(web: Flask) -> None:
    """What a worker does meanwhile."""
    asked = db.session.scalars(db.select(DraftImport.id).order_by(DraftImport.id.desc())).first()
    assert asked is not None
    db.session.rollback()
    job.run(web, asked)


def test_a_file_waits_is_read_and_leads_to_the_review(web: Flask, drafter: Desk) -> None:
    page = upload(drafter, DRAFT.replace("الغروب", "العشاء").encode(), tracked="reject")
    answer = drafter.client.get(f"/ar/desk{page}")
    assert answer.headers["Refresh"].endswith(f"/desk{page}"), "it looks again by itself"
    assert "<progress" in answer.text
    assert "draft.md" in drafter.get(f"{HERE}/versions/new"), "and is found again"
    read_in(web)
    done = drafter.client.get(f"/ar/desk{page}")
    assert done.status_code == 302
    assert done.headers["Location"].endswith(VERSION)
    assert "العشاء" in drafter.get(VERSION)
    later = drafter.client.get(f"/ar/desk{page.partition('?')[0]}")
    assert "Refresh" not in later.headers
    assert re.search(r"SHA-256</code> [0-9a-f]{64}", later.text)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "DOCX"),
        ("".join(f"المادة {n}:\nنص.\n" for n in range(1, 10_001)).encode(), "2000"),
    ],
    ids=["picture", "ten-thousand-articles"],
)
def test_a_bad_file_is_refused_in_words_and_changes_nothing(
    web: Flask, drafter: Desk, data: bytes, words: str
) -> None:
    before = load_rows(version().id)
    page = upload(drafter, data)
    read_in(web)
    said = drafter.get(page)
    assert words in said
    assert "بقي ما كان" in said
    assert f"{HERE}/versions/new" in said, "what can be done is a link"
    assert load_rows(version().id) == before


def test_an_empty_file_or_none_is_refused_beside_its_field(drafter: Desk) -> None:
    assert 'id="file-error"' in drafter.refused(
        f"{HERE}/versions/new", file=(io.BytesIO(b""), "x.docx")
    )
    assert 'id="source-error"' in drafter.refused(f"{HERE}/versions/new", source=" ")


def test_a_file_of_fifty_megabytes_is_refused_with_what_was_typed_kept(drafter: Desk) -> None:
    big = (io.BytesIO(bytes(50 * MEGABYTE)), "big.pdf")
    page = drafter.refused(f"{HERE}/versions/new", file=big, source="كلام كُتب", tracked="reject")
    assert "25 ميغابايت" in page
    assert 'id="file-error"' in page
    assert "كلام كُتب" in page
    assert re.search(r'<input checked[^>]*value="reject"', page)


def test_a_body_beyond_all_measure_is_refused_in_words(drafter: Desk) -> None:
    answer = drafter.client.post(
        f"/ar/desk{HERE}/versions/new",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(LARGEST_BODY + 1)},
    )
    assert answer.status_code == 413
    assert "25 ميغابايت" in answer.text


def test_other_forms_take_no_large_body(drafter: Desk) -> None:
    many = (io.BytesIO(bytes(5 * MEGABYTE)), "x.bin")
    answer = drafter.post(f"{VERSION}/structure", file=many)
    assert answer.status_code == 413


def test_the_source_can_be_mended_and_read_in_again(drafter: Desk) -> None:
    assert "من السابعة صباحاً" in drafter.get(f"{HERE}/versions/new?from=2")
    drafter.done(f"{HERE}/versions/new", source=DRAFT.replace("السابعة", "السادسة"))
    assert "من السادسة صباحاً" in version().source


def test_a_second_file_waits_for_the_first(drafter: Desk) -> None:
    upload(drafter, DRAFT.encode())
    drafter.refused(
        f"{HERE}/versions/new", status=409, file=(io.BytesIO(DRAFT.encode()), "again.md")
    )


def test_a_translation_stands_beside_and_says_what_found_no_place(
    web: Flask, drafter: Desk
) -> None:
    english = "Article 1: Title\nGarden instructions.\n\nArticle 9: Dogs\nNone."
    there = drafter.done(f"{VERSION}/translation", source=english).partition("/desk")[2]
    read_in(web)
    said = drafter.get(there)
    assert "Article 9: Dogs None." in said
    assert f"{VERSION}?at=art_3" in said, "what has no English is a link"
    page = drafter.get(VERSION)
    assert '<span class="said" lang="en" dir="ltr"><b>Title</b>' in page
    assert "data-source" not in page
    assert "data-source" in drafter.get(f"{VERSION}?beside=source")
    assert 'id="source-error"' in drafter.refused(f"{VERSION}/translation", source=" ")
