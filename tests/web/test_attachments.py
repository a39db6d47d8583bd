"""Files through the form, the desk and the public pages, without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.domain.accounts import Actor
from portal.domain.attachments import Standing
from portal.jobs.attachments import look_after
from portal.models import Attachment, OriginalLook, db
from portal.web import attaching
from tests.factories import consultations as made
from tests.factories.attachments import a_pdf, a_photo, all_files, send_with
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.clamd import FOUND, Scanner, scanner
from tests.fixtures.desk import Desk, settled

BASE = "/ar/consultations/gardens"
FORM = {
    "form_key": "k" * 24,
    "comments-0-target": "d1:art_2__para_a",
    "comments-0-text": "نرفق مذكرتنا",
    "comments-0-type": "substantive",
    "sender_class": "citizen",
}
ONE = "/consultations/gardens/moderation/1"
SHOWN = f"{BASE}/comments/1/files/1.pdf"
TOKENS = re.compile(r'name="comments-0-kept"[^>]* value="([^"]*)"')


def post(client: FlaskClient, action: str, *files: tuple[bytes, str], **more: str) -> TestResponse:
    sent = [(BytesIO(data), name) for data, name in files]
    data: dict[str, Any] = {**FORM, "action": action, **more, "comments-0-files": sent}
    return client.post(f"{BASE}/compose", data=data, content_type="multipart/form-data")


def tokens(page: str) -> str:
    found = TOKENS.search(page)
    assert found is not None
    return found[1]


def test_files_come_with_the_first_step_and_stay_to_the_last(
    web: Flask, client: FlaskClient, place: Open
) -> None:
    preview = post(client, "preview", (a_pdf(), "مذكرة.pdf"), (a_photo(), "موقع.jpg"))
    assert preview.status_code == 200
    assert "مذكرة.pdf" in preview.text
    carried = tokens(preview.text)
    again = post(client, "edit", (a_pdf(), "more.pdf"), **{"comments-0-kept": carried}).text
    three = tokens(again)
    assert [each.name for each in all_files()] == ["مذكرة.pdf", "موقع.jpg", "more.pdf"]
    less = post(client, f"drop-{three.split()[1]}", **{"comments-0-kept": three}).text
    assert "موقع.jpg" not in less
    assert post(client, "send", **{"comments-0-kept": tokens(less)}).status_code == 303
    db.session.expire_all()
    assert [(each.name, each.position) for each in all_files()] == [
        ("مذكرة.pdf", 1),
        ("more.pdf", 2),
    ]
    data = web.extensions["settings"].data
    assert len([*(data / "attachments").rglob("*/*")]) == 2
    gone = post(client, "preview", **{"comments-0-kept": carried})
    assert gone.status_code == 422
    assert "لم يعد أحد الملفات محفوظاً" in gone.text
    assert tokens(gone.text) == ""


def test_a_file_that_lies_is_refused_beside_its_field_and_the_rest_is_kept(
    client: FlaskClient, place: Open
) -> None:
    lie = (b"<html><script>1</script>", "../../etc/صورة\u202egnp.png")
    answer = post(client, "send", (a_pdf(), "good.pdf"), lie, (a_pdf(), "page.docx"))
    assert answer.status_code == 422
    assert "هذا ملف من نوع HTML" in answer.text
    assert "ينتهي الاسم بـ .docx" in answer.text
    assert "../" not in answer.text
    assert "نرفق مذكرتنا" in answer.text
    assert len(tokens(answer.text).split()) == 1
    assert made.comments(place) == []
    more = [(a_pdf(), f"{n}.pdf") for n in range(5)]
    many = post(client, "preview", *more, **{"comments-0-kept": tokens(answer.text)})
    assert many.status_code == 422
    assert "لا تزيد ملفات المشاركة على 5" in many.text


def test_when_too_many_are_looked_at_the_words_are_kept(
    client: FlaskClient, place: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "PATIENCE", 0.01)
    monkeypatch.setattr(attaching, "_turns", BoundedSemaphore(1))
    with attaching._turns:
        answer = post(client, "send", (a_pdf(), "a.pdf"))
    assert answer.status_code == 422
    assert "أرسله من جديد بعد دقيقة" in answer.text
    assert "نرفق مذكرتنا" in answer.text


def test_a_body_that_is_far_too_large_is_refused_unread(client: FlaskClient, place: Open) -> None:
    answer = client.post(
        f"{BASE}/compose",
        data=b"",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(70 << 20)},
    )
    assert answer.status_code == 413
    assert "10 م.ب" in answer.text


def decide(web: Flask, cast: Cast, clock: Clock, **typed: str) -> None:
    desk = Desk(web, cast.moderator)
    page = desk.get(ONE)
    seen = re.search(r'name="seen"[^>]* value="(\d+)"', page)
    assert seen is not None
    desk.done(ONE, page=ONE, seen=seen[1], outcome="publish", **typed)
    settled(web, clock)


def asked(web: Flask, person: Actor, path: str) -> TestResponse:
    """What a member of staff is answered, in a context of its own."""
    client = Desk(web, person).client
    db.session.rollback()
    with web.app_context():
        return client.get(path)


def test_only_what_a_moderator_showed_leaves_the_house(
    web: Flask, client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    sent = send_with(web, place, clock, "a.pdf", "سر.pdf", "c.pdf")
    own = f"/ar/submissions/{sent.code}/comments/1/files"
    assert client.get(SHOWN).status_code == 404
    assert client.get(f"{own}/1.pdf").data == b"%PDF a.pdf"
    assert "محتجز" in client.get(f"/ar/submissions/{sent.code}").text
    first, second, _third = (each.id for each in all_files())
    desk = Desk(web, cast.moderator)
    ahead = desk.post(
        f"{ONE}/preview",
        page=ONE,
        seen="0",
        outcome="publish",
        **{f"file-{first}": "show", f"file-{second}": "copyright"},
    ).text
    assert "«سر.pdf»: حُجب" in ahead
    assert "files/1" in ahead
    assert "files/2" not in ahead
    decide(web, cast, clock, **{f"file-{first}": "show", f"file-{second}": "copyright"})
    page = client.get(f"{BASE}/comments/1").text
    assert f'href="{SHOWN}"' in page
    for hidden in ("سر.pdf", "c.pdf", "files/2", "files/3"):
        assert hidden not in page
    for number in (2, 3, 4):
        assert client.get(f"{BASE}/comments/1/files/{number}.pdf").status_code == 404
    told = client.get(f"/ar/submissions/{sent.code}").text
    assert "حقوق ملكية" in told
    assert f"/ar/submissions/{sent.code}/comments/1/appeal" in told
    assert client.get(f"{own}/2.pdf").status_code == 200
    assert client.get(f"/ar/submissions/{'X' * 16}/comments/1/files/1.pdf").status_code == 404


def test_a_file_published_without_a_word_is_not_forgotten(
    web: Flask, client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    send_with(web, place, clock, "a.pdf", "b.pdf")
    desk = Desk(web, cast.moderator)
    assert "ملفان" in desk.get("/moderation")
    assert "a.pdf" not in desk.get("/moderation/files")
    decide(web, cast, clock)
    assert "/desk/moderation/files" in desk.get("/moderation")
    assert "a.pdf" in desk.get("/moderation/files")
    assert "a.pdf" not in Desk(web, cast.outsider).get("/moderation/files")
    first, second = (each.id for each in all_files())
    decide(web, cast, clock, **{f"file-{first}": "show", f"file-{second}": "obscene"})
    assert "لا ينتظر القرارَ أي ملف" in desk.get("/moderation/files")


def test_a_file_is_a_download_that_no_page_can_be_made_of(
    web: Flask, client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    send_with(web, place, clock, 'مذكرة "\u202efdp.exe', "b.pdf")
    decide(web, cast, clock, **{f"file-{all_files()[0].id}": "show"})
    answer = client.get(SHOWN)
    headers = answer.headers
    assert answer.data.startswith(b"%PDF")
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    disposition = headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert disposition.endswith(".pdf")
    assert "%E2%80%AE" not in disposition
    assert disposition.isascii()
    assert disposition.count('"') == 2
    assert "Set-Cookie" not in headers
    assert headers["Cache-Control"] == "public, no-cache"
    known = {"If-None-Match": headers["ETag"]}
    assert client.get(SHOWN, headers=known).status_code == 304
    page = client.get(f"{BASE}/comments/1").text
    assert '<code class="unseen">U+202E</code>' in page
    data = client.get(f"{BASE}/comments/1.json").get_json()
    assert [each["format"] for each in data["body"] if each["type"] == "Text"] == [
        "application/pdf"
    ]


def test_staff_have_every_file_and_opening_what_is_withheld_is_written_down(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    send_with(web, place, clock, "a.pdf", "b.pdf")
    file = "/ar/desk/consultations/gardens/comments/1/files"
    first, second = (each.id for each in all_files())
    decide(web, cast, clock, **{f"file-{first}": "show", f"file-{second}": "obscene"})
    for person in (cast.moderator, cast.drafter, cast.committee):
        for number in (1, 2):
            answer = asked(web, person, f"{file}/{number}.pdf")
            assert answer.status_code == 200
            assert answer.headers["Cache-Control"] == "no-store"
    looks = db.session.scalars(db.select(OriginalLook.user_id)).all()
    assert looks == [each.user_id for each in (cast.moderator, cast.drafter, cast.committee)]
    assert asked(web, cast.outsider, f"{file}/1.pdf").status_code == 403
    page = Desk(web, cast.moderator).get(ONE)
    assert re.search(r'value="show" selected', page)
    assert re.search(r'value="obscene" selected', page)


@pytest.fixture
def server(web: Flask) -> Iterator[Scanner]:
    """A virus scanner, set in the settings."""
    with scanner() as made_one:
        settings = replace(web.extensions["settings"], clamav_url=made_one.url)
        web.extensions["settings"] = settings
        yield made_one


def test_with_a_scanner_nothing_leaves_before_it_is_clean(
    web: Flask, client: FlaskClient, cast: Cast, place: Open, clock: Clock, server: Scanner
) -> None:
    sent = send_with(web, place, clock, "a.pdf", f"{FOUND.decode()}.pdf")
    first, second = (each.id for each in all_files())
    decide(web, cast, clock, **{f"file-{first}": "show", f"file-{second}": "show"})
    own = f"/ar/submissions/{sent.code}/comments/1/files"
    for number in (1, 2):
        assert client.get(f"{BASE}/comments/1/files/{number}.pdf").status_code == 409
        assert client.get(f"{own}/{number}.pdf").status_code == 409
        staff = f"/ar/desk/consultations/gardens/comments/1/files/{number}.pdf"
        assert asked(web, cast.moderator, staff).status_code == 409
    waiting = client.get(f"{BASE}/comments/1").text
    assert "يفحصه فاحص الفيروسات" in waiting
    assert f'href="{SHOWN}"' not in waiting
    server.answer = b"no\0"
    look_after(web.extensions["settings"], clock())
    assert client.get(SHOWN).status_code == 409
    server.answer = None
    nowhere = replace(web.extensions["settings"], clamav_url="unix:///nowhere")
    assert look_after(nowhere, clock()) == 0
    assert look_after(web.extensions["settings"], clock()) == 2
    db.session.expire_all()
    assert client.get(SHOWN).data == b"%PDF a.pdf"
    assert client.get(f"{BASE}/comments/1/files/2.pdf").status_code == 404
    assert client.get(f"{own}/2.pdf").status_code == 409
    assert db.session.get_one(Attachment, second).standing is Standing.HELD
    assert "وجد فاحص الفيروسات" in Desk(web, cast.moderator).get(ONE)
    assert f'name="file-{second}"' not in Desk(web, cast.moderator).get(ONE)


def test_a_file_taken_back_through_the_receipt_is_no_longer_shown(
    web: Flask, client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    sent = send_with(web, place, clock, "a.pdf")
    (file,) = all_files()
    decide(web, cast, clock, **{f"file-{file.id}": "show"})
    edit = f"/ar/submissions/{sent.code}/comments/1/edit"
    seen = re.search(r'name="seen"[^>]* value="(\d+)"', client.get(edit).text)
    assert seen is not None
    typed = {"seen": seen[1], "text": "نرفق ملفاً", "without": str(file.id)}
    assert client.post(edit, data=typed).status_code == 303
    db.session.expire_all()
    assert client.get(SHOWN).status_code == 404
    assert "سحبه صاحبه" in Desk(web, cast.moderator).get(ONE)
