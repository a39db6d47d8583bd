"""The page of a response: what it tells, keeps and never overwrites; with no script at all."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.models import CommentTheme, Theme, db
from portal.services import edits, responses
from portal.services.edits import NewWords
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk
from tests.services.test_reflection import SECOND, publish

HERE = "/consultations/gardens"
NEW, ONE = f"{HERE}/responses/new", f"{HERE}/responses/1"
WORKING = f"{HERE}/responses/working"


@pytest.fixture
def desk(web: Flask, cast: Cast, place: Open, clock: Clock) -> Desk:
    """The drafter, with two comments to answer."""
    made.send(place, clock, "المدة قصيرة", "والرسم مرتفع")
    return Desk(web, cast.drafter)


def record(cast: Cast, clock: Clock, place: Open, **fields: Any) -> None:
    """A response to the first comment, by the drafter."""
    given = {"disposition": Disposition.CLARIFIED, "reason_ar": "بيان", **fields}
    responses.record(cast.drafter, clock(), place.consultation.id, Draft((RowRef(1),), **given))
    db.session.commit()


def test_both_texts_of_a_stale_write_stand_side_by_side_and_either_is_taken(
    web: Flask, cast: Cast, place: Open, clock: Clock, desk: Desk
) -> None:
    record(cast, clock, place)
    typed = {"comments": "1", "disposition": "clarified", "reason_en": "mine"}
    desk.done(ONE, page=ONE, seen="0", action="draft", **typed, reason_ar="نص الزميل")
    late = {**typed, "reason_ar": "نصي أنا", "reason_en": "", "disposition": "not_accepted"}
    page = desk.refused(ONE, page=ONE, status=409, seen="0", action="draft", **late)
    for words in ("نصان", "نص الزميل", "نصي أنا", "keep-reason_en", "keep-disposition"):
        assert words in page
    assert "keep-comments" not in page
    merged = {**late, "keep-reason_ar": "mine", "keep-disposition": "theirs", "seen": "1"}
    merged |= {"keep-reason_en": "theirs"}
    desk.done(ONE, page=ONE, action="draft", **merged)
    kept = desk.get(ONE)
    assert "نصي أنا" in kept
    assert "mine</textarea>" in kept
    assert '<option selected value="clarified">' in kept


def test_what_was_typed_and_not_recorded_is_there_again(
    web: Flask, cast: Cast, place: Open, clock: Clock, desk: Desk
) -> None:
    page = desk.get(f"{NEW}?comments=1")
    key = page.split('name="key" value="')[1].split('"')[0]
    typed = {"comments": "1", "reason_ar": "نصف فكرة", "kept": "-1", "seen": "0", "key": key}
    answer = desk.post(WORKING, page=NEW, **typed)
    told = json.loads(answer.text)
    assert told["kept"] == 0
    assert "اختر القرار في موضوع الملاحظة" in told["told"]
    again = desk.post(WORKING, page=NEW, **typed)
    assert again.status_code == 409
    assert "نافذة أخرى" in json.loads(again.text)["said"]
    assert "نصف فكرة" in desk.get(f"{NEW}?comments=1")
    assert "نصف فكرة" not in desk.get(f"{NEW}?comments=2")
    more = {**typed, "comments": "1, 2", "disposition": "clarified", "action": "draft"}
    desk.done(NEW, page=NEW, **more)  # whatever it answers by now, it is recorded
    assert "نصف فكرة" not in desk.get(f"{NEW}?comments=1")
    whole = {**typed, "disposition": "clarified"}
    told = json.loads(desk.post(WORKING, page=NEW, **whole).text)["told"]
    assert "الرد 1" in told  # which answers the comment by now
    desk.done(f"{WORKING}/discard", page=f"{NEW}?comments=1", key=key, back="comments=1")
    assert "نصف فكرة" not in desk.get(f"{NEW}?comments=1")


def test_recording_lets_the_unrecorded_copy_go(
    web: Flask, cast: Cast, place: Open, clock: Clock, desk: Desk
) -> None:
    record(cast, clock, place)
    typed = {"comments": "1", "disposition": "clarified", "reason_ar": "لاحق", "seen": "0"}
    more = {"kept": "-1", "key": "response:1", "response": "1"}
    assert desk.post(WORKING, page=ONE, **typed, **more).status_code == 200
    assert "لم يُسجَّل" in desk.get(ONE)
    desk.done(ONE, page=ONE, action="draft", **typed)
    page = desk.get(ONE)
    assert "لاحق" in page
    assert "left-here" not in page


def test_two_people_at_one_response_see_each_other(
    web: Flask, cast: Cast, place: Open, clock: Clock, desk: Desk
) -> None:
    record(cast, clock, place, ready=True)
    assert "مفتوح عند" not in desk.get(ONE)
    other = Desk(web, cast.approver)
    assert "drafter (example)" in other.get(ONE)
    answer = desk.post(f"{HERE}/responses/presence", page=ONE, key="response:1")
    assert "approver (example)" in answer.text
    clock.pass_(seconds=61)
    assert "مفتوح عند" not in desk.get(ONE)


def test_a_kept_reason_is_put_in_with_the_comment_in_its_placeholders(
    web: Flask, cast: Cast, place: Open, clock: Clock, desk: Desk
) -> None:
    reasons = f"{HERE}/reasons"
    whole: dict[str, Any] = {
        "title": "المدد",
        "text_ar": "عُدّلت {الحكم}.",
        "text_en": "",
        "seen": "0",
    }
    page = desk.refused(reasons, page=reasons, **{**whole, "text_ar": "راجع {المادة}"})
    assert "text_ar-error" in page
    desk.done(reasons, page=reasons, **whole, disposition="clarified")
    assert "المدد" in desk.refused(reasons, page=reasons, **whole)  # the title is taken
    answer = desk.post(
        NEW, page=f"{NEW}?comments=1", comments="1", action="insert", template="1", seen="0"
    )
    assert answer.status_code == 200
    assert "عُدّلت المادة 2/أ." in answer.text
    assert '<option selected value="clarified">' in answer.text
    desk.done(f"{reasons}/1", page=f"{reasons}/1", seen="0", action="drop")
    assert "المدد" not in desk.get(reasons)


def test_an_earlier_reason_is_reused_and_a_contradiction_is_told(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    for _time in range(2):
        made.send(place, clock, "نطلب أن تفتح الحديقة من الساعة الخامسة صباحاً كل يوم من السنة")
    record(cast, clock, place, reason_ar="سبب سابق")
    desk = Desk(web, cast.drafter)
    assert "استعمل هذا السبب" in desk.get(f"{NEW}?comments=2")
    typed = {"comments": "2", "action": "reuse:1", "seen": "0"}
    page = desk.post(NEW, page=f"{NEW}?comments=2", **typed, disposition="not_accepted").text
    assert page.count("سبب سابق") == 2  # there, and in the form
    assert "أُجيب عنها بغير ذلك" in page


def test_a_theme_is_answered_and_shown_by_its_first_comments(
    web: Flask, cast: Cast, place: Open, clock: Clock, desk: Desk
) -> None:
    made.send(place, clock, *[f"ملاحظة {number}" for number in range(18)])
    for _time in range(11):
        made.send(place, clock, *[f"أخرى {number}" for number in range(18)])
    theme = Theme(consultation_id=place.consultation.id, name_ar="المدد")
    db.session.add(theme)
    db.session.flush()
    for comment in made.comments(place):
        db.session.add(CommentTheme(theme_id=theme.id, comment_id=comment.id, part=0))
    db.session.commit()
    page = desk.get(f"{NEW}?theme={theme.id}")
    assert "218 ملاحظة" in page
    assert page.count('class="who"') == 50
    typed = {"of": f"theme:{theme.id}", "disposition": "clarified", "reason_ar": "بيان"}
    desk.done(NEW, page=f"{NEW}?theme={theme.id}", action="draft", seen="0", **typed)
    page = desk.get(ONE)
    assert "عدد ملاحظات هذا الرد 218" in page
    more = {"many": "1", "drops": "1, 2", "disposition": "clarified", "reason_ar": "بيان"}
    desk.done(ONE, page=ONE, action="ready", seen="0", **more)
    assert "عدد ملاحظات هذا الرد 216" in desk.get(ONE)


def test_a_changed_comment_is_told_and_read_by_one_button(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    sent = made.send(place, clock, "المدة قصيرة")
    record(cast, clock, place, ready=True)
    clock.pass_(minutes=1)
    edits.edit_comment(clock(), sent.code, 1, NewWords("المدة طويلة"), seen_revision=0)
    db.session.commit()
    desk = Desk(web, cast.drafter)
    page = desk.get(ONE)
    assert "تغيّر بعد الرد" in page
    read = page.split('name="read" value="')[1].split('"')[0]
    seen = page.split('name="seen" value="')[1].split('"')[0]
    desk.done(f"{ONE}/read", page=ONE, read=read, seen=seen, action="stands")
    page = desk.get(ONE)
    assert "تغيّر بعد الرد" not in page
    assert "جاهز للمراجعة" in page


def test_an_approver_approves_a_selection(
    web: Flask, cast: Cast, place: Open, clock: Clock, desk: Desk
) -> None:
    record(cast, clock, place, ready=True)
    second = Draft((RowRef(2),), Disposition.CLARIFIED, reason_ar="بيان", ready=True)
    responses.record(cast.approver, clock(), place.consultation.id, second)
    db.session.commit()
    approver, path = Desk(web, cast.approver), f"{HERE}/reviews"
    page = approver.get(path)
    assert 'value="1/0"' in page
    assert 'value="2/0"' not in page  # one's own
    approver.refused(path, page=path)
    approver.refused(path, page=path, status=409, chosen="2/0")
    approver.done(path, page=path, chosen=["1/0", "2/0"])
    assert "الرد 2" in approver.get(path)
    assert 'value="1/' not in approver.get(path)


def test_a_change_is_linked_from_its_page_and_the_lists_say_what_is_left(
    web: Flask, cast: Cast, place: Open, clock: Clock, desk: Desk
) -> None:
    version = publish(cast, clock, place, SECOND)
    record(cast, clock, place, disposition=Disposition.ACCEPTED)
    clock.moment += timedelta(hours=1)
    lists = f"{HERE}/changes"
    assert "قُبلت ولم يُحدَّد لها موضع تعديل" in desk.get(lists)
    at = f"{lists}/{version.id}/art_2__para_a"
    assert 'value="link:1"' in desk.get(at)
    desk.refused(at, page=at, action="link:99")
    desk.refused(at, page=at, status=409, action="link:1", **{"seen-1": "7"})
    desk.done(at, page=at, action="link:1", **{"seen-1": "0"})
    assert 'value="unlink:1"' in desk.get(at)
    assert "قُبلت ولم يُحدَّد لها موضع تعديل" not in desk.get(lists)
    desk.refused(at, page=at, action="reason", reason=" ")
    desk.done(at, page=at, action="reason", reason="سبب مني")
    compared = desk.get(f"{HERE}/documents/1/versions/2/compare")
    assert "سبب مني" in compared
    assert f"/changes/{version.id}/art_3" in compared
    desk.done(at, page=at, action="no-reason")
    desk.done(at, page=at, action="unlink:1", **{"seen-1": "1"})
    assert "قُبلت ولم يُحدَّد لها موضع تعديل" in desk.get(lists)
    desk.get(f"{lists}/{version.id}/art_1", status=404)
