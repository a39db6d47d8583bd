"""The moderation desk without scripts: queue, many at once, marks, preview, claims, undo, looks."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.domain.comments import Publication
from portal.domain.moderation import Decision, Outcome
from portal.models import SavedFilter, db
from portal.services import moderation
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk, settled

HERE = "/consultations/gardens"
ONE = f"{HERE}/moderation/1"


def test_a_decision_can_be_undone_and_then_takes_effect(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    desk = Desk(web, cast.moderator)
    desk.done(ONE, page=ONE, seen="0", outcome="publish")
    assert "/desk/moderation/undo" in desk.get("/moderation")
    assert desk.done("/moderation/undo", page="/moderation").endswith("/moderation/1")
    assert "لم يُبلَّغ أحد" in desk.get(ONE)
    desk.done(ONE, page=ONE, seen="0", outcome="publish")
    settled(web, clock)
    assert made.statuses(place) == [Publication.PUBLISHED]
    assert "فات وقت التراجع" in desk.refused("/moderation/undo", page="/moderation", status=409)


def test_one_decision_for_all_that_are_chosen(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى", "ثانية", "ثالثة")
    second = made.comments(place)[1]
    moderation.decide(cast.other_moderator, clock(), second, Decision(Outcome.PUBLISH, 0))
    db.session.commit()
    desk = Desk(web, cast.moderator)
    chosen = [f"gardens/{number}/0" for number in (1, 2, 3)]
    typed: dict[str, Any] = {"chosen": chosen, "outcome": "spam", "ground": "advertising"}
    desk.done("/moderation", page="/moderation", **typed)
    page = desk.get("/moderation")
    assert "ملاحظتان: رسالة مزعجة" in page
    assert "other moderator (example)" in page  # decided on the second meanwhile
    settled(web, clock)
    spam = Publication.SPAM
    assert made.statuses(place) == [spam, Publication.PUBLISHED, spam]


@pytest.mark.parametrize(
    "typed",
    [
        {"outcome": "publish"},
        {"outcome": "withhold", "chosen": "gardens/1/0"},
        {"outcome": "redact", "ground": "insult", "chosen": "gardens/1/0"},
        {"outcome": "return", "ground": "insult", "chosen": "gardens/1/0"},
    ],
)
def test_what_is_wrong_for_all_is_done_for_none(
    web: Flask, cast: Cast, place: Open, clock: Clock, typed: dict[str, Any]
) -> None:
    made.send(place, clock, "أولى")
    Desk(web, cast.moderator).refused("/moderation", page="/moderation", **typed)
    assert made.statuses(place) == [Publication.PENDING]


def test_nobody_decides_for_another_body_from_the_list(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    typed: dict[str, Any] = {"outcome": "publish", "chosen": "gardens/1/0"}
    made.open_one(cast, clock, slug="own")  # so that the outsider's list has a form of its own
    Desk(web, cast.outsider).post("/moderation", page="/moderation", **typed)
    settled(web, clock)
    assert made.statuses(place)[0] is Publication.PENDING


def test_each_mark_has_a_ground_of_its_own_without_any_script(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "اكتبوا إلى علي على 079 أيها اللصوص")
    desk = Desk(web, cast.moderator)
    first = {"masked": "079", "ground": "personal_data"}
    page = desk.post(ONE, page=ONE, seen="0", action="mark", outcome="redact", **first).text
    assert 'value="text:19:22"' in page
    marked: dict[str, Any] = {"span": "text:19:22", "span_ground": "personal_data"}
    second = {"masked": "اللصوص", "ground": "insult"}
    page = desk.post(
        ONE, page=ONE, seen="0", outcome="redact", action="preview", **marked, **second
    ).text
    assert "[حُجب: بيانات شخصية]" in page
    assert "[حُجب: قدح أو ذم أو إهانة]" in page
    desk.done(ONE, page=ONE, seen="0", outcome="redact", **marked, **second)
    settled(web, clock)
    shown = desk.public(f"{HERE}/comments/1")
    assert "079" not in shown
    assert "اللصوص" not in shown
    assert "علي" in shown


def test_a_mark_without_a_ground_or_outside_the_text_is_refused(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    desk = Desk(web, cast.moderator)
    typed: dict[str, Any] = {"seen": "0", "outcome": "redact", "span": "text:0:4"}
    assert "masked-error" in desk.refused(ONE, page=ONE, span_ground="", **typed)
    for span in ("text:0:99", "name:0:1", "text:x:1", "text", "text:3:3"):
        typed["span"] = span
        assert "masked-error" in desk.refused(ONE, page=ONE, span_ground="insult", **typed)


def test_the_preview_is_the_mail_in_both_languages(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى", email="author@example.org")
    desk = Desk(web, cast.moderator)
    typed: dict[str, Any] = {"seen": "0", "outcome": "withhold", "ground": "insult"}
    part = desk.post(f"{ONE}/preview", page=ONE, note="سبب مفصّل", **typed).text
    assert "<html" not in part
    assert "اختر السبب" in desk.post(f"{ONE}/preview", page=ONE, seen="0", outcome="spam").text
    desk.done(ONE, page=ONE, note="سبب مفصّل", **typed)
    settled(web, clock)
    (letter,) = [
        each
        for each in (web.extensions["settings"].data / "mail").glob("*.eml")
        if "إهانة" in _body(each)
    ]
    for line in _body(letter).splitlines():
        if line.strip() and "كانون" not in line and "تشرين" not in line:
            assert line.strip() in part.replace("&#34;", '"')
    assert "The moderator writes" in part


def _body(file: Path) -> str:
    return str(message_from_bytes(file.read_bytes(), policy=policy.default).get_content())


def test_two_at_one_comment(web: Flask, cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى", "ثانية")
    one, two = Desk(web, cast.moderator), Desk(web, cast.other_moderator)
    one.get(ONE)
    assert "moderator (example)" in two.get(ONE)
    assert two.get("/moderation/next", status=302) == two.get("/moderation/next", status=302)
    page = two.refused(ONE, page=ONE, status=409, seen="0", outcome="publish")
    assert 'name="over" type="hidden" value="yes"' in page
    assert made.statuses(place) == [Publication.PENDING, Publication.PENDING]
    two.done(f"{ONE}/claim", page=ONE)
    two.done(ONE, page=ONE, seen="0", outcome="publish")
    clock.pass_(minutes=16)  # and a claim that lapsed stops nobody
    one.get(f"{HERE}/moderation/2")
    clock.pass_(minutes=16)
    two.done(f"{HERE}/moderation/2", page=ONE, seen="0", outcome="publish")


def test_the_queue_of_a_kind_of_hint(web: Flask, cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى", "اكتبوا إلى a@example.org")
    desk = Desk(web, cast.moderator)
    page = desk.get("/moderation?hint=email")
    assert "اكتبوا إلى" in page
    assert "أولى" not in page
    assert '<option value="email" selected>' in page
    assert "hint=email" in desk.get("/consultations/gardens/moderation/2?hint=email")
    assert "أولى" in desk.get("/moderation?hint=nonsense")


def test_filters_are_kept_each_persons_own(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    desk, other = Desk(web, cast.moderator), Desk(web, cast.other_moderator)
    path = "/moderation?consultation=gardens&class=citizen&overdue=1&hint=email"
    query = "consultation=gardens&class=citizen&hint=email&evil=1"
    assert "لا شيء ينتظر" in desk.get(path)
    desk.done("/moderation/filters", page=path, name="مواطنون", query=query)
    assert "مواطنون" in desk.get("/moderation")
    assert "مواطنون" not in other.get("/moderation")
    kept = db.session.scalars(db.select(SavedFilter)).one()
    assert kept.query == "consultation=gardens&class=citizen&hint=email"
    other.refused(f"/moderation/filters/{kept.id}/delete", page="/moderation", status=404)
    desk.done(f"/moderation/filters/{kept.id}/delete", page="/moderation")
    assert db.session.scalars(db.select(SavedFilter)).all() == []
    desk.refused("/moderation/filters", page="/moderation", name=" ", query=query)


def test_what_one_of_the_chosen_may_not_does_not_stop_the_others(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "سر", confidential=True)
    made.send(place, clock, "أولى")
    desk = Desk(web, cast.moderator)
    typed: dict[str, Any] = {"outcome": "withhold", "ground": "insult"}
    desk.done("/moderation", page="/moderation", chosen=["gardens/1/0", "gardens/2/0"], **typed)
    settled(web, clock)
    assert made.statuses(place) == [Publication.CONFIDENTIAL, Publication.WITHHELD]
