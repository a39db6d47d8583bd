"""Comments on chosen words on the pages: marked where they stand, in the version that is open."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.domain.drafts import Relation
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome, spans_of
from portal.domain.submissions import Point, Sender, Target
from portal.domain.visibility import FIELDS
from portal.models import Comment, CommentAnchor, DraftVersion, Provision, ProvisionMatch, db
from portal.queries.responses import answered_comments
from portal.services import drafts, moderation, submissions
from portal.services.moderation import Decision
from tests.factories import consultations as made
from tests.factories.cast import Cast, make_cast
from tests.factories.consultations import Open
from tests.factories.words import NEXT, WORDS
from tests.fixtures.apps import START, Clock
from tests.fixtures.desk import Desk
from tests.fixtures.statements import counted

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
def cast(web: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def place(cast: Cast, clock: Clock) -> Open:
    return made.open_one(cast, clock, source=WORDS)


def say(place: Open, clock: Clock, eid: str = "art_2__para_a", **words: str) -> Comment:
    point = Point(place.target(eid), words.pop("text", "ملاحظة"), **words)  # type: ignore[arg-type]
    key = f"form-{db.session.query(Comment).count()}"
    submissions.submit(clock(), place.consultation, Sender(), (point,), form_key=key, language="ar")
    db.session.commit()
    return made.comments(place)[-1]


def publish(cast: Cast, clock: Clock, comment: Comment, mask: str = "") -> None:
    fields = {field: getattr(comment, field) for field in FIELDS}
    spans = spans_of(mask, fields, Ground.PERSONAL_DATA) if mask else ()
    outcome = Outcome.REDACT if mask else Outcome.PUBLISH
    ground = Ground.PERSONAL_DATA if mask else None
    decision = Decision(outcome, comment.revision, ground, "", spans)
    moderation.decide(cast.moderator, clock(), comment, decision)
    db.session.commit()


def next_version(cast: Cast, place: Open, source: str = NEXT) -> DraftVersion:
    version, _ = drafts.import_text(cast.drafter, START, place.document, source)
    drafts.publish_version(cast.drafter, START, place.consultation, version)
    db.session.commit()
    return version


def marked(page: str) -> str:
    """All words under a mark in the law, one after the other."""
    return "".join(re.findall(r'<mark class="d\d">(.*?)</mark>', page))


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


def test_notes_stand_at_their_place_in_the_version_that_is_open(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, say(place, clock, quoted=QUOTE))
    publish(cast, clock, say(place, clock, "art_3", quoted="عشرة قروش"))
    next_version(cast, place, NEXT.replace("المادة 3", "المادة 4"))
    old, new = client.get(f"{PAGE}/versions/1").text, client.get(PAGE).text
    assert marked(old) == QUOTE + "عشرة قروش"
    assert marked(new) == QUOTE
    assert "على النسخة 1" in new
    assert "على النسخة 1" not in old
    assert "لم تعد في هذا النص" in new
    assert "لم تعد في هذا النص" not in old
    shown = client.get(f"/ar{BASE}/comments?document=1&version=2&article=art_2").text
    assert 'id="c1"' in shown
    assert 'id="c2"' not in shown


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


def test_authors_see_where_their_words_went(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, say(place, clock, quoted=QUOTE))
    say(place, clock, "art_3", quoted="عشرة قروش")
    next_version(cast, place)
    codes = db.session.execute(db.text("SELECT code FROM submission ORDER BY id")).scalars().all()
    first, second = (client.get(f"/ar/submissions/{code}").text for code in codes)
    assert "موضعها في النسخة 2" in first
    assert "documents/1/versions/2#w1" in first
    assert "لم تعد الكلمات التي اخترتها" in second
    assert "documents/1/versions/2#art_3" in second


def test_staff_place_an_orphan_and_never_change_its_quote(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    lost = say(place, clock, "art_3", quoted="عشرة قروش")
    kept = say(place, clock, quoted=QUOTE)
    next_version(cast, place)
    desk = Desk(web, cast.drafter)
    path = f"{BASE}/documents/1/orphans"
    assert "عشرة قروش" in desk.get(path)
    assert '<span class="count">1</span>' in desk.get(f"{BASE}/responses")
    refused = desk.refused(path, comment=str(lost.number), eid="art_99")
    assert "ليس في أحدث نسخة" in refused
    assert desk.post(path, comment="77", eid="art_3").status_code == 404
    desk.refused(path, status=409, comment=str(kept.number), eid="art_3")
    for eid in ("art_1", "art_3"):  # a second thought is allowed
        desk.done(path, comment=str(lost.number), eid=eid)
    anchor = db.session.scalars(
        db.select(CommentAnchor).where(
            CommentAnchor.comment_id == lost.id, CommentAnchor.placed_by.is_not(None)
        )
    ).one()
    assert (anchor.eid, anchor.exact, anchor.start) == ("art_3", "عشرة قروش", None)
    assert anchor.placed_by == cast.drafter.user_id
    study = desk.get(f"{BASE}/comments/{lost.number}")
    assert "drafter (example)" in study
    assert "خمسة قروش" in study, "the newest version stands beside the old"
    assert Desk(web, cast.committee).post(path, comment="1", eid="art_3").status_code == 403


def test_reads_beside_a_comment_are_constant(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    def asked() -> list[int]:
        desk = Desk(web, cast.drafter)
        found = []
        for path in (f"{BASE}/documents/1/orphans", f"{BASE}/comments/1", f"{BASE}/responses"):
            with counted() as sent:
                desk.get(path)
            found.append(len(sent))
        return found

    for _each in range(2):
        say(place, clock, "art_3", quoted="عشرة قروش", proposed="قرش")
    next_version(cast, place)
    few = asked()
    for number in range(20):
        point = Point(place.target("art_3"), f"{number}", quoted="عشرة قروش", proposed="قرش")
        submissions.submit(
            clock(), place.consultation, Sender(), (point,), form_key=f"x{number}", language="ar"
        )
    db.session.commit()
    assert asked() == few


def test_a_comment_is_an_annotation_for_programs(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, say(place, clock, quoted=QUOTE, proposed="مُدَّةَ شهر"))
    say(place, clock, quoted=QUOTE)
    next_version(cast, place)
    answer = client.get(f"/ar{BASE}/comments/1.json")
    found = json.loads(answer.text)
    assert answer.mimetype == "application/ld+json"
    assert [each["purpose"] for each in found["body"]] == ["commenting", "editing"]
    first, second = (each["selector"] for each in found["target"])
    assert first["value"] == second["value"] == "art_2__para_a"
    assert [each["type"] for each in first["refinedBy"]] == [
        "TextQuoteSelector",
        "TextPositionSelector",
    ]
    assert first["refinedBy"][0]["exact"] == second["refinedBy"][0]["exact"] == QUOTE
    assert first["refinedBy"][1] != second["refinedBy"][1]
    assert client.get(f"/ar{BASE}/comments/2.json").status_code == 404
    assert client.get(f"/ar{BASE}/comments/9.json").status_code == 404


def test_only_what_lost_its_provision_has_lost_its_text(
    cast: Cast, place: Open, clock: Clock
) -> None:
    """A number that somebody else took over does not bring a provision back."""
    say(place, clock, "art_3")
    say(place, clock, "art_3", quoted="عشرة قروش")
    version, _ = drafts.import_text(cast.drafter, START, place.document, NEXT)
    match = ProvisionMatch(version_id=version.id, old_eid="art_3", relation=Relation.GONE)
    db.session.add(match)
    drafts.publish_version(cast.drafter, START, place.consultation, version)
    found = answered_comments(place.consultation.id, [1, 2])
    assert [each.gone for each in found] == [True, False]
