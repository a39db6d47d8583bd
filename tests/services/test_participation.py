"""The report of a workshop becomes comments; what it is made of stays with them."""

from __future__ import annotations

import re

import pytest

from portal.domain.bilingual import Bilingual
from portal.domain.comments import Publication
from portal.domain.consultations import Phase
from portal.domain.drafts import DocumentKind
from portal.domain.errors import DomainError
from portal.domain.participation import parse_report
from portal.domain.submissions import Channel, SenderClass
from portal.models import Comment, Consultation, Document, Submission, Workshop, db
from portal.queries.consultations import count_totals, find_page
from portal.services import consultations
from portal.services.participation import take_in_report
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.reports import EXAMPLE_REPORT
from tests.fixtures.apps import START, Clock
from tests.shared import WORKSHOP_REPORT, needs_shared


@pytest.fixture
def consultation(cast: Cast, clock: Clock) -> Consultation:
    return made.open_one(cast, clock).consultation


def take(
    cast: Cast, clock: Clock, consultation: Consultation, text: str
) -> tuple[Workshop, Submission]:
    taken = take_in_report(cast.drafter, clock(), consultation, parse_report(text), text)
    db.session.commit()
    return taken


def comments(submission: Submission) -> list[Comment]:
    query = db.select(Comment).where(Comment.submission_id == submission.id)
    return list(db.session.scalars(query.order_by(Comment.number)))


def documents(consultation: Consultation) -> list[Document]:
    query = db.select(Document).where(Document.consultation_id == consultation.id)
    return list(db.session.scalars(query.order_by(Document.number)))


def test_every_recommendation_is_a_comment_on_its_document(
    cast: Cast, clock: Clock, consultation: Consultation
) -> None:
    workshop, submission = take(cast, clock, consultation, EXAMPLE_REPORT)
    found = comments(submission)
    titles = {each.id: each.title_ar for each in documents(consultation)}
    assert [(titles[c.document_id or 0], c.place, c.text) for c in found[:3]] == [
        ("نظام الحدائق العامة", "المحور 1: الري", "استعمال المياه المعالجة في الري"),
        ("نظام الحدائق العامة", "المحور 1: الري", "نشر جدول الري كل شهر"),
        ("نظام الحدائق العامة", "المحور 2: الزوار", "تمديد ساعات العمل في الصيف"),
    ]
    assert [c.number for c in found] == list(range(1, 9))
    assert {c.publication for c in found} == {Publication.PENDING}
    assert [each["text"] for each in workshop.indicators] == [
        "كمية المياه الموفرة في السنة",
        "عدد الكتب المعارة",
    ]


def test_where_it_comes_from_is_kept_and_nobody_is_named(
    cast: Cast, clock: Clock, consultation: Consultation
) -> None:
    _workshop, submission = take(cast, clock, consultation, EXAMPLE_REPORT)
    assert (submission.channel, submission.sender_class) == (
        Channel.WORKSHOP,
        SenderClass.CIVIL_SOCIETY,
    )
    assert (submission.name, submission.email, submission.late) == ("", "", False)
    page = find_page(consultation.slug, clock())
    assert page is not None
    (shown,) = page.workshops
    assert (shown.place, shown.total, shown.women, shown.men) == ("قاعة البيدر", 31, 16, 15)
    assert shown.governorates == ("عمان", "جرش", "الطفيلة")
    assert shown.held_on is not None
    assert shown.held_on.isoformat() == "2024-03-12"
    assert shown.comments == 8


def test_a_document_that_is_there_is_found_by_its_title_however_it_is_spelt(
    cast: Cast, clock: Clock, consultation: Consultation
) -> None:
    title = Bilingual("نظامُ  الحدائق العامه")
    there = consultations.add_document(
        cast.drafter, clock(), consultation, DocumentKind.BYLAW, title
    )
    _workshop, submission = take(cast, clock, consultation, EXAMPLE_REPORT)
    assert {c.document_id for c in comments(submission)[:3]} == {there.id}
    assert len(documents(consultation)) == 4
    assert [each.kind for each in documents(consultation)[2:]] == [DocumentKind.PLAN] * 2


def test_what_stands_under_no_document_is_about_the_consultation(
    cast: Cast, clock: Clock, consultation: Consultation
) -> None:
    loose = re.sub(r"\nالوثيقة الأولى: .*\nالمحور الأول: .*", "", EXAMPLE_REPORT)
    _workshop, submission = take(cast, clock, consultation, loose)
    first = comments(submission)[0]
    assert (first.text, first.document_id) == ("استعمال المياه المعالجة في الري", None)
    assert all(each.title_ar.strip() for each in documents(consultation))


