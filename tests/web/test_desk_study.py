"""The study at the desk: many at once, parts marked without a script, notes, the inbox."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.models import CommentPart, db
from portal.queries.rows import parts_of
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.study import POINTS, SEVERAL, answer, split
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk

HERE = "/consultations/gardens"
LIST = f"{HERE}/responses"
ONE = f"{HERE}/comments/1"


def test_chosen_rows_are_put_under_a_new_theme_and_found_by_it(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى", "ثانية", "ثالثة")
    desk = Desk(web, cast.drafter)
    desk.refused(f"{LIST}/themes", page=LIST, theme="", name_ar="الرسوم")  # none chosen
    page = desk.refused(f"{LIST}/themes", page=LIST, chosen=["1"], theme="99")
    assert "اختر المحور" in page
    assert 'value="1" checked' in page  # what was chosen still is
    desk.done(f"{LIST}/themes", page=LIST, chosen=["1", "3"], name_ar="الرسوم", wish="put")
    under = desk.get(f"{LIST}?theme=1")
    assert "أولى" in under
    assert "ثانية" not in under
    desk.done(f"{LIST}/themes?theme=1", page=LIST, all="1", theme="1", wish="take")
    assert "لا ملاحظة" in desk.get(f"{LIST}?theme=1")


def test_the_chosen_are_answered_together_groups_among_them(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    made.send(place, clock, SEVERAL)
    text = "نطالب بتمديد المدة إلى ثلاثين يوماً لأن الجمعيات تحتاج وقتاً لاستشارة أعضائها"
    made.send(place, clock, text)
    made.send(place, clock, text)
    split(cast, clock, made.comments(place)[1], *POINTS[:2])
    desk = Desk(web, cast.drafter)
    desk.refused(f"{LIST}/answer", page=LIST)
    there = desk.done(f"{LIST}/answer", page=LIST, chosen=["1", "2.2"])
    assert there.endswith("/responses/new?comments=1,2.2")
    there = desk.done(f"{LIST}/answer", page=LIST, chosen=["group:1"])
    assert there.endswith("/responses/new?group=1")
    both = desk.done(f"{LIST}/answer", page=LIST, chosen=["1", "group:1"])
    assert both.endswith("/responses/new?comments=1,3,4")


def test_all_that_a_filter_finds_are_given_to_somebody(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى", "ثانية")
    made.send(place, clock, "ثالثة", eid="art_3")
    desk, due = Desk(web, cast.approver), (clock() + timedelta(days=2)).date()
    path = f"{LIST}/assignments?article=1:art_2"
    typed: dict[str, Any] = {"all": "1", "to": f"person:{cast.drafter.user_id}"}
    assert "due" in desk.refused(path, page=LIST, **typed, due="tomorrow")
    desk.done(path, page=LIST, **typed, due=due.isoformat())
    inbox = Desk(web, cast.drafter)
    assert "ملاحظتان" in inbox.get("/")
    mine = inbox.get(f"{LIST}?assigned=mine")
    assert "ثانية" in mine
    assert "ثالثة" not in mine
    assert "متأخرة: كان موعدها" not in inbox.get("/")
    clock.pass_(days=3)
    assert "متأخرة: كان موعدها" in inbox.get("/")
    inbox.done(f"{ONE}/assignment", page=ONE, wish="done")
    assert "الملاحظة 2" in inbox.get("/")  # the one that is left
    desk.done(f"{LIST}/assignments", page=ONE, chosen=["2"], back="2", wish="nobody")
    assert "متأخرة: كان موعدها" not in inbox.get("/")


def test_a_comment_is_split_and_joined_without_a_script(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, SEVERAL)
    desk, (comment,) = Desk(web, cast.drafter), made.comments(place)
    seen: dict[str, Any] = {"page": ONE, "seen": str(comment.revision)}
    words = "\n".join(POINTS[:2])
    page = desk.post(f"{ONE}/split", action="mark", words=words, **seen).text
    assert f'value="text:0:{len(POINTS[0])}"' in page
    wrong = desk.refused(f"{ONE}/split", words="ليست فيها", action="split", **seen)
    assert "ليست فيها" in wrong
    assert "جزأين" in desk.refused(f"{ONE}/split", words=POINTS[0], action="split", **seen)
    assert db.session.scalars(db.select(CommentPart)).all() == []
    desk.done(f"{ONE}/split", words=words, action="split", **seen)
    assert len(parts_of([comment.id])) == 2
    answers = [answer(cast, clock, place, ref).id for ref in ("1.1", "1.2")]
    page = desk.refused(f"{ONE}/join", **seen)
    assert all(f"keep-{each}" in page for each in answers)
    desk.done(f"{ONE}/join", keep=str(answers[1]), **seen)
    assert parts_of([comment.id]) == {}
    assert f"/responses/{answers[0]}" in desk.get(LIST)  # it answers nothing, and is still there


def test_each_paragraph_can_be_a_part_and_marks_can_be_taken_away(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "الأولى هنا\n\nوالثانية هناك", words={"proposed": "نص"})
    desk, (comment,) = Desk(web, cast.drafter), made.comments(place)
    seen: dict[str, Any] = {"page": ONE, "seen": str(comment.revision)}
    page = desk.post(f"{ONE}/split", action="paragraphs", **seen).text
    for place_ in ("text:0:10", "text:12:25", "proposed:0:2"):
        assert f'value="{place_}"' in page
    typed: dict[str, Any] = {"span": ["text:0:10", "text:12:25"], "span_part": ["1", "2"]}
    page = desk.post(f"{ONE}/split", action="unmark-text:0:10", **typed, **seen).text
    assert 'value="text:0:10"' not in page
    outside: dict[str, Any] = {
        "span": ["quoted:0:3", "text:0:10"],
        "span_part": ["1", "2"],
        "action": "split",
    }
    desk.refused(f"{ONE}/split", **outside, **seen)
    desk.done(f"{ONE}/split", action="split", **typed, **seen)
    shown = desk.get(LIST)
    assert "1.1" in shown
    assert "1.2" in shown


def test_a_note_is_for_who_is_named_and_never_for_the_public(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    drafter, committee = Desk(web, cast.drafter), Desk(web, cast.committee)
    drafter.refused(f"{ONE}/notes", page=ONE, note=" ")
    named = str(cast.committee.user_id)
    drafter.done(f"{ONE}/notes", page=ONE, note="سرّ المكتب", named=named)
    assert "سرّ المكتب" in committee.get("/")
    assert "سرّ المكتب" in committee.get(ONE)
    assert "سرّ المكتب" not in committee.get("/")  # it has been opened
    assert "سرّ المكتب" in drafter.get(ONE)


def test_the_committee_gives_one_opinion_on_a_group(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    text = "نطالب بتمديد المدة إلى ثلاثين يوماً لأن الجمعيات تحتاج وقتاً لاستشارة أعضائها"
    made.send(place, clock, text)
    made.send(place, clock, text)
    desk = Desk(web, cast.committee)
    desk.done(f"{ONE}/opinion", page=ONE, text="رأي في الجميع", all="1")
    assert "رأي في الجميع" in desk.get(f"{HERE}/comments/2")
    assert "وملاحظة أخرى تقول ما يقارب ذلك" in desk.get(LIST)


def test_a_filter_of_the_study_is_kept_with_its_consultation(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    desk = Desk(web, cast.drafter)
    query = "show=unanswered&order=sender&assigned=mine&nonsense=1"
    there = desk.done(f"{LIST}/filters", page=LIST, name="عملي", query=query)
    assert there.endswith("?show=unanswered&assigned=mine&order=sender")
    assert "عملي" in desk.get(LIST)
    desk.done(f"{LIST}/filters/1/delete", page=LIST)
    assert "عملي" not in desk.get(LIST)


@pytest.mark.parametrize(
    "query",
    [
        "article=9:art_1&theme=x&group=abc&page=0&order=zzz",
        "group=99999999999&theme=99999999999&page=999999999",
        "article=999999999999:art_1",
    ],
)
def test_an_address_that_asks_for_nothing_real_is_answered(
    web: Flask, cast: Cast, place: Open, clock: Clock, query: str
) -> None:
    made.send(place, clock, "أولى")
    Desk(web, cast.drafter).get(f"{LIST}?{query}")


def test_a_theme_is_renamed_and_given_up(web: Flask, cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى")
    desk, path = Desk(web, cast.drafter), f"{HERE}/themes"
    desk.refused(path, page=path, name_ar="")
    desk.done(path, page=path, name_ar="الرسوم", name_en="Fees")
    desk.refused(path, page=path, name_ar="الرسوم")
    desk.done(f"{path}/1", page=path, name_ar="الكلفة", name_en="")
    assert "الكلفة" in desk.get(path)
    desk.done(f"{path}/1", page=path, wish="give-up")
    assert "الكلفة" not in desk.get(path)
