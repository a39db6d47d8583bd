"""What the team says of comments: notes and mentions, whose work they are, opinions on a group."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.domain.errors import DomainError
from portal.models import Assignment, db
from portal.queries.assignments import assignments_of, handed_on, my_work
from portal.queries.groups import find_group, group_of
from portal.queries.matrices import all_rows, editions
from portal.queries.moderation import filters_of
from portal.queries.notes import is_named, notes_on, unseen_mentions
from portal.queries.opinions import count_opinions, opinions
from portal.queries.themes import list_themes
from portal.services import assignments, filters, matrices, notes, themes
from portal.services import opinions as committee
from portal.services.assignments import Given
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.study import answer
from tests.fixtures.apps import Clock

TODAY = date(2026, 11, 4)


def test_who_is_named_in_a_note_finds_it_until_they_open_it(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    (comment,) = made.comments(place)
    body = cast.body.id
    note = notes.write(cast.drafter, clock(), body, comment, " @approver (example) انظر ")
    notes.write(cast.drafter, clock(), body, comment, "لك", [cast.committee.user_id or 0])
    assert [each.named for each in notes_on(comment.id)] == [
        ("approver (example)",),
        ("committee (example)",),
    ]
    (found,) = unseen_mentions(cast.approver.user_id)
    assert (found.number, found.opening) == (1, note.text)
    assert is_named(cast.approver.user_id, comment.id)
    notes.see(cast.approver, clock(), comment.id)
    assert unseen_mentions(cast.approver.user_id) == ()
    assert len(unseen_mentions(cast.committee.user_id)) == 1


def test_only_who_studies_here_can_be_named(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى")
    (comment,) = made.comments(place)
    text = "@moderator (example) @outsider (example) @drafter (example)"
    people = [cast.outsider.user_id or 0, 999]
    notes.write(cast.drafter, clock(), cast.body.id, comment, text, people)
    assert notes_on(comment.id)[0].named == ()
    with pytest.raises(DomainError, match="note_empty"):
        notes.write(cast.drafter, clock(), cast.body.id, comment, "  ")


def test_comments_are_given_to_one_at_a_time(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى", "ثانية", "ثالثة")
    ids = [each.id for each in made.comments(place)]

    def give(given: Given, which: list[int]) -> int:
        own = cast.body.id
        return assignments.assign(cast.approver, clock(), TODAY, own, which, given)

    due = TODAY + timedelta(days=3)
    assert give(Given(user_id=cast.drafter.user_id, due_on=due), ids) == 3
    assert give(Given(body_id=cast.elsewhere.id, due_on=TODAY), ids[2:]) == 1
    (work,) = my_work(cast.drafter.user_id)
    assert (work.many, work.due_on, work.number) == (2, due, None)
    others = handed_on(cast.approver.user_id)  # what is due first is first
    assert [(each.due_on, each.many, each.whose) for each in others] == [
        (TODAY, 1, "جهة أخرى (مثال)"),
        (due, 2, "drafter (example)"),
    ]
    (body,) = assignments_of(ids[2:]).values()
    assert body.overdue(TODAY + timedelta(days=1))
    assert not body.overdue(TODAY)
    assignments.finish(clock(), ids[0])
    assert my_work(cast.drafter.user_id)[0].number == 2
    assignments.take_back(ids)
    assert db.session.scalars(db.select(Assignment)).all() == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Given(), "assignee_missing"),
        (Given(unit="   "), "assignee_missing"),
        (Given(unit="مديرية", user_id=1), "assignee_several"),
        (Given(user_id=99_999), "no_such_person"),
        (Given(body_id=99_999), "no_such_body"),
        (Given(unit="م" * 201), "text_long"),
        (Given(unit="مديرية", due_on=TODAY - timedelta(days=1)), "due_in_the_past"),
    ],
)
def test_what_cannot_be_given_is_refused(
    cast: Cast, place: Open, clock: Clock, given: Given, code: str
) -> None:
    with pytest.raises(DomainError, match=code):
        assignments.assign(cast.drafter, clock(), TODAY, cast.body.id, [1], given)


def test_an_opinion_on_a_group_stands_on_every_member_in_the_matrix(
    cast: Cast, place: Open, clock: Clock
) -> None:
    text = "نطالب بتمديد المدة إلى ثلاثين يوماً لأن الجمعيات تحتاج وقتاً لاستشارة أعضائها"
    made.send(place, clock, text)
    made.send(place, clock, text)
    made.send(place, clock, "غير ذلك")
    first, second, other = (each.id for each in made.comments(place))
    row = group_of(first)
    group = find_group(place.consultation.id, row.id if row else 0)
    assert group is not None
    with pytest.raises(DomainError, match="opinion_empty"):
        committee.give_on_group(cast.committee, clock(), group, " ")
    committee.give_on_group(cast.committee, clock(), group, "مسودة رأي")
    committee.give_on_group(cast.committee, clock(), group, "رأي في الجميع")
    committee.give_opinion(cast.committee, clock(), made.comments(place)[1], "رأي في واحدة")
    said = [(each.text, each.group_id) for each in opinions(second)]
    assert said == [("رأي في واحدة", None), ("رأي في الجميع", group.id)]
    assert count_opinions([first, second, other]) == {first: 1, second: 2}
    clock.moment = place.consultation.closes_at
    answer(cast, clock, place, "1", "2", "3", approved=True)
    matrices.publish(cast.approver, clock(), place.consultation.id)
    rows = all_rows(editions(place.consultation.id)[0].id)
    assert [row["committee_opinion"] for row in rows] == [
        ["رأي في الجميع"],
        ["رأي في واحدة", "رأي في الجميع"],
        [],
    ]


def test_themes_have_names_of_their_own(cast: Cast, place: Open) -> None:
    here = place.consultation.id
    theme = themes.make(here, "  الرسوم  ")
    with pytest.raises(DomainError, match="theme_twice"):
        themes.make(here, "الرسوم")
    with pytest.raises(DomainError, match="theme_unnamed"):
        themes.make(here, " ", "Fees")
    themes.rename(theme, "الرسوم", "Fees")
    assert [each.name for each in list_themes(here)] == [("الرسوم", "Fees")]
    themes.give_up(theme)
    assert list_themes(here) == ()


def test_a_filter_is_kept_for_the_list_that_it_is_of(cast: Cast) -> None:
    filters.keep(cast.drafter, "متأخرة", "overdue=1")
    filters.keep(cast.drafter, "متأخرة", "assigned=overdue", screen="gardens")
    user = cast.drafter.user_id
    assert [each.query for each in filters_of(user)] == ["overdue=1"]
    assert [each.query for each in filters_of(user, screen="gardens")] == ["assigned=overdue"]
    assert filters_of(user, screen="other") == ()


def test_what_was_said_of_a_group_stays_when_it_becomes_one_with_another(
    cast: Cast, place: Open, clock: Clock
) -> None:
    letters = [f"كلمة{chr(1575 + at)}{chr(1580 + at)}" for at in range(24)]
    ending = " ".join([*letters[7:], *[f"زيادة{at}" for at in range(7)]])
    beginning = " ".join([*[f"نقص{at}" for at in range(7)], *letters[:-7]])
    made.send(place, clock, ending)
    made.send(place, clock, ending, beginning)
    made.send(place, clock, beginning)
    ids = [each.id for each in made.comments(place)]
    for at, said in ((0, "رأي أول"), (2, "رأي ثان")):
        row = group_of(ids[at])
        group = find_group(place.consultation.id, row.id if row else 0)
        assert group is not None
        committee.give_on_group(cast.committee, clock(), group, said)
    made.send(place, clock, " ".join(letters))  # it is like both
    (one,) = {row.id for each in made.comments(place) if (row := group_of(each.id))}
    (opinion,) = opinions(ids[0])
    assert opinion.group_id == one
    assert set(opinion.text.split("\n\n")) == {"رأي أول", "رأي ثان"}
