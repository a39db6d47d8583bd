"""Comments on chosen words on the pages: marked where they stand, in the version that is open."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.domain.submissions import Point, Sender, Target
from portal.models import Provision, db
from portal.services import drafts, moderation, submissions
from portal.services.moderation import Decision
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.words import WORDS, marked, publish, say
from tests.fixtures.apps import START, Clock
from tests.fixtures.desk import Desk

BASE = "/consultations/gardens"
PAGE = f"/ar{BASE}/documents/1"
QUOTE = "مُدَّةَ أسبوعين"


@pytest.fixture
def place(cast: Cast, clock: Clock) -> Open:
    return made.open_one(cast, clock, source=WORDS)


def test_published_words_are_marked_and_linked_both_ways(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, say(place, clock, quoted=QUOTE, text="قصيرة جداً"))
    page = client.get(PAGE).text
    assert marked(page) == QUOTE
    assert 'id="w1"' in page
    assert 'href="#n1"' in page
    assert re.search(rf'id="n1">.*?<a href="#w1">{QUOTE}</a>', page, re.DOTALL)


def test_overlapping_words_are_cut_and_counted(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    for quoted in (QUOTE, "أسبوعين", "أسبوعين، وتُجدَّدُ", f"الكتابَ {QUOTE}"):
        publish(cast, clock, say(place, clock, quoted=quoted))
    page = client.get(PAGE).text
    runs = re.findall(r'<mark class="d(\d)">(.*?)</mark>', page)
    assert runs == [("1", "الكتابَ "), ("2", "مُدَّةَ "), ("3", "أسبوعين"), ("1", "، وتُجدَّدُ")]
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {f"w{number}" for number in range(1, 5)} <= set(ids)
    assert "+1" in page, "the third comment that ends at one place is counted"


def test_what_is_not_public_leaves_no_trace(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    say(place, clock, quoted=QUOTE)
    withheld = say(place, clock, quoted="الكتابَ")
    decision = Decision(Outcome.WITHHOLD, withheld.revision, Ground.INSULT)
    moderation.decide(cast.moderator, clock(), withheld, decision)
    db.session.commit()
    page = client.get(PAGE).text
    assert "<mark" not in page
    assert "#n" not in page
    assert 'id="w' not in page


def test_masked_words_are_neither_marked_nor_compared(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    comment = say(place, clock, quoted=QUOTE, proposed="مُدَّةَ شهر 0790000000")
    publish(cast, clock, comment, mask="أسبوعين")
    hidden = say(place, clock, quoted="الكتابَ", proposed="الكتابَ 0790000000")
    publish(cast, clock, hidden, mask="0790000000")
    for path in (PAGE, f"/ar{BASE}/comments", f"/ar{BASE}/comments/1", f"/ar{BASE}/comments/2"):
        page = client.get(path).text
        assert "<del>" not in page
        assert "الكتابَ 0790000000" not in page
    page = client.get(PAGE).text
    assert marked(page) == "الكتابَ", "what is masked in its quote is not shown by a mark"


def test_a_proposal_is_shown_as_changes_wherever_it_is_shown(
    web: Flask, client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    comment = say(place, clock, quoted=QUOTE, proposed="مُدَّةَ شهر", text="")
    publish(cast, clock, comment)
    code = db.session.execute(db.text("SELECT code FROM submission")).scalar_one()
    pages = [
        client.get(path).text
        for path in (
            PAGE,
            f"/ar{BASE}/comments",
            f"/ar{BASE}/comments/1",
            f"/ar/submissions/{code}",
        )
    ]
    desk = Desk(web, cast.drafter)
    pages += [desk.get(f"{BASE}/comments/1"), desk.get(f"{BASE}/responses")]
    moderator = Desk(web, cast.moderator).get(f"{BASE}/moderation/1")
    for page in [*pages, moderator]:
        assert re.search(r"<del>.*?أسبوعين</del><ins>.*?شهر</ins>", page)
    assert ">مُدَّةَ شهر<" in moderator, "whole too: words are chosen in it to be masked"


def test_a_table_of_the_law_is_a_table_with_words_to_choose(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    rows = "| الخدمة | الرسم |\n| --- | --- |\n| بطاقة\\|تجديد | دينار<br>واحد |"
    source = f"{WORDS}\nأ- الرسوم:\n"
    version, _ = drafts.import_text(cast.drafter, START, place.document, source)
    last = db.session.scalars(
        db.select(Provision)
        .where(Provision.version_id == version.id)
        .order_by(Provision.position.desc())
    ).first()
    assert last is not None
    last.kind, last.text, last.eid, last.number = "table", rows, "art_3__table_1", ""
    drafts.publish_version(cast.drafter, START, place.consultation, version)
    db.session.commit()
    target = Target(place.document.id, version.id, "art_3__table_1")
    point = Point(target, "غالية", quoted="دينار")
    submissions.submit(clock(), place.consultation, Sender(), (point,), form_key="t", language="ar")
    publish(cast, clock, made.comments(place)[-1])
    page = client.get(PAGE).text
    assert re.search(r"<th scope=\"col\"><span data-at=\"\d+\">الخدمة</span></th>", page)
    assert 'data-name="الرسم"' in page
    assert re.search(r"بطاقة</span><span data-at=\"\d+\">\|تجديد", page)
    assert re.search(r'<mark class="d1">دينار</mark>.*?</span><br><span', page)


def test_the_translation_stands_beside_the_arabic(
    web: Flask, client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    version, _ = drafts.import_text(cast.drafter, START, place.document, WORDS)
    rows = db.session.scalars(db.select(Provision).where(Provision.version_id == version.id))
    for each in rows:
        each.text_en = "No manuscript is lent." if each.eid == "art_2__para_b" else ""
    drafts.publish_version(cast.drafter, START, place.consultation, version)
    db.session.commit()
    alone = client.get(PAGE).text
    assert "No manuscript" not in alone
    assert "with=en" in alone
    english = Desk(web, cast.drafter, "en").public(f"{BASE}/documents/1")
    for page in (client.get(f"{PAGE}/versions/2?with=en").text, english):
        assert '<span class="en" lang="en" dir="ltr">No manuscript is lent.</span>' in page
        assert "لا تُعارُ المخطوطات" in page
    assert "unofficial translation" in english
    assert "with=en" not in client.get(f"{PAGE}/versions/1").text