def test_the_same_report_twice_is_refused_whatever_its_white_space(
    cast: Cast, clock: Clock, consultation: Consultation
) -> None:
    take(cast, clock, consultation, EXAMPLE_REPORT)
    with pytest.raises(DomainError, match="workshop_taken_in_already") as refused:
        take(cast, clock, consultation, EXAMPLE_REPORT.replace("\n", "\r\n") + "\n\n")
    assert refused.value.status == 409
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(Comment.id))) == 8


def test_numbers_go_on_from_what_others_sent(cast: Cast, clock: Clock) -> None:
    place = made.open_one(cast, clock)
    made.send(place, clock, "أولى", "ثانية")
    _workshop, submission = take(cast, clock, place.consultation, EXAMPLE_REPORT)
    made.send(place, clock, "أخيرة")
    assert [c.number for c in comments(submission)] == list(range(3, 11))
    assert [c.number for c in made.comments(place)] == list(range(1, 12))


def test_indicators_alone_leave_nothing_to_answer(
    cast: Cast, clock: Clock, consultation: Consultation
) -> None:
    head = EXAMPLE_REPORT.split("التوصيات")[0]
    only = (
        f"{head}التوصيات\nالوثيقة الأولى: نظام الحدائق العامة\nالمحور الأول: الري\n"
        "المؤشرات المقترحة\n· كمية المياه الموفرة في السنة\n"
    )
    assert parse_report(only).indicator_count == 1
    with pytest.raises(DomainError, match="report_no_bullets"):
        take(cast, clock, consultation, only)


def test_a_recommendation_longer_than_a_comment_is_named_by_its_line(
    cast: Cast, clock: Clock, consultation: Consultation
) -> None:
    long = EXAMPLE_REPORT.replace("نشر جدول الري كل شهر", "نشر " * 5_001)
    with pytest.raises(DomainError, match="bullet_long") as refused:
        take(cast, clock, consultation, long)
    line = EXAMPLE_REPORT[: EXAMPLE_REPORT.index("نشر جدول")].count("\n") + 1
    assert refused.value.params["line"] == line


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "report_empty"),
        ("تقرير بلا توصيات", "report_no_bullets"),
        ("· توصية\u202e", "bidi_characters"),
        ("· توصية\x08", "control_characters"),
        ("ا" * 500_001, "report_too_long"),
    ],
)
def test_a_bad_report_is_refused(text: str, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        parse_report(text)


def test_a_report_can_come_first_and_brings_the_documents(cast: Cast, clock: Clock) -> None:
    """Workshops are held while a text is prepared; what they said is public with the rest."""
    prepared = made.prepare(cast).consultation
    take(cast, clock, prepared, EXAMPLE_REPORT)
    assert count_totals().received == 0
    consultations.announce(cast.drafter, START, prepared, minimum_days=10)
    db.session.commit()
    page = find_page(prepared.slug, START)
    assert page is not None
    assert page.phase is Phase.ANNOUNCED
    assert count_totals().received == 8


def test_no_report_comes_after_the_consultation_is_withdrawn(
    cast: Cast, clock: Clock, consultation: Consultation
) -> None:
    consultations.withdraw(cast.approver, clock(), consultation, reason=Bilingual("سبب"))
    with pytest.raises(DomainError, match="phase_refuses"):
        take(cast, clock, consultation, EXAMPLE_REPORT)


@needs_shared
def test_the_real_report_is_62_comments_on_six_documents(cast: Cast, clock: Clock) -> None:
    consultation = made.open_one(cast, clock).consultation
    source = WORKSHOP_REPORT.read_text(encoding="utf-8")
    workshop, submission = take(cast, clock, consultation, source)
    discussed = documents(consultation)[1:]
    by_document = [
        sum(comment.document_id == each.id for comment in comments(submission))
        for each in discussed
    ]
    indicators = [
        sum(each["document"] == document.title for each in workshop.indicators)
        for document in parse_report(source).documents
    ]
    assert sum(by_document) == 62
    assert sum(indicators) == len(workshop.indicators) == 7
    together = [a + b for a, b in zip(by_document, indicators, strict=True)]
    assert together == [9, 7, 21, 10, 17, 5]
    assert (workshop.total, workshop.women, workshop.men) == (73, 37, 36)
    assert len(workshop.governorates) == 8
    assert "weekday_differs" in {warning["code"] for warning in workshop.warnings}
