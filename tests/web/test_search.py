"""The pages of search: the same for everybody, nothing that was typed runs, hits are marked."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from portal.domain.moderation import Outcome
from portal.models import db
from portal.services import moderation
from portal.services.moderation import Decision
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

INSIDE = "/consultations/gardens/documents/1/versions/1/search"


def say(cast: Cast, clock: Clock, place: Open, *texts: str, **sender: object) -> None:
    """Published comments."""
    made.send(place, clock, *texts, **sender)  # type: ignore[arg-type]
    for comment in made.comments(place):
        if comment.revision == 0:
            decision = Decision(Outcome.PUBLISH, comment.revision)
            moderation.decide(cast.moderator, clock(), comment, decision)
    db.session.commit()


def ask(client: FlaskClient, path: str = "/search", status: int = 200, **query: object) -> str:
    answer = client.get(f"/ar{path}", query_string={k: v for k, v in query.items() if v})
    assert answer.status_code == status, answer.text
    assert "Set-Cookie" not in answer.headers
    assert '<meta name="robots" content="noindex">' in answer.text
    assert answer.text.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))
    return answer.text


@pytest.mark.parametrize("path", ["/search", INSIDE])
@pytest.mark.parametrize("query", [{}, {"q": "  "}, {"q": "حديقة"}, {"q": "لا شيء منه هنا"}])
def test_a_page_of_search_may_be_kept_by_any_cache(
    client: FlaskClient, place: Open, path: str, query: dict[str, str]
) -> None:
    ask(client, path, q=query.get("q"))
    answer = client.get(f"/ar{path}", query_string=query)
    assert answer.headers["Cache-Control"].startswith("public")


def test_results_lead_to_the_place_with_what_was_found_marked(
    client: FlaskClient, cast: Cast, clock: Clock, place: Open
) -> None:
    say(cast, clock, place, "الحديقة بعيدة", organisation="جمعية الحديقة (مثال)")
    page = ask(client, q="حديقة")
    assert "/documents/1/versions/1#art_2__para_a" in page
    assert "تفتح <mark>الحديقة</mark> من السابعة" in page
    assert "/ar/consultations/gardens/comments/1" in page
    assert "<mark>الحديقة</mark> بعيدة" in page
    assert "جمعية <mark>الحديقة</mark> (مثال)" in page
    document = client.get("/ar/consultations/gardens/documents/1/versions/1").text
    assert 'id="art_2__para_a"' in document
    inside = ask(client, INSIDE, q="الدراجات")
    assert "/documents/1/versions/1#art_3" in inside
    assert "بركوب <mark>الدراجات</mark>" in inside


def test_what_is_found_is_narrowed(
    client: FlaskClient, cast: Cast, clock: Clock, place: Open
) -> None:
    say(cast, clock, place, "الحديقة بعيدة")
    assert "#art_2" not in ask(client, q="حديقة", what="comments")
    assert "/comments/1" not in ask(client, q="حديقة", what="texts")
    assert "/comments/1" in ask(client, q="حديقة", what="whatever", consultation="gardens")
    ask_nowhere = client.get("/ar/search?q=حديقة&consultation=nowhere")
    assert ask_nowhere.status_code == 404


def test_a_consultation_in_preparation_is_neither_found_nor_named(
    client: FlaskClient, cast: Cast, place: Open
) -> None:
    made.prepare(cast, slug="not-yet")
    db.session.commit()
    assert "not-yet" not in ask(client, q="حديقة")
    assert client.get("/ar/search?q=حديقة&consultation=not-yet").status_code == 404
    inside = INSIDE.replace("gardens", "not-yet")
    assert client.get(f"/ar{inside}?q=حديقة").status_code == 404


def test_pages_of_results_follow_one_another(
    client: FlaskClient, cast: Cast, clock: Clock, place: Open
) -> None:
    say(cast, clock, place, *[f"الحديقة رقم {number}" for number in range(1, 31)])
    first = ask(client, q="حديقة", what="comments")
    numbers = re.findall(r"/comments/(\d+)\"", first)
    assert numbers == [str(number) for number in range(30, 10, -1)]
    following = re.search(r'href="/ar(/search\?[^"]*below=\d+)"', first)
    assert following is not None
    second = client.get(f"/ar{following[1].replace('&amp;', '&')}").text
    assert re.findall(r"/comments/(\d+)\"", second) == [str(n) for n in range(10, 0, -1)]
    assert "النتائج التالية" not in second


@pytest.mark.parametrize("below", ["0", "-1", "9" * 30, "x", "-9223372036854775808"])
def test_an_address_made_by_hand_is_answered(client: FlaskClient, place: Open, below: str) -> None:
    ask(client, q="حديقة", below=below)
    ask(client, INSIDE, q="حديقة", below=below)


def test_nothing_found_says_what_was_looked_for_and_what_to_try(
    client: FlaskClient, place: Open
) -> None:
    page = ask(client, q="زرافة", what="texts")
    assert "<bdi>زرافة</bdi>" in page
    assert 'href="/ar/search?q=%D8%B2%D8%B1%D8%A7%D9%81%D8%A9"' in page
    assert "<bdi>زرافة</bdi>" in ask(client, INSIDE, q="زرافة")


@pytest.mark.parametrize(
    "typed", ["؟!", "ن" * 201, "ن" * 10_000, "كلمة " * 3 + "أ ب ت ث ج ح خ د ذ ر ز"]
)
@pytest.mark.parametrize("path", ["/search", INSIDE])
def test_what_cannot_be_looked_for_is_told_beside_the_field(
    client: FlaskClient, place: Open, path: str, typed: str
) -> None:
    page = ask(client, path, 422, q=typed)
    assert 'id="q-error"' in page
    assert typed[:200] in page


def test_nothing_that_was_typed_or_said_runs(
    client: FlaskClient, cast: Cast, clock: Clock, place: Open
) -> None:
    attack = '<script>alert("حديقة")</script> <b onclick=x>'
    say(cast, clock, place, attack, organisation="<i>حديقة</i>")
    for typed in ("حديقة", "script", attack, '"onclick x"'):
        page = ask(client, q=typed, what="comments")
        assert "/comments/1" in page, typed
        assert "<script>" not in page
        assert "onclick=x>" not in page
        assert "<i>" not in page
    assert "&lt;<mark>script</mark>&gt;" in ask(client, q="script", what="comments")


def test_a_document_and_every_page_lead_to_search(client: FlaskClient, place: Open) -> None:
    document = client.get("/ar/consultations/gardens/documents/1").text
    assert f'action="/ar{INSIDE}"' in document
    for path in ("/", "/consultations", "/about"):
        page = client.get(f"/ar{path}").text
        assert 'action="/ar/search"' in page
        assert '<a class="to-search" href="/ar/search"' in page
    assert "Disallow: /ar/search" in client.get("/robots.txt").text
