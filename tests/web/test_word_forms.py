"""Words chosen on a page, put into the form, held against the text; proposals begun with them."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from portal.models import CommentAnchor, db
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.words import NEXT, WORDS, next_version
from tests.fixtures.apps import Clock

BASE = "/consultations/gardens"
PAGE = f"/ar{BASE}/documents/1"
QUOTE = "مُدَّةَ أسبوعين"
FORM = {
    "comments-0-target": "d1:art_2",
    "comments-0-text": "قصيرة",
    "comments-0-type": "substantive",
    "sender_class": "citizen",
}


@pytest.fixture
def place(cast: Cast, clock: Clock) -> Open:
    return made.open_one(cast, clock, source=WORDS)


def test_chosen_words_are_read_from_the_text(client: FlaskClient, place: Open) -> None:
    at = int(re.search(r'data-at="(\d+)">تُعِيرُ', client.get(PAGE).text)[1])  # type: ignore[index]
    start = at + len("تُعِيرُ المكتبةُ الكتابَ ")
    query = f"document=1&version=1&from={start + 1}&to={start + len(QUOTE) - 2}"
    page = client.get(f"/ar{BASE}/compose?{query}").text
    assert f"<mark>{QUOTE}</mark>" in page
    assert 'selected value="d1:art_2__para_a"' in page
    fields = dict(re.findall(r'name="(comments-0-(?:at|before|after))"[^>]*value="([^"]*)"', page))
    assert fields["comments-0-at"] == f"{start - at}-{start - at + len(QUOTE)}"
    assert fields["comments-0-before"] == "تُعِيرُ المكتبةُ الكتابَ "


@pytest.mark.parametrize(
    "query",
    [
        "document=1&version=1&from=90000&to=90010",
        "document=1&version=1&from=20&to=10",
        "document=1&version=9&from=1&to=10",
        "document=7&version=1&from=1&to=10",
        "document=1&version=1&from=0&to=99999",
    ],
)
def test_words_that_are_not_there_are_told(client: FlaskClient, place: Open, query: str) -> None:
    answer = client.get(f"/ar{BASE}/compose?{query}")
    assert answer.status_code == 200
    assert "لم نجد الكلمات المختارة" in answer.text


def test_words_chosen_in_an_earlier_version_are_found_in_the_newest(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    text = client.get(PAGE).text
    at = int(re.search(r'data-at="(\d+)">يدفع', text)[1])  # type: ignore[index]
    next_version(cast, place, NEXT.replace("المادة 3", "المادة 4"))
    query = f"document=1&version=1&from={at}&to={at + 20}"
    page = client.get(f"/ar{BASE}/compose?{query}").text
    assert 'selected value="d1:art_4"' in page
    assert "اخترت هذه الكلمات من نسخة سابقة" in page


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"comments-0-quoted": "مُدَّةَ شهر"}, "ليست في المادة"),
        ({"comments-0-quoted": "المُدَّةُ مرَّة"}, ""),  # cut inside a word: the word is meant
        ({"comments-0-quoted": "لا"}, ""),
        ({"comments-0-quoted": "،"}, ""),
        ({"comments-0-quoted": "."}, "أكثر من مرة"),
        ({"comments-0-quoted": ".", "comments-0-at": "9-9999999"}, "أكثر من مرة"),
        ({"comments-0-quoted": ".", "comments-0-at": "x"}, "أكثر من مرة"),
    ],
)
def test_quotes_are_held_against_the_text_and_nothing_typed_is_lost(
    client: FlaskClient, place: Open, fields: dict[str, str], says: str
) -> None:
    answer = client.post(
        f"/ar{BASE}/compose", data={**FORM, "comments-0-grounds": "سبب", **fields, "action": "send"}
    )
    if not says:
        assert answer.status_code == 303, answer.text
        return
    assert answer.status_code == 422
    told = re.search(r'id="comments-0-quoted-error">(.*?)</p>', answer.text, re.DOTALL)
    assert told is not None
    assert says in told[1]
    assert fields["comments-0-quoted"] in answer.text
    assert "سبب" in answer.text
    assert db.session.query(CommentAnchor).count() == 0


@pytest.mark.parametrize(
    ("fields", "begins"),
    [
        ({"comments-0-quoted": QUOTE}, QUOTE),
        ({}, "تُعِيرُ المكتبةُ"),
        ({"comments-0-proposed": "كلامي"}, "كلامي"),
        ({"comments-0-target": ""}, ""),
    ],
)
def test_a_proposal_begins_with_the_words_without_a_script(
    client: FlaskClient, place: Open, fields: dict[str, str], begins: str
) -> None:
    answer = client.post(f"/ar{BASE}/compose", data={**FORM, **fields, "action": "propose-0"})
    area = re.search(r'name="comments-0-proposed"[^>]*>\s*(.*?)</textarea>', answer.text, re.DOTALL)
    assert area is not None
    assert area[1].startswith(begins)
    assert bool(area[1]) is bool(begins)


def test_the_preview_shows_the_article_as_it_would_read(client: FlaskClient, place: Open) -> None:
    two = {
        **FORM,
        "comments-0-quoted": QUOTE,
        "comments-0-proposed": "مُدَّةَ شهر",
        "comments-1-target": "d1:art_2__para_b",
        "comments-1-text": "",
        "comments-1-proposed": "لا تُعارُ المخطوطات النادرة.",
        "action": "preview",
    }
    page = client.post(f"/ar{BASE}/compose", data=two).text
    assert page.count('class="would"') == 2
    first, second = page.split('class="would"')[1:]
    assert re.search(r"الكتابَ مُدَّةَ <del>.*?أسبوعين</del><ins>.*?شهر</ins>،", first)
    assert re.search(r"المخطوطات<ins>.*?النادرة</ins>\.", second)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
