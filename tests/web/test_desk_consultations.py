"""Staff take a draft and a workshop report to the public, on screen and without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from portal.models import Comment, Consultation, DraftVersion, Workshop, db
from tests.factories import consultations as made
from tests.factories.cast import Cast, make_cast
from tests.factories.consultations import DRAFT
from tests.factories.reports import EXAMPLE_REPORT
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk
from tests.fixtures.statements import counted

HERE = "/consultations/gardens"
DOCUMENT = f"{HERE}/documents/1"
VERSION = f"{DOCUMENT}/versions/1"


@pytest.fixture
def cast(web: Flask) -> Cast:
    made_cast = make_cast()
    db.session.commit()
    return made_cast


@pytest.fixture
def drafter(web: Flask, cast: Cast) -> Desk:
    return Desk(web, cast.drafter)


@pytest.fixture
def approver(web: Flask, cast: Cast) -> Desk:
    return Desk(web, cast.approver)


@pytest.fixture
def form(cast: Cast) -> dict[str, Any]:
    """What a drafter types for a new consultation, on Amman's clock."""
    return {
        "slug": "gardens",
        "body": str(cast.body.id),
        "title_ar": "تعليمات الحدائق (مثال)",
        "title_en": "Garden instructions (example)",
        "purpose_ar": "تنظيم استخدام الحدائق",
        "opens_at": "2026-11-02T09:00",
        "closes_at": "2026-11-20T15:00",
    }


@pytest.fixture
def prepared(drafter: Desk, form: dict[str, Any]) -> Desk:
    """A consultation with a document whose text is not read in yet."""
    drafter.done("/new-consultation", **form)
    drafter.done(f"{HERE}/documents", **{"document-kind": "bylaw", "document-title_ar": "نظام"})
    return drafter


def consultation() -> Consultation:
    return db.session.scalars(db.select(Consultation)).one()


def version() -> DraftVersion:
    return db.session.scalars(db.select(DraftVersion)).one()


