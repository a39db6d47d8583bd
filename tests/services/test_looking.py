"""Comments are looked over soon after they came: once each, in order, whatever else happens."""

from __future__ import annotations

import pytest

from portal.domain.floods import Mark
from portal.domain.hints import HintKind
from portal.domain.submissions import Point, Sender
from portal.jobs.looking import carry_out
from portal.jobs.rehinting import rehint
from portal.models import Comment, CommentGroup, CommentHint, Consultation, Submission, db, hinting
from portal.models import looking as models
from portal.services import submissions
from portal.services.edits import NewWords, edit_comment
from tests.factories import consultations as made
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

TEXT = "نطالب بأن تبقى الحديقة مفتوحة حتى منتصف الليل في أشهر الصيف، راسلونا على a@example.org"


def come(place: Open, clock: Clock, text: str = TEXT, *marks: Mark) -> Submission:
    """A submission that nobody has looked over yet; committed."""
    sent = submissions.submit(
        clock(),
        place.consultation,
        Sender(),
        (Point(place.target("art_3"), text),),
        form_key=f"form-{db.session.query(Submission).count()}",
        language="ar",
        marks=marks,
    )
    db.session.commit()
    return sent


def hints() -> list[tuple[int, HintKind]]:
    query = db.select(Comment.number, CommentHint.kind).join(
        CommentHint, CommentHint.comment_id == Comment.id
    )
    return sorted((number, kind) for number, kind in db.session.execute(query))


def sizes() -> list[int]:
    return sorted(db.session.scalars(db.select(CommentGroup.size)))


def test_what_came_is_looked_over_once(place: Open, clock: Clock) -> None:
    come(place, clock)
    come(place, clock)
    assert (hints(), sizes()) == ([], [])
    assert carry_out(clock, pause=0) == 2
    once = (hints(), sizes())
    assert once == ([(1, HintKind.EMAIL), (2, HintKind.EMAIL)], [2])
    assert carry_out(clock, pause=0) == 0
    assert (hints(), sizes()) == once


def test_more_than_a_portion_is_looked_over_in_the_order_of_coming(
    place: Open, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.jobs.looking.MOST", 2)
    looked: list[int] = []
    look_over = models.look_over

    def watched(consultation_id: int, now: object, most: int = 2) -> int:
        done = look_over(consultation_id, clock(), most)
        looked.append(done)
        return done

    monkeypatch.setattr("portal.jobs.looking.look_over", watched)
    for number in range(5):
        come(place, clock, f"{TEXT} {number}")
        clock.pass_(seconds=1)
    assert carry_out(clock, pause=0) == 5
    assert looked == [2, 2, 1]
    assert sizes() == [5]


def test_how_it_was_sent_is_kept_with_it(place: Open, clock: Clock) -> None:
    come(place, clock, "ملاحظة", Mark(HintKind.HIDDEN_FIELD))
    assert hints() == [(1, HintKind.HIDDEN_FIELD)]
    carry_out(clock, pause=0)
    assert hints() == [(1, HintKind.HIDDEN_FIELD)]


def test_who_changes_it_before_is_looked_over_by_the_new_words(place: Open, clock: Clock) -> None:
    code = come(place, clock).code
    come(place, clock, "كلام آخر تماماً لا يشبه ما قيل قبله في شيء من الأشياء")
    words = NewWords("كلام آخر تماماً لا يشبه ما قيل قبله في شيء من الأشياء")
    edit_comment(clock(), code, 1, words, seen_revision=0)
    db.session.commit()
    assert (hints(), sizes()) == ([], [])
    carry_out(clock, pause=0)
    assert (hints(), sizes()) == ([], [2])


def test_one_that_cannot_be_looked_over_keeps_nobody_waiting(
    place: Open, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_hints = hinting.note_hints

    def fails(came: list[Comment], submission: Submission, consultation: Consultation) -> None:
        if any("عطل" in each.text for each in came):
            raise ValueError("a fault in reading")
        note_hints(came, submission, consultation)

    for text in (TEXT, f"عطل {TEXT}", TEXT):
        come(place, clock, text)
    with monkeypatch.context() as patch:
        patch.setattr(models, "note_hints", fails)
        assert carry_out(clock, pause=0) == 3
        assert carry_out(clock, pause=0) == 0
    assert hints() == [(1, HintKind.EMAIL), (3, HintKind.EMAIL)]
    assert rehint(clock()) == (3, 1)
    assert hints() == [(each, HintKind.EMAIL) for each in (1, 2, 3)]
    assert sizes() == [3]


def test_a_new_look_leaves_what_waits_for_its_first(place: Open, clock: Clock) -> None:
    made.send(place, clock, TEXT)
    come(place, clock)
    assert rehint(clock())[0] == 1
    assert hints() == [(1, HintKind.EMAIL)]
    carry_out(clock, pause=0)
    assert hints() == [(1, HintKind.EMAIL), (2, HintKind.EMAIL)]
