"""What is answered in different ways is told before publication, and keeps nothing from it."""

from __future__ import annotations

from flask import Flask

from portal.domain.responses import Disposition
from portal.domain.row_refs import RowKey
from portal.models import db
from portal.queries.checking import check
from portal.queries.differing import Way, differing
from portal.services import themes
from tests.factories import consultations as made
from tests.factories.answers import answer, closed
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk
from tests.services.test_groups import TEXT

NO = Disposition.NOT_ACCEPTED


def test_near_copies_and_a_theme_answered_differently(
    cast: Cast, place: Open, clock: Clock
) -> None:
    of = place.consultation.id
    closed(cast, place, clock, TEXT, f"{TEXT} حقاً", TEXT, "الرسم مرتفع", "المدة قصيرة")
    first = answer(cast, clock, place, 1, 2)
    other = answer(cast, clock, place, 3, disposition=NO)
    fee = answer(cast, clock, place, 4)
    (group,) = differing(of)
    assert (group.first, group.name) == (1, None)
    assert group.ways == (Way(Disposition.CLARIFIED, 2, first.id), Way(NO, 1, other.id))
    theme = themes.make(of, "الرسوم")
    fourth, fifth = made.comments(place)[3:]
    themes.put_under(theme, [RowKey(fourth.id, 0), RowKey(fifth.id, 0)])
    assert len(differing(of)) == 1
    late = answer(cast, clock, place, 5, disposition=NO)
    _group, found = differing(of)
    assert found.name is not None
    assert (found.first, found.name.ar) == (None, "الرسوم")
    assert {way.response_id for way in found.ways} == {fee.id, late.id}
    assert check(of).gaps == (), "a warning, not a gap"


def test_the_same_answer_a_duplicate_and_what_was_taken_back_contradict_nothing(
    cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, TEXT, f"{TEXT} حقاً", TEXT)
    for number in (1, 2):
        answer(cast, clock, place, number)
    assert differing(place.consultation.id) == ()


def test_the_check_says_it(web: Flask, cast: Cast, place: Open, clock: Clock) -> None:
    closed(cast, place, clock, TEXT, f"{TEXT} حقاً")
    answer(cast, clock, place, 1)
    other = answer(cast, clock, place, 2, disposition=NO)
    db.session.commit()
    page = Desk(web, cast.approver, "en").get("/consultations/gardens/matrix")
    assert "Answered in different ways" in page
    assert f"/responses/{other.id}" in page
