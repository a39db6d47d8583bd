"""Groups of near copies: found on arrival, changed by moderators, decided at once."""

from __future__ import annotations

import pytest

from portal.domain.errors import DomainError
from portal.domain.moderation import Outcome
from portal.domain.record import Entry, commitment
from portal.formats.canonical import canonical
from portal.models import (
    Comment,
    CommentGroup,
    CommentGroupMember,
    RecordEntry,
    db,
)
from portal.queries.groups import (
    count_group,
    find_group,
    group_of,
    groups_page,
    members_page,
)
from portal.services import group_decisions, groups
from portal.services.edits import NewWords, edit_comment
from tests.factories import consultations as made
from tests.factories.campaigns import Writer, recall_and_precision
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

TEXT = (
    "نطالب بأن تبقى الحديقة مفتوحة حتى منتصف الليل في أشهر الصيف لأن الناس تعمل نهاراً ولا تجد وقتاً"
)


def groups_found() -> list[list[int]]:
    """The groups as numbers of comments."""
    query = (
        db.select(CommentGroupMember.group_id, Comment.number)
        .join(Comment, Comment.id == CommentGroupMember.comment_id)
        .where(CommentGroupMember.left_at.is_(None))
        .order_by(Comment.number)
    )
    found: dict[int, list[int]] = {}
    for group_id, number in db.session.execute(query):
        found.setdefault(group_id, []).append(number)
    return sorted(each for each in found.values() if len(each) > 1)


def the_group() -> CommentGroup:
    return db.session.scalars(db.select(CommentGroup).where(CommentGroup.size > 1)).one()


def comment(number: int) -> Comment:
    return db.session.scalars(db.select(Comment).where(Comment.number == number)).one()


def test_copies_and_near_copies_are_one_group(place: Open, clock: Clock) -> None:
    made.send(place, clock, TEXT, "لا علاقة لي بما يقوله الآخرون عن مواعيد الدوام في هذه المدينة")
    made.send(place, clock, TEXT.replace("أشهر الصيف", "فصل الصيف"), email="a@example.org")
    made.send(place, clock, TEXT.replace("الأ", "الا"), f"{TEXT}!", email="a@example.org")
    assert groups_found() == [[1, 3, 4, 5]]
    group = the_group()
    assert (group.founder_id, group.size) == (comment(1).id, 4)
    counts = count_group(group.id)
    assert (counts.received, counts.distinct_texts, counts.distinct_senders) == (4, 3, 2)


def test_short_texts_are_alike_only_when_they_say_the_same(place: Open, clock: Clock) -> None:
    made.send(
        place, clock, "أوافق على المادة", "أوافق على المادة!", "أوافق على الفقرة", "...", "..."
    )
    assert groups_found() == [[1, 2], [4, 5]]


def test_variants_that_share_little_with_each_other_are_found(place: Open, clock: Clock) -> None:
    mixed = Writer(5).mixture(150, 2, share=0.7)
    for number in range(0, 150, 50):
        made.send(place, clock, *[text for _campaign, text in mixed[number : number + 50]])
    found = [[number - 1 for number in group] for group in groups_found()]
    recall, precision = recall_and_precision([campaign for campaign, _text in mixed], found)
    assert recall >= 0.98
    assert precision >= 0.98


def test_a_group_of_one_is_no_group(place: Open, clock: Clock, cast: Cast) -> None:
    made.send(place, clock, TEXT, TEXT)
    group = the_group()
    groups.move_out(cast.moderator, clock(), group, comment(2))
    assert groups_page(place.consultation.id).groups == ()
    assert find_group(place.consultation.id, group.id) is None
    assert group_of(comment(1).id) is None
    with pytest.raises(DomainError, match="group_of_one"):
        group_decisions.order(cast.moderator, clock(), group, Outcome.PUBLISH)


def test_who_is_moved_out_stays_out(place: Open, clock: Clock, cast: Cast) -> None:
    made.send(place, clock, TEXT, TEXT)
    groups.move_out(cast.moderator, clock(), the_group(), comment(1))
    member = db.session.get_one(CommentGroupMember, comment(1).id)
    assert (member.moved_by, member.left_at) == (cast.moderator.user_id, clock())
    made.send(place, clock, TEXT)
    assert groups_found() == [[2, 3]]
    with pytest.raises(DomainError, match="not_in_group"):
        groups.move_out(cast.moderator, clock(), the_group(), comment(1))
    groups.put_in(cast.moderator, clock(), the_group(), comment(1))
    assert groups_found() == [[1, 2, 3]]
    with pytest.raises(DomainError, match="in_group_already"):
        groups.put_in(cast.moderator, clock(), the_group(), comment(1))


def test_a_comment_of_another_consultation_is_not_put_in(
    place: Open, clock: Clock, cast: Cast
) -> None:
    made.send(place, clock, TEXT, TEXT)
    other = made.open_one(cast, clock, slug="elsewhere")
    sent = made.send(other, clock, TEXT)
    assert groups_found() == [[1, 2]], "groups do not reach across consultations"
    theirs = db.session.scalars(db.select(Comment).filter_by(submission_id=sent.id)).one()
    with pytest.raises(DomainError, match="not_found"):
        groups.put_in(cast.moderator, clock(), the_group(), theirs)


def test_an_edit_is_looked_up_anew(place: Open, clock: Clock) -> None:
    sent = made.send(place, clock, TEXT)
    made.send(place, clock, TEXT, "كلام آخر تماماً عن شيء لا يشبه ما سبقه في أي كلمة من كلماته هنا")
    words = NewWords(comment(3).text)
    edit_comment(clock(), sent.code, 1, words, seen_revision=comment(1).revision)
    assert groups_found() == [[1, 3]]


def test_how_each_differs_from_the_common_text(place: Open, clock: Clock) -> None:
    changed = TEXT.replace("الليل", "النهار")
    made.send(place, clock, TEXT, changed, TEXT)
    page = members_page(the_group())
    assert [each.is_copy for each in page.variants] == [True, False, True]
    ops = [(op.op.value, op.text) for op in page.variants[1].ops if op.op.value != "equal"]
    assert ops == [("delete", "الليل"), ("insert", "النهار")]
    assert page.next is None


def test_moves_between_groups_are_on_record(place: Open, clock: Clock, cast: Cast) -> None:
    made.send(place, clock, TEXT, TEXT, TEXT)
    groups.move_out(cast.moderator, clock(), the_group(), comment(2))
    groups.put_in(cast.other_moderator, clock(), the_group(), comment(2))
    query = db.select(RecordEntry).filter_by(kind=Entry.GROUP_CHANGED).order_by(RecordEntry.id)
    out, back = db.session.scalars(query)
    content = {"consultation": "gardens", "comment": 2, "group_of": 1}
    for leaf, moved, actor in ((out, "out", cast.moderator), (back, "in", cast.other_moderator)):
        expected = commitment(bytes.fromhex(leaf.salt), canonical({**content, "moved": moved}))
        assert (leaf.commitment, leaf.actor_id) == (expected, actor.user_id)