def test_from_nothing_to_an_announced_draft(prepared: Desk, clock: Clock) -> None:
    each = consultation()
    assert each.opens_at.isoformat() == "2026-11-02T06:00:00+00:00", "typed on Amman's clock"
    assert prepared.done(f"{DOCUMENT}/versions/new", source=DRAFT).endswith(VERSION)
    review = prepared.get(VERSION)
    assert "ساعات العمل" in review
    assert "المادة 2: ساعات العمل" in review, "the source stands beside what was found"
    typed = {"kind": "article", "number": "2", "heading": "أوقات العمل", "heading_en": "Hours"}
    corrected = prepared.done(f"{VERSION}/provisions/art_2", **typed, revision="1")
    assert corrected.endswith(f"{VERSION}?at=art_2")
    assert "أوقات العمل" in prepared.get(VERSION)
    prepared.done(f"{VERSION}/publish")
    prepared.done(f"{HERE}/announce")
    public = prepared.public("/consultations/gardens/documents/1")
    assert "أوقات العمل" in public
    assert consultation().announced_at == clock()


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"title_ar": " "}, "title_ar", "العنوان"),
        ({"slug": "حدائق"}, "slug", "لاتينية"),
        ({"closes_at": "2026-11-01T09:00"}, "closes_at", "الإغلاق"),
        ({"opens_at": "soon"}, "opens_at", "اليوم"),
        ({"closes_at": "0001-01-01T00:00"}, "closes_at", "2000"),
        ({"purpose_ar": "غاية\u202e"}, "purpose_ar", "U+202E"),
        ({"contact": "c" * 301}, "contact", "300"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_all_else_kept(
    drafter: Desk, form: dict[str, Any], change: dict[str, Any], field: str, words: str
) -> None:
    page = drafter.refused("/new-consultation", **(form | change))
    said = re.search(rf'id="{field}-error">(.*?)</p>', page, re.DOTALL)
    assert said is not None
    assert words in said[1]
    assert f'href="#{field}"' in page, "the summary leads there"
    assert "Garden instructions (example)" in page
    assert db.session.scalar(db.select(db.func.count(Consultation.id))) == 0


def test_nobody_makes_a_consultation_for_another_body(
    drafter: Desk, cast: Cast, form: dict[str, Any]
) -> None:
    drafter.refused("/new-consultation", **(form | {"body": str(cast.elsewhere.id)}))


def test_a_text_that_can_read_as_another_is_shown_and_not_published(prepared: Desk) -> None:
    prepared.done(f"{DOCUMENT}/versions/new", source="المادة 1:\nنص\u2066.")
    assert "U+2066" in prepared.get(VERSION)
    refused = prepared.refused(f"{VERSION}/publish")
    assert "في المادة 1 محارف" in refused
    assert version().published_at is None


def test_a_draft_with_no_article_is_looked_at_and_not_published(prepared: Desk) -> None:
    prepared.done(f"{DOCUMENT}/versions/new", source="كلام بلا مواد.")
    assert "المادة 1:" in prepared.refused(f"{VERSION}/publish")
    assert version().published_at is None
    assert "1" in prepared.refused(f"{HERE}/announce"), "nor is the consultation announced"


def test_a_short_period_is_announced_by_an_approver_who_says_why(
    prepared: Desk, approver: Desk, form: dict[str, Any]
) -> None:
    prepared.done(f"{HERE}/edit", **(form | {"closes_at": "2026-11-08T15:00"}))
    assert "10" in prepared.refused(f"{HERE}/announce", short_reason="ضرورة")
    assert "10" in approver.refused(f"{HERE}/announce", short_reason=" ")
    approver.done(f"{HERE}/announce", short_reason="ضرورة عاجلة")
    assert "ضرورة عاجلة" in approver.public("/consultations/gardens")


def test_an_edit_after_the_announcement_keeps_the_dates(
    prepared: Desk, form: dict[str, Any]
) -> None:
    prepared.done(f"{HERE}/announce")
    prepared.done(f"{HERE}/edit", **(form | {"title_ar": "عنوان أوضح"}))
    page = prepared.refused(f"{HERE}/edit", **(form | {"closes_at": "2026-11-18T15:00"}))
    assert 'id="closes_at-error"' in page
    assert consultation().closes_at.day == 20


def test_extending_and_withdrawing_say_why(prepared: Desk, approver: Desk, clock: Clock) -> None:
    prepared.done(f"{HERE}/announce")
    clock.pass_(days=3)
    later: dict[str, Any] = {"extend-closes_at": "2026-11-25T15:00"}
    page = prepared.refused(f"{HERE}/extend", **later)
    assert 'id="extend-reason_ar-error"' in page
    assert 'value="2026-11-25T15:00"' in page
    prepared.done(f"{HERE}/extend", **later, **{"extend-reason_ar": "طلب المشاركين"})
    assert "طلب المشاركين" in prepared.public("/consultations/gardens")
    assert 'id="withdraw-reason_ar-error"' in approver.refused(f"{HERE}/withdraw")
    approver.done(f"{HERE}/withdraw", **{"withdraw-reason_ar": "إعادة الصياغة"})
    assert consultation().withdrawn_at == clock()
    prepared.refused(f"{HERE}/withdraw", status=403)


def test_a_report_is_looked_at_then_taken_in(prepared: Desk) -> None:
    where = f"{HERE}/workshops/new"
    shown = prepared.post(where, source=EXAMPLE_REPORT, action="read")
    assert shown.status_code == 200
    for words in ("قاعة البيدر", "تمديد ساعات العمل في الصيف", "كمية المياه الموفرة في السنة"):
        assert words in shown.text
    assert db.session.scalar(db.select(db.func.count(Workshop.id))) == 0
    typed = {"source": EXAMPLE_REPORT, "action": "take-in", "kind": "policy"}
    prepared.done(where, **typed, sender_class="academic")
    assert db.session.scalar(db.select(db.func.count(Comment.id))) == 8
    page = prepared.get(HERE)
    assert "نظام الحدائق العامة" in page
    assert EXAMPLE_REPORT.splitlines()[0] in prepared.refused(where, status=409, **typed)


@pytest.mark.parametrize("source", ["", "تقرير بلا توصيات", "· توصية\u202e"])
def test_a_bad_report_is_refused_beside_its_field(prepared: Desk, source: str) -> None:
    page = prepared.refused(f"{HERE}/workshops/new", source=source, action="take-in")
    assert 'id="source-error"' in page
    assert source.replace("\u202e", "")[:10] in page


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_pages_ask_the_same_number_of_questions_however_much_there_is(
    web: Flask, cast: Cast, clock: Clock, language: str
) -> None:
    place = made.open_one(cast, clock)
    drafter = Desk(web, cast.drafter, language)
    paths = ("/consultations", HERE, VERSION, f"{HERE}/workshops/new")

    def asked() -> dict[str, int]:
        found = {}
        for path in paths:
            drafter.get(path)
            with counted() as sent:
                drafter.get(path)
            found[path] = len(sent)
        return found

    before = asked()
    for _ in range(5):
        made.send(place, clock, *[f"ملاحظة {number}" for number in range(10)])
    assert asked() == before
    assert max(before.values()) <= 12
