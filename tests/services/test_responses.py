"""Answering many at once, without contradiction, and with the words that were really said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.domain.errors import DomainError, Refusals, Stale
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.row_refs import RowRef
from portal.domain.selections import Of, Whole
from portal.domain.similar import Likeness
from portal.models import CommentGroup, CommentGroupMember, CommentTheme, Response, Theme, db
from portal.queries.answers import changed_since, read_response
from portal.queries.checking import check
from portal.queries.rows import refs_of
from portal.queries.selecting import look_at
from portal.queries.similar import contradictions, groups_of, similar_answers
from portal.services import edits, rereading, responses, reviews, submissions
from portal.services.edits import NewWords
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

D = Disposition


def refs(*numbers: int) -> tuple[RowRef, ...]:
    return tuple(map(RowRef, numbers))


def write(cast: Cast, clock: Clock, place: Open, draft: Draft) -> Response:
    return responses.record(cast.drafter, clock(), place.consultation.id, draft)


def clarified(*numbers: int, ready: bool = True) -> Draft:
    return Draft(refs(*numbers), D.CLARIFIED, reason_ar="بيان", ready=ready)


def read_again(cast: Cast, clock: Clock, written: Response, ref: RowRef, digest: str) -> None:
    seen = written.revision
    rereading.read_again(
        cast.drafter, clock(), written, read={ref: digest}, stands=True, seen_revision=seen
    )


def a_theme(place: Open) -> Theme:
    theme = Theme(consultation_id=place.consultation.id, name_ar="المدد")
    db.session.add(theme)
    db.session.flush()
    for comment in made.comments(place):
        db.session.add(CommentTheme(theme_id=theme.id, comment_id=comment.id, part=0))
    db.session.flush()
    return theme


def a_group(place: Open, clock: Clock) -> CommentGroup:
    comments = made.comments(place)
    group = CommentGroup(
        consultation_id=place.consultation.id,
        founder_id=comments[0].id,
        size=len(comments),
        created_at=clock(),
    )
    db.session.add(group)
    db.session.flush()
    for comment in comments:
        held = db.session.get(CommentGroupMember, comment.id)
        row = held or CommentGroupMember(comment_id=comment.id, joined_at=clock())
        row.group_id, row.left_at = group.id, None
        db.session.add(row)
    db.session.flush()
    return group


def test_a_theme_is_answered_whole_but_for_what_is_answered_or_withdrawn(
    cast: Cast, place: Open, clock: Clock
) -> None:
    sent = made.send(place, clock, "أولى", "ثانية", "ثالثة", "رابعة")
    write(cast, clock, place, clarified(2))
    submissions.withdraw_comment(clock(), sent.code, 3)
    of = Of(Whole.THEME, a_theme(place).id)
    seen = look_at(place.consultation.id, of, shown=50)
    assert (seen.total, seen.left, seen.answered, seen.withdrawn) == (4, 2, 1, 1)
    assert seen.first == refs(1, 4)
    draft = Draft((), D.NOT_ACCEPTED, reason_ar="لا", ready=True, of=of)
    assert refs_of(write(cast, clock, place, draft).id) == refs(1, 4)
    with pytest.raises(DomainError, match="no_comment_chosen"):
        write(cast, clock, place, draft)
    gone = Draft((), D.WITHDRAWN, ready=True, of=Of(Whole.WITHDRAWN))
    assert refs_of(write(cast, clock, place, gone).id) == refs(3)
    with pytest.raises(DomainError, match="selection_unknown"):
        write(cast, clock, place, Draft((), D.NOTED, of=Of(Whole.THEME, 999)))


def test_of_a_group_the_rules_name_the_first_row_that_they_refuse(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    for _time in range(3):
        made.send(place, clock, "ثانية", words={"proposed": "نص مقترح"})
    of = Of(Whole.GROUP, a_group(place, clock).id)
    with pytest.raises(Refusals) as refused:
        write(cast, clock, place, Draft((), D.NOTED, reason_ar="بيان", ready=True, of=of))
    assert [(e.code, e.params["number"]) for e in refused.value.errors] == [
        ("noted_but_proposes", "2")
    ]
    assert db.session.scalars(db.select(Response)).all() == []  # all of it, or nothing


def test_rows_come_to_a_response_and_leave_it_by_name(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى", "ثانية", "ثالثة")
    written = write(cast, clock, place, clarified(1, 2))
    more = Draft(refs(3), D.CLARIFIED, reason_ar="بيان", keeps=True, drops=refs(1))
    responses.record(
        cast.drafter,
        clock(),
        place.consultation.id,
        more,
        response=written,
        seen_revision=written.revision,
    )
    assert refs_of(written.id) == refs(2, 3)


def test_a_circle_of_duplicates_is_refused_while_it_is_written(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى", "ثانية", "ثالثة")
    write(cast, clock, place, Draft(refs(1), D.DUPLICATE, duplicate_of=RowRef(2)))
    write(cast, clock, place, Draft(refs(2), D.DUPLICATE, duplicate_of=RowRef(3)))
    for back in (1, 2, 3):
        with pytest.raises(DomainError, match="duplicate_circle"):
            write(cast, clock, place, Draft(refs(3), D.DUPLICATE, duplicate_of=RowRef(back)))
    write(cast, clock, place, clarified(3))


def test_a_comment_that_changed_since_is_found_and_read_again(
    cast: Cast, place: Open, clock: Clock
) -> None:
    sent = made.send(place, clock, "المدة قصيرة")
    written = write(cast, clock, place, clarified(1))
    reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    clock.pass_(minutes=1)
    edits.edit_comment(clock(), sent.code, 1, NewWords("المدة طويلة"), seen_revision=0)
    db.session.expire_all()
    codes = {gap.code for gap in check(place.consultation.id).gaps}
    assert {"comment_changed", "not_approved"} <= codes
    ready = Draft(refs(1), D.CLARIFIED, reason_ar="بيان", ready=True)
    with pytest.raises(Refusals, match="comment_changed"):
        responses.record(
            cast.drafter,
            clock(),
            place.consultation.id,
            ready,
            response=written,
            seen_revision=written.revision,
        )
    (row,) = changed_since(written).changed
    assert [op.text for op in row.text if op.op.value != "equal"] == ["قصيرة", "طويلة"]
    with pytest.raises(DomainError, match="comment_changed_since"):
        read_again(cast, clock, written, row.ref, row.digest[::-1])
    read_again(cast, clock, written, row.ref, row.digest)
    assert written.status is ResponseStatus.READY
    reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    assert check(place.consultation.id).gaps == ()


def test_an_answer_to_what_its_author_took_back_comes_back(
    cast: Cast, place: Open, clock: Clock
) -> None:
    sent = made.send(place, clock, "أولى", "ثانية")
    written = write(cast, clock, place, clarified(1, 2))
    reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    submissions.withdraw_comment(clock(), sent.code, 2)
    db.session.expire_all()
    assert (written.status, written.approved_by) == (ResponseStatus.RETURNED, None)
    assert "2" in written.remark
    assert changed_since(written).withdrawn == refs(2)
    assert "author_withdrew" in {gap.code for gap in check(place.consultation.id).gaps}


def test_what_changed_while_the_page_was_open_was_not_read(
    cast: Cast, place: Open, clock: Clock
) -> None:
    sent = made.send(place, clock, "المدة قصيرة")
    opened = clock()
    clock.pass_(minutes=1)
    edits.edit_comment(clock(), sent.code, 1, NewWords("المدة طويلة"), seen_revision=0)
    draft = Draft(refs(1), D.CLARIFIED, reason_ar="بيان", opened=opened)
    with pytest.raises(DomainError, match="comment_changed_since"):
        write(cast, clock, place, draft)
    write(cast, clock, place, Draft(refs(1), D.CLARIFIED, reason_ar="بيان", opened=clock()))


def test_a_provision_that_covers_a_comment_is_there(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى")
    for named, stands in (("art_99", False), ("art_3@7", False), ("art_3", True)):
        draft = Draft(refs(1), D.ALREADY_COVERED, reason_ar="بيان", covered_by=named, ready=True)
        if stands:
            write(cast, clock, place, draft)
        else:
            with pytest.raises(Refusals, match="covered_by_unknown"):
                write(cast, clock, place, draft)


def test_many_are_approved_in_one_act_each_by_itself(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى", "ثانية", "ثالثة", "رابعة", "خامسة")
    theirs = [write(cast, clock, place, clarified(number)) for number in (1, 2)]
    own = responses.record(cast.approver, clock(), place.consultation.id, clarified(3))
    draft = write(cast, clock, place, clarified(4, ready=False))
    stale = write(cast, clock, place, clarified(5))
    chosen = [(each.id, each.revision) for each in (*theirs, own, draft)] + [(stale.id, -1)]
    done = reviews.approve_many(cast.approver, clock(), place.consultation.id, chosen)
    assert done.approved == tuple(each.id for each in theirs)
    assert [(number, error.code) for number, error in done.refused] == [
        (own.id, "own_response"),
        (draft.id, "not_ready"),
        (stale.id, "response_changed_meanwhile"),
    ]
    with pytest.raises(DomainError, match="no_response_chosen"):
        reviews.approve_many(cast.approver, clock(), place.consultation.id, [])


def test_earlier_answers_to_comments_like_it_are_shown_and_contradictions_told(
    cast: Cast, place: Open, clock: Clock
) -> None:
    words = {"proposed": "تفتح الحديقة من الثامنة"}
    made.send(place, clock, "نص واحد", words=words)
    made.send(place, clock, "نص واحد", words=words)
    made.send(place, clock, "غير ذلك", words={"proposed": "تفتح الحديقة من  الثامنة"})
    made.send(place, clock, "لا صلة له", eid="art_3")
    group = a_group(place, clock)
    for other in made.comments(place)[2:]:
        held = db.session.get_one(CommentGroupMember, other.id)
        held.left_at = clock()
    earlier = write(cast, clock, place, clarified(1))
    ids = [comment.id for comment in made.comments(place)]
    found = [similar_answers(place.consultation.id, [each], None) for each in ids[1:]]
    assert [[(one.id, one.likeness) for one in each] for each in found] == [
        [(earlier.id, Likeness.SAME_TEXT)],
        [(earlier.id, Likeness.SAME_PROPOSAL)],
        [],
    ]
    assert groups_of(ids[1:2]) == (group.id,)
    (against,) = contradictions([group.id], D.NOT_ACCEPTED, None)
    assert (against.id, against.disposition) == (earlier.id, D.CLARIFIED)
    assert contradictions([group.id], D.CLARIFIED, None) == ()
    assert contradictions([group.id], D.DUPLICATE, None) == ()


def test_a_stale_write_is_refused_and_changes_nothing(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    written = write(cast, clock, place, clarified(1))
    before = read_response(written)
    clock.moment += timedelta(minutes=1)
    late = Draft(refs(1), D.NOTED, reason_ar="متأخر")
    with pytest.raises(Stale):
        responses.record(
            cast.approver,
            clock(),
            place.consultation.id,
            late,
            response=written,
            seen_revision=written.revision - 1,
        )
    assert read_response(written) == before
