"""The desk from the queue to the matrix: decisions, answers, what is refused and kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.domain.moderation import Outcome
from portal.jobs import tick
from portal.models import PublicBody, db
from portal.policies.table import Act
from portal.services import moderation
from portal.services.moderation import Decision
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk
from tests.fixtures.statements import counted

HERE = "/consultations/gardens"


def decide(desk: Desk, number: int, seen: int = 0, **typed: str) -> str:
    path = f"{HERE}/moderation/{number}"
    return desk.done(path, page=path, seen=str(seen), **typed)


def test_a_decision_leads_to_the_next_comment_and_changes_what_is_shown(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى", "ثانية 079 للتواصل")
    desk = Desk(web, cast.moderator)
    assert "أولى" in desk.get("/moderation")
    assert decide(desk, 1, outcome="publish").endswith("/moderation/2")
    masked: dict[str, Any] = {"ground": "personal_data", "masked": "079"}
    assert decide(desk, 2, outcome="redact", **masked).endswith("/desk/moderation")
    assert "أولى" not in desk.public(f"{HERE}/comments")  # it can still be undone
    clock.pass_(seconds=21)
    tick.run(web, clock())
    shown = desk.public(f"{HERE}/comments")
    assert "أولى" in shown
    assert "079" not in shown
    assert "[حُجب: بيانات شخصية]" in shown
    decide(desk, 1, seen=1, outcome="withhold", ground="insult")  # undone by a new decision
    assert "أولى" not in desk.public(f"{HERE}/comments")


def test_a_stale_decision_shows_the_other_and_keeps_what_was_typed(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    (comment,) = made.comments(place)
    moderation.decide(cast.other_moderator, clock(), comment, Decision(Outcome.PUBLISH, 0))
    db.session.commit()
    path = f"{HERE}/moderation/1"
    typed: dict[str, Any] = {
        "seen": "0",
        "outcome": "withhold",
        "ground": "insult",
        "note": "سبب مفصّل",
    }
    page = Desk(web, cast.moderator).refused(path, page=path, status=409, **typed)
    assert "other moderator (example)" in page
    assert "سبب مفصّل" in page


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ({}, "اختر القرار"),
        ({"outcome": "withhold"}, "ground-error"),
        ({"outcome": "redact", "ground": "insult"}, "masked-error"),
        ({"outcome": "redact", "ground": "insult", "masked": "ليس فيه"}, "masked-error"),
        ({"outcome": "return", "ground": "off_topic"}, "note-error"),
    ],
)
def test_a_decision_that_is_not_whole_is_refused_beside_its_field(
    web: Flask, cast: Cast, place: Open, clock: Clock, typed: dict[str, Any], beside: str
) -> None:
    made.send(place, clock, "أولى")
    path = f"{HERE}/moderation/1"
    assert beside in Desk(web, cast.moderator).refused(path, page=path, seen="0", **typed)


def test_one_response_answers_several_and_another_person_approves(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى", "ثانية")
    clock.moment = place.consultation.closes_at + timedelta(days=1)
    new = f"{HERE}/responses/new"
    drafter = Desk(web, cast.drafter)
    assert "أولى" in drafter.get(f"{new}?comments=1&comments=2")
    whole = {"comments": "1, 2", "disposition": "clarified", "reason_ar": "بيان"}
    drafter.done(new, page=new, seen="0", action="ready", **whole)
    approver = Desk(web, cast.approver)
    check = approver.get(f"{HERE}/matrix")
    assert "الملاحظة 1" in check
    assert "الملاحظة 2" in check
    response = f"{HERE}/responses/1"
    drafter.post(f"{response}/approve", page=new, seen="0")
    approver.done(f"{response}/approve", page=response, seen="0")
    assert "لا ينقص شيء" in approver.get(f"{HERE}/matrix")
    where = approver.done(f"{HERE}/matrix/publish", page=f"{HERE}/matrix")
    assert where.endswith("/matrix/1")
    assert "بيان" in approver.public(f"{HERE}/matrix")


def test_an_incomplete_response_is_kept_as_a_draft_and_refused_as_ready(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    desk, new = Desk(web, cast.drafter), f"{HERE}/responses/new"
    half: dict[str, Any] = {"comments": "1", "disposition": "accepted_in_part", "seen": "0"}
    page = desk.refused(new, page=new, action="ready", **half)
    assert "reason_ar-error" in page
    assert desk.done(new, page=new, action="draft", **half).endswith("/responses/1")
    again = desk.refused(new, page=new, action="draft", **half)
    assert "الرد 1" in again  # the comment is answered already, and by which response


def test_a_response_changed_meanwhile_is_not_overwritten(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    desk, new = Desk(web, cast.drafter), f"{HERE}/responses/new"
    whole = {"comments": "1", "disposition": "noted", "reason_ar": "أول"}
    desk.done(new, page=new, action="draft", seen="0", **whole)
    one = f"{HERE}/responses/1"
    desk.done(one, page=one, action="draft", seen="0", **{**whole, "reason_ar": "ثان"})
    late: dict[str, Any] = {**whole, "reason_ar": "نص لا يضيع"}
    page = desk.refused(one, page=one, status=409, action="draft", seen="0", **late)
    assert "نص لا يضيع" in page


def test_the_committee_gives_its_opinion(web: Flask, cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى")
    desk, path = Desk(web, cast.committee), f"{HERE}/comments/1"
    desk.done(f"{path}/opinion", page=path, text="رأي اللجنة")
    assert "رأي اللجنة" in desk.get(path)
    desk.refused(f"{path}/opinion", page=path, text="  ")


def test_publishing_with_a_gap_is_refused_and_names_it(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    clock.moment = place.consultation.closes_at
    desk = Desk(web, cast.approver)
    page = desk.refused(f"{HERE}/matrix/publish", page=f"{HERE}/matrix")
    assert "الملاحظة 1: لم يُردّ عليها." in page


@pytest.mark.parametrize("path", ["/", "/moderation", f"{HERE}/responses", f"{HERE}/matrix"])
def test_queries_of_the_desk_do_not_grow_with_comments(
    web: Flask, cast: Cast, place: Open, clock: Clock, path: str
) -> None:
    part = cast.moderator if path == "/moderation" else cast.drafter
    desk = Desk(web, part)
    made.send(place, clock, "أولى")
    with counted() as few:
        desk.get(path)
    for number in range(20):
        made.send(place, clock, f"ملاحظة {number}", eid=f"art_{number % 3 + 1}")
    with counted() as many:
        desk.get(path)
    assert len(many) == len(few)


def test_what_the_database_refuses_for_a_race_is_told_in_words(web: Flask, cast: Cast) -> None:
    def race() -> str:
        db.session.add(PublicBody(slug=cast.body.slug, name_ar="جهة (مثال)"))
        db.session.flush()
        return ""

    race.act = Act.BROWSE  # type: ignore[attr-defined]
    race.phase_in_view = False  # type: ignore[attr-defined]
    db.session.commit()
    web.view_functions["public.about"] = race
    with web.app_context():
        answer = web.test_client().get("/ar/about")
    assert answer.status_code == 409
    assert "في اللحظة نفسها" in answer.text
