"""The public side: the same for everybody, light, and everything typed is kept."""

from __future__ import annotations

import re
from threading import Thread

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.domain.moderation import Outcome
from portal.models import Comment, OutboxMail, Submission, db
from portal.services import moderation
from portal.services.moderation import Decision
from portal.web.assets import STATIC, sheet
from tests.factories import consultations as made
from tests.factories.cast import Cast, make_cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.statements import counted

BASE = "/consultations/gardens"
READING = ["/", "/consultations", BASE, f"{BASE}/documents/1", f"{BASE}/comments", "/matrices"]
READING += [f"{BASE}/compose", "/about", "/privacy", "/moderation-rules", "/submissions"]
FORM = {
    "form_key": "k" * 24,
    "comments-0-target": "d1:art_2__para_a",
    "comments-0-text": "السابعة متأخرة",
    "comments-0-type": "substantive",
    "sender_class": "citizen",
}


def publish_all(cast: Cast, clock: Clock, place: Open) -> None:
    for comment in made.comments(place):
        decision = Decision(Outcome.PUBLISH, comment.revision)
        moderation.decide(cast.moderator, clock(), comment, decision)
    db.session.commit()


@pytest.mark.parametrize("path", READING)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_reading_page_is_the_same_for_everybody(
    client: FlaskClient, place: Open, lang: str, path: str
) -> None:
    answer = client.get(f"/{lang}{path}")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in answer.text
    assert answer.text.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))
    assert "<script>" not in answer.text
    assert " style=" not in answer.text


