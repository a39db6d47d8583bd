"""Search over drafts and published comments: the same on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.domain.errors import DomainError
from portal.domain.search import parse
from portal.domain.submissions import Point, Sender
from portal.models import Provision, db
from portal.models.search import search_words
from portal.queries.search import What, search_version
from portal.services import drafts, submissions
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.factories.search import look, marked, names, publish_all
from tests.fixtures.apps import Clock
from tests.fixtures.statements import counted


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("دراجات", ["art_3"]),
        ("الدراجات", ["art_3"]),
        ("الصيانة", ["art_2__para_b"]),  # للصيانة
        ("صيانه", ["art_2__para_b"]),
        ("صَباحا", ["art_2__para_a"]),
        ("الحديقة الغروب", ["art_2__para_a"]),
        ('"تفتح الحديقة"', ["art_2__para_a"]),
        ('"الحديقة تفتح"', []),
        ("«من السابعة صباحاً»", ["art_2__para_a"]),
        ("المادة 3", ["art_3"]),
        ("حدائق", ["title", "text_1", "art_1"]),
        ("لا يوجد", []),
    ],
)
def test_what_a_draft_says_is_found(
    place: Open, clock: Clock, typed: str, where: list[str]
) -> None:
    found = look(clock, typed, what=What.TEXTS)
    assert names(found) == where
    assert found.next is None


def test_texts_come_before_comments_and_later_comments_first(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "الحديقة بعيدة", "حديقتنا جميلة", "في الحديقة مقاعد")
    publish_all(cast, clock, place)
    assert names(look(clock, "حديقة")) == ["art_2__para_a", "art_2__para_b", 3, 1]
    assert names(look(clock, "حديقة", what=What.COMMENTS)) == [3, 1]
    (first, _second) = look(clock, "حديقة", what=What.COMMENTS).results
    assert marked(first) == ["الحديقة"]
    assert (first.consultation.slug, first.eid, first.place) == ("gardens", "art_2__para_a", "")


def test_pages_follow_one_another_without_gap_or_repeat(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, *[f"الحديقة رقم {number}" for number in range(1, 8)])
    publish_all(cast, clock, place)
    seen: list[str | int] = []
    below = None
    while True:
        page = look(clock, "حديقة", limit=2, below=below)
        seen += names(page)
        below = page.next
        if below is None:
            break
    assert seen == ["art_2__para_a", "art_2__para_b", 7, 6, 5, 4, 3, 2, 1]


def test_every_field_that_the_public_reads_is_searched(
    cast: Cast, place: Open, clock: Clock
) -> None:
    target = place.target("art_3")
    point = Point(
        target,
        "نص أول",
        proposed="صياغة بديلة",
        grounds="مبرر ثالث",
        quoted="بركوب الدراجات",
    )
    sender = Sender(organisation="جمعية المشاة", name="سوسن", name_public=True)
    submissions.submit(clock(), place.consultation, sender, (point,), form_key="k", language="ar")
    publish_all(cast, clock, place)
    for word in ("أول", "بديلة", "ثالث", '"بركوب الدراجات"', "المشاة", "سوسن"):
        assert names(look(clock, word, what=What.COMMENTS)) == [1], word
    assert names(look(clock, '"أول صياغة"')) == [], "no quotation reaches from field to field"
    (result,) = look(clock, "بديلة").results
    assert (result.field, marked(result)) == ("proposed", ["بديلة"])


def test_a_search_is_narrowed_to_a_consultation(cast: Cast, place: Open, clock: Clock) -> None:
    other = made.open_one(cast, clock, slug="other")
    for each in (place, other):
        made.send(each, clock, "الحديقة بعيدة")
        publish_all(cast, clock, each)
    both = look(clock, "بعيدة")
    assert [each.consultation.slug for each in both.results] == ["other", "gardens"]
    for each in (place, other):
        (result,) = look(clock, "بعيدة", consultation_id=each.consultation.id).results
        assert result.consultation.slug == each.consultation.slug


def test_the_newest_version_is_found_and_the_earlier_when_asked_for(
    cast: Cast, place: Open, clock: Clock
) -> None:
    clock.moment = place.consultation.closes_at + timedelta(days=1)
    second = DRAFT.replace("السابعة", "السادسة")
    version, _ = drafts.import_text(cast.drafter, clock(), place.document, second)
    assert names(look(clock, "السادسة")) == [], "a version in preparation is nobody's business"
    drafts.publish_version(cast.drafter, clock(), place.consultation, version)
    db.session.commit()
    (result,) = look(clock, "السادسة").results
    assert (result.version, result.eid, marked(result)) == (2, "art_2__para_a", ["السادسة"])
    assert names(look(clock, "السابعة")) == []
    old = search_version(clock(), parse("السابعة"), place.version.id, newest=False)
    assert names(old) == ["art_2__para_a"]
    assert [each.version for each in old.results] == [1]
    new = search_version(clock(), parse("حديقة"), version.id, newest=True)
    assert names(new) == ["art_2__para_a", "art_2__para_b"]


def test_english_words_of_a_bilingual_draft_are_found(
    cast: Cast, place: Open, clock: Clock
) -> None:
    clock.moment = place.consultation.closes_at + timedelta(days=1)
    version, _ = drafts.import_text(cast.drafter, clock(), place.document, DRAFT)
    provisions = db.session.scalars(
        db.select(Provision).filter_by(version_id=version.id, eid="art_3")
    )
    provisions.one().text_en = "Cycling is allowed on the paths made for it."
    drafts.publish_version(cast.drafter, clock(), place.consultation, version)
    (result,) = look(clock, "CYCLING").results
    assert (result.eid, result.language, marked(result)) == ("art_3", "en", ["Cycling"])


HARD = [
    *(
        '"',
        "'",
        "''",
        "\\",
        "*",
        "a*",
        "NEAR(a b)",
        "a AND",
        "OR b",
        "NOT",
        "-a",
        "^a",
        "{words}:a",
    ),
    *("words : a", "a:*", "a & b", "!a", "a <-> b", "(", ")", ":A", "a\x00b", "\x00", "😀", "😀 a"),
    *("§1", "¶", "rules1", "%", "_", "--", "; DROP TABLE search_words", "\u202e", "\ud800", "ٱٰ"),
    *('"unclosed', '""', '"a" "b"', "\u0640\u0640", "ﷺ", "İ", "ß", "a_b", "1.5", "٣", "x" * 200),
    "الا" * 60,
]


def ask(clock: Clock, typed: str) -> list[str | int] | str:
    """What is found, or the code of the refusal: nothing else may happen."""
    try:
        return names(look(clock, typed))
    except DomainError as refused:
        return refused.code


def test_no_query_is_an_error_of_the_database(cast: Cast, place: Open, clock: Clock) -> None:
    codes = {"search_empty", "search_too_long"}
    for typed in HARD:
        found = ask(clock, typed)
        assert isinstance(found, list) or found in codes, typed
    assert ask(clock, "ن" * 10_000) == "search_too_long"
    assert ask(clock, "§1") == ask(clock, "1"), "a mark of the index is never typed"
    assert ask(clock, "rules1") == []
    assert db.session.scalar(db.select(db.func.count()).select_from(search_words))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.sampled_from(sorted({*"".join(HARD), *"الحديقة تفتح"})), max_size=40))
def test_whatever_is_typed_is_answered(place: Open, clock: Clock, typed: str) -> None:
    found = ask(clock, typed)
    assert isinstance(found, list) or found in ("search_empty", "search_too_long")


def test_the_number_of_queries_does_not_grow(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "الحديقة")
    publish_all(cast, clock, place)
    with counted() as few:
        look(clock, "حديقة")
    for number in range(30):
        made.send(place, clock, f"الحديقة {number}", eid=f"art_{number % 3 + 1}")
    publish_all(cast, clock, place)
    with counted() as many:
        assert len(look(clock, "حديقة").results) == 20
    assert len(many) == len(few) <= 6
