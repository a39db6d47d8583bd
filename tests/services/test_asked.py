"""Another public body that is asked: what it reads, what it may not, its opinion, the mail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.record import Entry
from portal.formats.mails import render
from portal.jobs import tick
from portal.models import Assignment, OutboxMail, RecordEntry, User, db
from portal.models.telling_staff import MOST
from portal.policies.table import Act, may
from portal.queries.asked import advice_on, asked_comment, asked_rows, find_asked
from portal.queries.matrices import all_rows
from portal.services import assignments, matrices, notes, notifications
from portal.services.asked import advise
from portal.services.assignments import Given
from tests.factories import consultations as made
from tests.factories.answers import answer, closed
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk

TODAY = date(2026, 11, 4)
NAME = "سلمى الزعبي (مثال)"


def ask(cast: Cast, clock: Clock, place: Open, *numbers: int) -> list[int]:
    """Give these comments to the other body; gives their ids."""
    ids = [each.id for each in made.comments(place) if each.number in numbers]
    given = Given(body_id=cast.elsewhere.id, due_on=TODAY)
    assignments.assign(cast.drafter, clock(), TODAY, cast.body.id, ids, given)
    return ids


def mails(template: str = "desk_waits") -> list[OutboxMail]:
    query = db.select(OutboxMail).where(OutboxMail.template == template)
    return list(db.session.scalars(query.order_by(OutboxMail.id)))


def test_it_reads_what_the_public_reads_of_what_lies_with_it_and_nothing_else(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى", name=NAME)
    made.send(place, clock, "ثانية")
    first, second = made.comments(place)
    first.publication = Publication.PUBLISHED
    ask(cast, clock, place, 1)
    (row,) = asked_rows(cast.outsider)
    assert (row.number, row.body_id, row.owner.ar) == (1, cast.elsewhere.id, cast.body.name_ar)
    seen = asked_comment(row)
    assert seen is not None
    assert ("".join(map(str, seen.words.text)), seen.words.name) == ("أولى", "")
    first.publication = Publication.WITHHELD
    hidden = asked_comment(row)
    assert hidden is not None
    assert hidden.words.text == ()
    assert find_asked(cast.outsider, second.id) is None, "it was not asked about that one"
    for somebody in (cast.drafter, cast.approver, cast.moderator, cast.committee):
        assert asked_rows(somebody) == (), "it does not lie with their body"
    assert not may(cast.outsider, Act.STUDY, body_id=cast.body.id)
    assert not may(cast.moderator, Act.READ_ASKED)


def test_its_opinion_stands_beside_the_comment_and_not_in_the_matrix(
    cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, "أولى")
    (comment,) = ask(cast, clock, place, 1)
    row = find_asked(cast.outsider, comment)
    assert row is not None
    with pytest.raises(DomainError, match="opinion_empty"):
        advise(cast.outsider, clock(), row, " ")
    advise(cast.outsider, clock(), row, "لا مانع")
    advise(cast.outsider, clock(), row, "لا مانع لدى الوزارة")
    (said,) = advice_on(comment)
    assert (said.text, said.body_id) == ("لا مانع لدى الوزارة", cast.elsewhere.id)
    assert db.session.get_one(Assignment, comment).done_at == clock()
    kinds = [entry.kind for entry in db.session.scalars(db.select(RecordEntry))]
    assert kinds.count(Entry.OPINION_GIVEN) == 2
    answer(cast, clock, place, 1)
    edition = matrices.publish(cast.approver, clock(), place.consultation.id)
    assert "الوزارة" not in str(list(all_rows(edition.id)))
    given = Given(user_id=cast.approver.user_id)
    assignments.assign(cast.drafter, clock(), TODAY, cast.body.id, [comment], given)
    with pytest.raises(DomainError, match="not_found"):
        advise(cast.outsider, clock(), row, "بعد السحب")
    assert len(advice_on(comment)) == 1, "what was said stays"


def test_the_screens_of_the_body_that_is_asked(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, "المدة قصيرة", "ثانية")
    (comment,) = ask(cast, clock, place, 1)
    other = next(each.id for each in made.comments(place) if each.number == 2)
    db.session.commit()
    desk = Desk(web, cast.outsider)
    here = f"/asked/{comment}"
    assert here in desk.get("/")
    page = desk.get(here)
    assert "المدة قصيرة" in page
    assert "author-1@example.org" not in page
    desk.refused(here, page=here, text=" ")
    desk.refused(f"/asked/{other}", page=here, status=404, text="رأي")
    desk.done(here, page=here, text="لا مانع لدى الوزارة")
    assert "لا مانع لدى الوزارة" in desk.get(here)
    study = "/consultations/gardens/comments/1"
    assert "لا مانع لدى الوزارة" in Desk(web, cast.drafter).get(study)
    for somebody, status in ((cast.drafter, 404), (cast.moderator, 403)):
        Desk(web, somebody).refused(here, page="/", status=status, text="رأي")


def test_mail_is_gathered_and_one_leaves_in_an_hour(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "كلام سري لا يُرسل", name=NAME, email="author@example.org")
    made.send(place, clock, "ثانية")
    first, _second = made.comments(place)
    ask(cast, clock, place, 1, 2)
    (mail,) = mails()
    outsider = db.session.get_one(User, cast.outsider.user_id)
    assert (mail.recipient, mail.language) == (outsider.email, "ar")
    letter = render(mail.template, "en", mail.params, mail.recipient, mail.id)
    assert "Your public body is asked for its opinion" in letter.body
    assert "comment 1, 2" in letter.body
    assert "/desk/asked" in letter.body
    assert not {"كلام", NAME, "author@example.org"} & set(letter.body.split())
    db.session.commit()
    tick.run(web, clock())
    ask(cast, clock, place, 1)
    ask(cast, clock, place, 2)
    sent, waiting = mails()
    assert sent.sent_at is not None
    assert len(waiting.params["things"]) == 2, "one mail for both"
    assert waiting.next_attempt_at == clock() + timedelta(hours=1)
    for _each in range(MOST):
        notes.write(cast.drafter, clock(), cast.body.id, first, "لك", [cast.approver.user_id or 0])
    named = mails()[-1]
    assert (len(named.params["things"]), named.params["more"]) == (MOST, 0)
    notes.write(cast.drafter, clock(), cast.body.id, first, "لك", [cast.approver.user_id or 0])
    assert named.params["more"] == 1
    text = render(named.template, "ar", named.params, named.recipient, named.id).body
    assert "الوارد: http" in text
    assert "لك" not in text.split(), "a private note never leaves the desk"


def test_what_comes_while_a_mail_is_on_its_way_goes_into_the_next(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    made.send(place, clock, "ثانية")
    ask(cast, clock, place, 1)
    db.session.commit()
    (leaving,) = mails()
    assert notifications.take(clock(), leaving.id) is not None
    db.session.commit()
    ask(cast, clock, place, 2)
    leaving, following = mails()
    assert len(leaving.params["things"]) == 1, "it was read before the second came"
    assert following.params["things"][0]["numbers"] == [2]
    assert following.next_attempt_at == clock() + timedelta(hours=1)


def test_nobody_is_told_of_what_they_did_themselves(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى")
    (comment,) = made.comments(place)
    for given in (Given(user_id=cast.drafter.user_id), Given(unit="مديرية (مثال)")):
        assignments.assign(cast.drafter, clock(), TODAY, cast.body.id, [comment.id], given)
    assert mails() == []
    given = Given(user_id=cast.approver.user_id)
    assignments.assign(cast.drafter, clock(), TODAY, cast.body.id, [comment.id], given)
    (mail,) = mails()
    assert "أُسند إليك" in render(mail.template, "ar", mail.params, "x@example.org", 1).body
