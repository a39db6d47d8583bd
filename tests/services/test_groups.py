"""Groups of near copies: found on arrival, changed by moderators, decided at once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from portal.domain.comment_groups import Order, Progress
from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.moderation import Decision, Outcome
from portal.domain.record import Entry, commitment
from portal.formats.canonical import canonical
from portal.models import (
    Comment,
    CommentGroup,
    CommentGroupMember,
    GroupDecision,
    ModerationDecision,
    OutboxMail,
    RecordEntry,
    Waiting,
    db,
)
from portal.queries.groups import (
    count_group,
    count_waiting_in,
    decisions_of,
    find_group,
    group_of,
    groups_page,
    members_page,
)
from portal.services import claims, group_decisions, groups
from portal.services.edits import NewWords, edit_comment
from portal.services.moderation import decide
from portal.services.submissions import withdraw_comment
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


def test_one_decision_for_all_keeps_every_rule(place: Open, clock: Clock, cast: Cast) -> None:
    made.send(place, clock, TEXT, TEXT, email="a@example.org")
    made.send(place, clock, TEXT, confidential=True, email="b@example.org")
    gone = made.send(place, clock, TEXT)
    made.send(place, clock, TEXT)
    decision = group_decisions.order(
        cast.moderator, clock(), the_group(), Outcome.WITHHOLD, Ground.OFF_TOPIC, " سبب "
    )
    assert decision.total == 4
    withdraw_comment(clock(), gone.code, 4)
    decide(cast.other_moderator, clock(), comment(5), Decision(Outcome.PUBLISH, 0))
    made.send(place, clock, TEXT)  # arrives after the order, and waits for its own
    decision.created_at -= timedelta(seconds=1)
    db.session.commit()
    member = db.session.get_one(CommentGroupMember, comment(6).id)
    assert member.joined_at > decision.created_at
    for sent in (1, 2):
        db.session.get_one(CommentGroupMember, comment(sent).id).joined_at -= timedelta(hours=1)
        db.session.get_one(Waiting, comment(sent).id).since -= timedelta(hours=1)
    db.session.flush()
    before = db.session.query(RecordEntry).filter_by(kind=Entry.MODERATED).count()
    mails = db.session.query(OutboxMail).count()
    assert not group_decisions.carry_on(clock(), decision.id)
    db.session.commit()
    states = [each.publication for each in made.comments(place)]
    assert states == [
        Publication.WITHHELD,
        Publication.WITHHELD,
        Publication.CONFIDENTIAL,
        Publication.WITHDRAWN,
        Publication.PUBLISHED,
        Publication.PENDING,
    ]
    rows = db.session.scalars(db.select(ModerationDecision).order_by(ModerationDecision.id)).all()
    assert [(row.outcome, row.ground, row.note, row.revision) for row in rows[-2:]] == [
        (Outcome.WITHHOLD, Ground.OFF_TOPIC, "سبب", 0)
    ] * 2
    assert db.session.query(RecordEntry).filter_by(kind=Entry.MODERATED).count() == before + 2
    assert db.session.query(OutboxMail).count() == mails + 2
    assert [each.revision for each in made.comments(place)][:2] == [1, 1]
    (view,) = decisions_of(the_group().id)
    assert (view.status, view.done, view.skipped, view.total) == (Progress.DONE, 2, 2, 4)
    assert count_waiting_in(the_group().id) == 1


def test_spam_reaches_what_was_sent_in_confidence(place: Open, clock: Clock, cast: Cast) -> None:
    made.send(place, clock, TEXT)
    made.send(place, clock, TEXT, confidential=True)
    decision = group_decisions.order(
        cast.moderator, clock(), the_group(), Outcome.SPAM, Ground.ADVERTISING
    )
    group_decisions.carry_on(clock(), decision.id)
    assert {each.publication for each in made.comments(place)} == {Publication.SPAM}


def test_it_can_be_stopped_and_taken_up_where_it_was(place: Open, clock: Clock, cast: Cast) -> None:
    made.send(place, clock, *[TEXT] * 7)
    decision = group_decisions.order(cast.moderator, clock(), the_group(), Outcome.PUBLISH)
    assert group_decisions.carry_on(clock(), decision.id, batch=3)
    group_decisions.direct(clock(), decision, Order.STOP)
    assert group_decisions.at_work(clock()) == []
    assert not group_decisions.carry_on(clock(), decision.id, batch=3)
    assert (decision.done, decision.status) == (3, Progress.STOPPED)
    with pytest.raises(DomainError, match="group_decision_state"):
        group_decisions.direct(clock(), decision, Order.STOP)
    with pytest.raises(DomainError, match="group_decision_open"):
        group_decisions.order(cast.moderator, clock(), the_group(), Outcome.PUBLISH)
    group_decisions.direct(clock(), decision, Order.RESUME)
    while group_decisions.carry_on(clock(), decision.id, batch=3):
        pass
    assert (decision.done, decision.skipped, decision.status) == (7, 0, Progress.DONE)
    with pytest.raises(DomainError, match="group_decision_state"):
        group_decisions.direct(clock(), decision, Order.RESUME)
    with pytest.raises(DomainError, match="group_nothing_waits"):
        group_decisions.order(cast.moderator, clock(), the_group(), Outcome.PUBLISH)


def test_a_killed_worker_loses_nothing_and_does_nothing_twice(
    place: Open, clock: Clock, cast: Cast
) -> None:
    made.send(place, clock, *[TEXT] * 5)
    decision_id = group_decisions.order(cast.moderator, clock(), the_group(), Outcome.PUBLISH).id
    db.session.commit()
    group_decisions.carry_on(clock(), decision_id, batch=2)
    db.session.commit()
    group_decisions.carry_on(clock(), decision_id, batch=2)
    db.session.rollback()  # killed in the middle of its second batch
    assert group_decisions.at_work(clock()) == [decision_id]
    while group_decisions.carry_on(clock(), decision_id, batch=2):
        db.session.commit()
    db.session.commit()
    assert db.session.query(ModerationDecision).count() == 5
    assert db.session.get_one(GroupDecision, decision_id).done == 5


def test_it_can_be_undone_until_it_begins(place: Open, clock: Clock, cast: Cast) -> None:
    made.send(place, clock, TEXT, TEXT)
    seconds = timedelta(seconds=20)
    decide_all = partial(group_decisions.order, cast.moderator)
    first = decide_all(clock(), the_group(), Outcome.PUBLISH, undo_for=seconds)
    assert group_decisions.at_work(clock()) == []
    assert not group_decisions.carry_on(clock(), first.id)
    group_decisions.direct(clock.pass_(seconds=19), first, Order.UNDO)
    assert first.status is Progress.UNDONE
    assert group_decisions.at_work(clock.pass_(seconds=5)) == []
    second = decide_all(clock(), the_group(), Outcome.PUBLISH, undo_for=seconds)
    with pytest.raises(DomainError, match="undo_late"):
        group_decisions.direct(clock.pass_(seconds=20), second, Order.UNDO)
    assert group_decisions.at_work(clock()) == [second.id]
    group_decisions.carry_on(clock(), second.id)
    assert made.statuses(place) == [Publication.PUBLISHED] * 2


def test_what_a_colleague_looks_at_is_left_and_counted(
    place: Open, clock: Clock, cast: Cast
) -> None:
    made.send(place, clock, *[TEXT] * 4)
    for number, actor in ((2, cast.other_moderator), (3, cast.moderator)):
        claims.take(actor, clock(), comment(number), minutes=15)
    db.session.flush()
    decision = group_decisions.order(cast.moderator, clock(), the_group(), Outcome.PUBLISH)
    while group_decisions.carry_on(clock(), decision.id, batch=1):
        pass
    assert (decision.done, decision.claimed, decision.skipped) == (3, 1, 0)
    assert [each.number for each in made.comments(place) if each.revision == 0] == [2]
    assert count_waiting_in(the_group().id) == 1
    clock.pass_(minutes=16)  # the claim has lapsed
    again = group_decisions.order(cast.moderator, clock(), the_group(), Outcome.PUBLISH)
    group_decisions.carry_on(clock(), again.id)
    assert (again.done, again.claimed) == (1, 0)


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


@pytest.mark.parametrize(
    ("outcome", "ground", "note", "code"),
    [
        (Outcome.REDACT, Ground.INSULT, "", "outcome_single"),
        (Outcome.WITHHOLD, None, "", "ground_missing"),
        (Outcome.PUBLISH, Ground.INSULT, "", "ground_needless"),
        (Outcome.RETURN, Ground.INSULT, " ", "note_missing"),
    ],
)
def test_a_decision_that_lacks_something_is_refused(
    place: Open,
    clock: Clock,
    cast: Cast,
    outcome: Outcome,
    ground: Ground | None,
    note: str,
    code: str,
) -> None:
    made.send(place, clock, TEXT, TEXT)
    with pytest.raises(DomainError, match=code):
        group_decisions.order(cast.moderator, clock(), the_group(), outcome, ground, note)
