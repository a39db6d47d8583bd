"""The desk's pages of groups, of hints beside a comment, and of the list of insults."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from portal.domain.comments import Publication
from portal.domain.hints import HintKind
from portal.models import Comment, CommentGroup, CommentHint, GroupDecision, db
from portal.queries.hints import hints_of, marked, with_hint
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.desk import Desk

TEXT = "نطالب بأن تبقى الحديقة مفتوحة حتى منتصف الليل في أشهر الصيف لأن الناس تعمل نهاراً"


@pytest.fixture
def place(web: Flask, cast: Cast) -> Open:
    return made.open_one(cast, web.extensions["clock"])


@pytest.fixture
def desk(web: Flask, cast: Cast, place: Open) -> Desk:
    return Desk(web, cast.moderator, "en")


def groups_url() -> str:
    group = db.session.scalars(db.select(CommentGroup).where(CommentGroup.size > 1)).one()
    return f"/consultations/gardens/groups/{group.id}"


def test_the_group_shows_its_text_its_variants_and_three_counts(
    web: Flask, place: Open, desk: Desk
) -> None:
    clock = web.extensions["clock"]
    made.send(place, clock, TEXT, email="a@example.org")
    made.send(place, clock, TEXT.replace("الليل", "النهار"), TEXT, email="a@example.org")
    assert "3 comments" in desk.get("/consultations/gardens/groups")
    page = desk.get(groups_url())
    for words in ("comments received", "distinct texts", "distinct sender", "The common text."):
        assert words in page
    assert "الليل</del>" in page
    assert "The same words." in page
    assert groups_url() in desk.get("/consultations/gardens/moderation/2")


def test_a_group_is_decided_as_it_was_shown_and_can_be_undone(
    web: Flask, place: Open, desk: Desk
) -> None:
    clock = web.extensions["clock"]
    made.send(place, clock, TEXT, TEXT, email="a@example.org")
    made.send(place, clock, TEXT)
    english = made.send(place, clock, TEXT, email="b@example.org")
    english.language = "en"
    db.session.commit()
    typed = {"outcome": "withhold", "ground": "off_topic", "note": "لا صلة لها"}
    shown = desk.refused(f"{groups_url()}/decide", status=200, **typed)
    assert "2 authors are told like this" in shown
    assert "1 author is told like this, here for comment 4" in shown
    assert "Your comment" in shown
    assert "ملاحظتك" in shown
    assert "1 author left no address" in shown
    # What is changed after it was shown is shown again.
    other = {**typed, "shown": "withhold/off_topic/لا صلة لها", "note": "كلام آخر"}
    assert "كلام آخر" in desk.refused(f"{groups_url()}/decide", status=200, **other)
    assert db.session.query(GroupDecision).count() == 0
    desk.done(f"{groups_url()}/decide", **typed, shown="withhold/off_topic/لا صلة لها")
    decision = db.session.scalars(db.select(GroupDecision)).one()
    way = f"{groups_url()}/decisions/{decision.id}"
    assert "It takes effect at" in desk.get(groups_url())
    desk.done(way, wish="undo")
    assert "undone" in desk.get(groups_url())
    desk.done(f"{groups_url()}/decide", **typed, shown="withhold/off_topic/لا صلة لها")
    clock.pass_(seconds=21)
    way = f"{groups_url()}/decisions/{decision.id + 1}"
    assert "4 of 4" in desk.get(groups_url())  # looking carries it on, whatever the worker does
    desk.refused(way, wish="undo", status=409)
    assert {each.publication for each in made.comments(place)} == {Publication.WITHHELD}


def test_without_time_to_undo_a_small_group_is_decided_at_once(
    web: Flask, place: Open, desk: Desk
) -> None:
    web.extensions["settings"] = replace(web.extensions["settings"], undo_seconds=0)
    made.send(place, web.extensions["clock"], TEXT, TEXT)
    desk.refused(f"{groups_url()}/decide", outcome="withhold", status=422)
    desk.refused(f"{groups_url()}/decide", status=422)
    desk.done(f"{groups_url()}/decide", outcome="publish", shown="publish//")
    db.session.expire_all()
    assert {each.publication for each in made.comments(place)} == {Publication.PUBLISHED}
    assert "None of them waits" in desk.get(groups_url())
    desk.refused(f"{groups_url()}/decide", outcome="publish", shown="publish//", status=409)


def test_a_long_one_is_stopped_and_taken_up_from_the_page(
    web: Flask, place: Open, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.services.group_decisions.carry_on", lambda now, made: True)
    web.extensions["settings"] = replace(web.extensions["settings"], undo_seconds=0)
    made.send(place, web.extensions["clock"], TEXT, TEXT)
    desk.done(f"{groups_url()}/decide", outcome="publish", shown="publish//")
    db.session.expire_all()
    decision = db.session.scalars(db.select(GroupDecision)).one()
    way = f"{groups_url()}/decisions/{decision.id}"
    desk.done(way, wish="stop")
    assert "Go on" in desk.get(groups_url())
    desk.refused(way, wish="stop", status=409)
    desk.done(way, wish="resume")
    desk.refused(way, wish="burn", status=404)
    assert "Stop" in desk.get(groups_url())


def test_a_comment_is_moved_out_and_put_in(web: Flask, place: Open, desk: Desk) -> None:
    made.send(place, web.extensions["clock"], TEXT, TEXT, TEXT)
    way = groups_url()
    desk.done(f"{way}/members/3")
    assert "Comment 3" not in desk.get(way).replace("Comment 3 is out", "")
    for typed, status in (("3", 302), ("3", 409), ("99", 422), ("x", 422), ("9" * 30, 422)):
        answer = desk.post(f"{way}/members", number=typed)
        assert answer.status_code == status
    desk.done(f"{way}/members/3")
    desk.done(f"{way}/members/2")
    assert "No two comments" in desk.get("/consultations/gardens/groups")
    desk.get(way, status=404)


def test_hints_stand_beside_the_comment_and_change_nothing(
    web: Flask, place: Open, desk: Desk
) -> None:
    text = "راسلوني على a@example.jo يا حمـــار"
    made.send(place, web.extensions["clock"], text)
    comment = made.comments(place)[0]
    assert comment.text == text
    seen = hints_of((comment.id,))[comment.id]
    assert [each.shown for each in seen] == ["a@example.jo", "حمـــار"]
    pieces = marked(text, seen, "text")
    assert "".join(piece.text for piece in pieces) == text
    page = desk.get("/consultations/gardens/moderation/1")
    assert "What a machine saw" in page
    assert "a@example.jo</mark>" in page
    narrowed = db.select(Comment.id).where(with_hint(HintKind.EMAIL))
    assert list(db.session.scalars(narrowed)) == [comment.id]
    assert not list(db.session.scalars(db.select(Comment.id).where(with_hint(HintKind.IBAN))))


def test_many_from_one_address_are_marked_from_the_fifth_on(web: Flask, place: Open) -> None:
    for number in range(6):
        made.send(place, web.extensions["clock"], f"ملاحظة {number}", email="a@example.org")
        made.send(place, web.extensions["clock"], f"رأي {number}")
    kept = db.session.scalars(db.select(CommentHint).order_by(CommentHint.id)).all()
    assert [(each.kind, each.detail) for each in kept] == [
        (HintKind.SAME_SENDER, "5"),
        (HintKind.SAME_SENDER, "6"),
    ]


def test_the_list_of_insults_is_kept_at_the_desk(web: Flask, place: Open, desk: Desk) -> None:
    desk.done("/insults", word=" ثقيل  الدم ")
    desk.refused("/insults", word="ثقيل الدَّم", status=409)
    desk.refused("/insults", word=" ", status=422)
    desk.done("/insults", remove="حمار")
    desk.refused("/insults", remove="حمار", status=409)
    page = desk.get("/insults")
    assert "ثقيل الدم" in page
    assert "moderator (example)" in page
    made.send(place, web.extensions["clock"], "حمار", "أنت ثقيل الدم")
    kept = db.session.scalars(db.select(CommentHint)).all()
    assert [each.detail for each in kept] == ["ثقيل الدم"]