def test_a_document_of_forty_articles_is_light(
    web: Flask, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    text = "تلتزم الجهة بنشر المسودة مع مذكرة توضح غايتها وما هو مطروح للتغيير فيها. "
    source = "".join(f"المادة {n}: حكم رقم {n}\nأ- {text}{n}\nب- {text}\n\n" for n in range(1, 41))
    place = made.open_one(cast, clock, source=f"مشروع نظام طويل (مثال)\n\n{source}")
    for number in range(50):
        words = {"quoted": "مذكرة توضح غايتها"} if number % 2 else {}
        eid = f"art_{number % 40 + 1}__para_a"
        made.send(place, clock, f"ملاحظة رقم {number} على هذا الحكم", eid=eid, words=words)
    publish_all(cast, clock, place)
    page = client.get(f"/ar{BASE}/documents/1").text
    scripts = re.findall(r'<script[^>]+src="[^"]+/([a-z]+\.js)"', page)
    # Those that are fetched when words are chosen or a comment waits are weighed too.
    later = ("tray.js", "store.js", "choose.js", "keyboard.js", "places.js")
    bodies = [
        page,
        sheet()[0],
        *((STATIC / "js" / each).read_text() for each in (*scripts, *later)),
    ]
    assert sum(len(brotli.compress(body.encode())) for body in bodies) < 60_000
    fonts = sheet()[0].count("@font-face")
    assert 1 + 1 + fonts + len(scripts) <= 6


@pytest.mark.parametrize("path", [BASE, f"{BASE}/documents/1", f"{BASE}/comments", "/"])
def test_queries_do_not_grow_with_comments(
    web: Flask, client: FlaskClient, cast: Cast, place: Open, clock: Clock, path: str
) -> None:
    made.send(place, clock, "واحدة")
    publish_all(cast, clock, place)
    with counted() as few:
        client.get(f"/ar{path}")
    for number in range(30):
        made.send(place, clock, f"ملاحظة {number}", eid=f"art_{number % 3 + 1}")
    publish_all(cast, clock, place)
    with counted() as many:
        client.get(f"/ar{path}")
    assert len(many) == len(few)
    assert len(many) <= 14


def sent(client: FlaskClient, **fields: str) -> str:
    """Send the form; gives the address of the receipt."""
    answer = client.post(f"/ar{BASE}/compose", data={**FORM, "action": "send", **fields})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def test_a_submission_is_taken_with_a_receipt(
    client: FlaskClient, place: Open, clock: Clock
) -> None:
    link = sent(client, email="Somebody@Example.org")
    receipt = client.get(link)
    assert receipt.status_code == 200
    assert receipt.headers["Cache-Control"] == "no-store"
    assert receipt.headers["Referrer-Policy"] == "no-referrer"
    (comment,) = made.comments(place)
    assert (comment.text, comment.eid) == ("السابعة متأخرة", "art_2__para_a")
    assert db.session.scalar(db.select(OutboxMail.recipient)) == "somebody@example.org"
    code = link.split("/")[-2]
    file = client.get(f"/ar/submissions/{code}/receipt.json").get_json()
    assert file["entries"][0]["content"]["comments"][0]["hash"] == comment.digest
    typed = "-".join((code[:4].lower(), code[4:]))
    assert client.get(f"/ar/submissions?code={typed}").status_code == 302


def test_the_same_form_sent_twice_is_one_submission(client: FlaskClient, place: Open) -> None:
    assert sent(client) == sent(client)
    assert len(made.comments(place)) == 1


def test_a_form_that_was_changed_and_sent_again_is_another(
    client: FlaskClient, place: Open
) -> None:
    assert sent(client) != sent(client, **{"comments-0-text": "كلام آخر"})
    assert len(made.comments(place)) == 2


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_the_same_form_sent_at_the_same_moment_is_one_submission(app: Flask, clock: Clock) -> None:
    place = made.open_one(make_cast(), clock)
    answers: list[str] = []

    def send() -> None:
        answers.append(sent(app.test_client()))

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert len(answers) == 4
    assert len(made.comments(place)) == 1


def test_comments_are_added_and_removed_without_a_script(client: FlaskClient, place: Open) -> None:
    more = client.post(f"/ar{BASE}/compose", data={**FORM, "action": "add"})
    assert more.status_code == 200
    assert "السابعة متأخرة" in more.text
    assert 'id="comments-1-text"' in more.text
    two = {**FORM, "comments-1-target": "", "comments-1-text": "ثانية", "action": "remove-0"}
    less = client.post(f"/ar{BASE}/compose", data=two)
    assert "ثانية" in less.text
    assert 'id="comments-1-text"' not in less.text


def test_the_preview_shows_what_will_be_received(client: FlaskClient, place: Open) -> None:
    answer = client.post(f"/ar{BASE}/compose", data={**FORM, "action": "preview"})
    assert answer.status_code == 200
    assert "السابعة متأخرة" in answer.text
    assert made.comments(place) == []


@pytest.mark.parametrize(
    ("fields", "beside"),
    [
        ({"comments-0-text": "  "}, "comments-0-text"),
        ({"comments-0-text": "ن" * 20_001}, "comments-0-text"),
        ({"comments-0-text": "نص\u202e"}, "comments-0-text"),
        ({"comments-0-text": "نص\x07"}, "comments-0-text"),
        ({"comments-0-target": "d1:art_99"}, "comments-0-target"),
        ({"comments-0-target": "d9"}, "comments-0-target"),
        ({"comments-0-target": "", "comments-0-quoted": "كلمة"}, "comments-0-quoted"),
        ({"email": "nobody"}, "email"),
        ({"name_public": "y"}, "name"),
        ({"sender_class": "academic"}, "organisation"),
    ],
)
@pytest.mark.parametrize("action", ["preview", "send"])
def test_bad_input_is_told_beside_its_field_and_kept(
    client: FlaskClient, place: Open, fields: dict[str, str], beside: str, action: str
) -> None:
    kept = {"comments-0-grounds": "سبب باقٍ"}
    answer = client.post(f"/ar{BASE}/compose", data={**FORM, **kept, **fields, "action": action})
    assert answer.status_code == 422
    assert f'id="{beside}-error"' in answer.text
    assert f'href="#{beside}"' in answer.text
    assert "سبب باقٍ" in answer.text
    assert made.comments(place) == []


def test_all_that_is_wrong_is_told_at_once(client: FlaskClient, place: Open) -> None:
    wrong = {**FORM, "comments-0-text": "", "email": "x", "name_public": "y", "action": "send"}
    answer = client.post(f"/ar{BASE}/compose", data=wrong)
    for name in ("comments-0-text", "email", "name"):
        assert f'id="{name}-error"' in answer.text


def test_a_late_comment_is_taken_and_marked(client: FlaskClient, place: Open, clock: Clock) -> None:
    clock.moment = place.consultation.closes_at
    sent(client)
    assert db.session.scalar(db.select(Submission.late)) is True


def test_out_of_time_it_is_refused_and_nothing_typed_is_lost(
    client: FlaskClient, place: Open, clock: Clock
) -> None:
    clock.pass_(days=-2.5)  # not open yet
    answer = client.post(f"/ar{BASE}/compose", data={**FORM, "action": "send"})
    assert answer.status_code == 409
    assert "السابعة متأخرة" in answer.text
    assert made.comments(place) == []


def test_an_unknown_receipt_is_not_found(client: FlaskClient, place: Open) -> None:
    assert client.get("/ar/submissions/0000000000000000").status_code == 404
    assert client.get("/ar/submissions?code=0000").status_code == 404


def test_withheld_and_confidential_words_are_nowhere_in_public(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "كلام سري جداً", confidential=True)
    made.send(place, clock, "كلام ينتظر", name="فلان", email="x@example.org")
    pages = [BASE, f"{BASE}/documents/1", f"{BASE}/comments", "/feed.atom", "/"]
    pages += [f"{BASE}/comments/1", f"{BASE}/comments/2"]
    for path in pages:
        text = client.get(f"/ar{path}").text
        for hidden in ("كلام سري جداً", "كلام ينتظر", "فلان", "x@example.org"):
            assert hidden not in text, path


def test_its_author_withdraws_a_comment_and_it_keeps_its_number(
    client: FlaskClient, place: Open
) -> None:
    code = sent(client).split("/")[-2]
    answer = client.post(f"/ar/submissions/{code}/comments/1/withdraw")
    assert answer.status_code == 303
    db.session.expire_all()
    (comment,) = made.comments(place)
    assert comment.publication.value == "withdrawn"
    assert client.post(f"/ar/submissions/{code}/comments/1/withdraw").status_code == 409
    assert client.post("/ar/submissions/XXXX/comments/1/withdraw").status_code == 404


def test_a_refused_form_leads_to_itself_in_the_other_language(
    client: FlaskClient, place: Open
) -> None:
    refused = client.post(f"/ar{BASE}/compose", data={"action": "preview", "comments-0-text": ""})
    assert refused.status_code == 422
    assert f'href="/en{BASE}/compose" lang="en"' in refused.text


def test_nothing_that_was_sent_is_changed(client: FlaskClient, place: Open) -> None:
    text = "  سطر أول\r\n\r\nسطر ثانٍ مع مُدَّة ومـــدّ و<b>وسم</b> & «اقتباس»  "
    sent(client, **{"comments-0-text": text})
    comment = db.session.scalars(db.select(Comment)).one()
    assert comment.text == text.replace("\r\n", "\n").strip()


def test_an_address_is_never_taken_from_what_a_request_says(
    client: FlaskClient, place: Open
) -> None:
    code = sent(client).split("/")[-2]
    for path in ("/ar/feed.atom", f"/ar{BASE}/calendar.ics", f"/ar/submissions/{code}/receipt"):
        answer = client.get(path, headers={"Host": "evil.example"})
        assert answer.status_code == 200
        assert "evil.example" not in answer.text
