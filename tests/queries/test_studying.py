"""The list of what is to be answered: narrowed, ordered, folded, in pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from portal.domain.responses import ResponseStatus
from portal.domain.row_refs import RowKey, RowRef
from portal.domain.studying import Assigned, Order, Shown
from portal.domain.submissions import SenderClass
from portal.models import db
from portal.queries.study_page import count_by_article, progress, study_page
from portal.queries.studying import PAGE, Wanted, found_rows, units_page
from portal.queries.themes import list_themes
from portal.services import assignments, themes
from portal.services.assignments import Given
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.study import POINTS, SEVERAL, answer, split
from tests.fixtures.apps import Clock
from tests.fixtures.statements import counted

TODAY = date(2026, 11, 4)
ALL = Wanted(user_id=None, today=TODAY)
CAMPAIGN = "نطالب بتمديد المدة إلى ثلاثين يوماً على الأقل لأن الجمعيات تحتاج وقتاً لاستشارة أعضائها"


@pytest.fixture
def place(cast: Cast, clock: Clock) -> Open:
    """Five comments: two on article 3, one split on 2(b), one on 2(a), one on the whole."""
    place = made.open_one(cast, clock)
    college: Any = {"sender_class": SenderClass.ACADEMIC, "organisation": "كلية (مثال)"}
    ministry: Any = {"sender_class": SenderClass.GOVERNMENT, "organisation": "وزارة (مثال)"}
    made.send(place, clock, "الدراجات أولاً", eid="art_3", **college)
    made.send(place, clock, SEVERAL, eid="art_2__para_b")
    made.send(place, clock, "الدراجات ثانياً", eid="art_3", **ministry)
    made.send(place, clock, "ساعات العمل", eid="art_2__para_a", words={"proposed": "من السادسة"})
    made.send(place, clock, "عامة", eid=None)
    split(cast, clock, made.comments(place)[1], *POINTS[:2])
    return place


def refs(place: Open, wanted: Wanted, page: int = 1) -> list[str]:
    found = study_page(place.consultation.id, wanted, number=page)
    return [str(row.ref) for row in found.rows]


def test_it_is_ordered_by_the_text_the_class_or_the_number(place: Open) -> None:
    assert refs(place, ALL) == ["5", "4", "2.1", "2.2", "1", "3"]
    by_class = replace(ALL, order=Order.SENDER)
    assert refs(place, by_class) == ["5", "4", "2.1", "2.2", "1", "3"]
    assert refs(place, replace(ALL, order=Order.NUMBER)) == ["1", "2.1", "2.2", "3", "4", "5"]


def test_sections_have_their_article_with_its_words(place: Open) -> None:
    page = study_page(place.consultation.id, ALL)
    heads = [(each.eid, each.article and each.article.number) for each in page.sections]
    assert heads == [("", None), ("art_2", "2"), ("art_3", "3")]
    part = page.rows[2]
    assert (part.ref, part.comment.words.text) == (RowRef(2, 1), (POINTS[0],))


def test_it_is_narrowed(cast: Cast, place: Open, clock: Clock) -> None:
    answer(cast, clock, place, "2.1")
    document = place.document.id
    assert refs(place, replace(ALL, shown=Shown.UNANSWERED)) == ["5", "4", "2.2", "1", "3"]
    assert refs(place, replace(ALL, shown=Shown.READY)) == ["2.1"]
    assert refs(place, replace(ALL, document_id=document, article="art_3")) == ["1", "3"]
    assert refs(place, replace(ALL, sender_class=SenderClass.ACADEMIC)) == ["1"]
    assert refs(place, replace(ALL, proposes=True)) == ["4"]
    found = progress(place.consultation.id)
    assert (found.rows, found.answered, found.by_shown[Shown(ResponseStatus.READY)]) == (6, 1, 1)
    counts = count_by_article(place.consultation.id)
    assert counts == {(1, "art_3"): 2, (1, "art_2"): 2}


def test_by_theme_and_without_one(place: Open) -> None:
    first, third = (made.comments(place)[at].id for at in (0, 2))
    fees = themes.make(place.consultation.id, "الرسوم", "Fees")
    assert themes.put_under(fees, [RowKey(third), RowKey(first), RowKey(third)]) == 2
    assert themes.put_under(fees, [RowKey(first)]) == 0
    assert refs(place, replace(ALL, theme_id=fees.id)) == ["1", "3"]
    assert refs(place, replace(ALL, themed=False)) == ["5", "4", "2.1", "2.2"]
    by_theme = refs(place, replace(ALL, order=Order.THEME))
    assert by_theme == ["1", "3", "5", "4", "2.1", "2.2"]
    (listed,) = list_themes(place.consultation.id)
    assert (listed.name.en, listed.rows, listed.unanswered) == ("Fees", 2, 2)
    assert themes.take_away(fees, [RowKey(first)]) == 1
    assert refs(place, replace(ALL, theme_id=fees.id)) == ["3"]


def test_whose_work_it_is_and_what_is_overdue(cast: Cast, place: Open, clock: Clock) -> None:
    ids = [each.id for each in made.comments(place)]
    given = Given(user_id=cast.approver.user_id, due_on=TODAY)
    assignments.assign(cast.drafter, clock(), TODAY, cast.body.id, ids[:1], given)
    unit = Given(unit="مديرية الحدائق", due_on=TODAY + timedelta(days=9))
    assignments.assign(cast.drafter, clock(), TODAY, cast.body.id, ids[2:3], unit)
    mine = replace(ALL, user_id=cast.approver.user_id, assigned=Assigned.MINE)
    assert refs(place, mine) == ["1"]
    assert refs(place, replace(ALL, assigned=Assigned.ANYBODY)) == ["1", "3"]
    assert refs(place, replace(ALL, assigned=Assigned.NOBODY)) == ["5", "4", "2.1", "2.2"]
    late = replace(ALL, assigned=Assigned.OVERDUE)
    assert refs(place, late) == []
    assert refs(place, replace(late, today=TODAY + timedelta(days=1))) == ["1"]
    assignments.finish(clock(), ids[0])
    assert refs(place, replace(late, today=TODAY + timedelta(days=1))) == []


def test_near_copies_are_one_row_that_says_how_many(cast: Cast, place: Open, clock: Clock) -> None:
    for number in range(3):
        made.send(place, clock, f"{CAMPAIGN} {'جداً ' * number}".strip(), eid="art_1")
    page = study_page(place.consultation.id, ALL)
    (folded,) = [row for row in page.rows if row.copies > 1]
    assert (folded.ref, folded.copies, page.units.total) == (RowRef(6), 3, 7)
    group = replace(ALL, group_id=folded.group_id)
    assert refs(place, group) == ["6", "7", "8"]
    assert refs(place, replace(ALL, apart=True)).count("7") == 1
    assert len(found_rows(place.consultation.id, replace(ALL, apart=True))) == 9
    answer(cast, clock, place, "7")
    rows = study_page(place.consultation.id, ALL).rows
    assert [(str(row.ref), row.copies) for row in rows if row.ref.number > 5] == [
        ("6", 2),
        ("7", 1),
    ]


def test_pages_hold_every_row_once(place: Open, clock: Clock) -> None:
    made.send(place, clock, *[f"نقطة {number * 7919}" for number in range(PAGE)], eid="art_1")
    wanted = replace(ALL, apart=True)
    pages = [refs(place, wanted, page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [PAGE, 6, 0]
    assert len({ref for page in pages for ref in page}) == PAGE + 6
    assert units_page(place.consultation.id, wanted).last == 2


def test_a_page_asks_no_more_often_when_there_is_more(
    cast: Cast, place: Open, clock: Clock
) -> None:
    def asked() -> int:
        with counted() as sent:
            study_page(place.consultation.id, ALL)
        return len(sent)

    few = asked()
    for turn in range(2):
        made.send(place, clock, *[f"نقطة {turn * 25 + n * 7919}" for n in range(25)], eid="art_3")
    theme = themes.make(place.consultation.id, "محور")
    themes.put_under(theme, found_rows(place.consultation.id, ALL))
    answer(cast, clock, place, "3", "4")
    db.session.commit()
    assert asked() == few <= 14
