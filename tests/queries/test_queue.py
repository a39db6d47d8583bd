"""The queue: narrowed, in order, page by page, without a comment lost or shown twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.comments import Publication
from portal.domain.grounds import Ground
from portal.domain.hints import HintKind
from portal.domain.moderation import Decision, Outcome
from portal.domain.submissions import Channel, SenderClass
from portal.models import db
from portal.queries.desk import load_inbox
from portal.queries.openness import count_moderation, log_page, whole_log
from portal.queries.queue import (
    Cursor,
    QueuePage,
    Reach,
    Wanted,
    count_waiting,
    cursor_of,
    reach_of,
    status_page,
    waiting_page,
)
from portal.services import claims, moderation
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.statements import counted

ALL = Reach(None, None)
ANY = Wanted()


def numbers(page: QueuePage) -> list[int]:
    return [each.number for each in page.items]


def pages(read: Callable[[Cursor | None], QueuePage]) -> list[int]:
    """All pages one after the other."""
    found, at = [], None
    for _turn in range(50):
        page = read(at)
        found += numbers(page)
        at = page.next
        if at is None:
            return found
    raise AssertionError("there is no end")


def test_oldest_first_page_by_page(place: Open, clock: Clock) -> None:
    made.send(place, clock, *[f"ملاحظة {n}" for n in range(7)])
    clock.pass_(minutes=1)
    made.send(place, clock, *[f"أخرى {n}" for n in range(4)])
    found = pages(lambda at: waiting_page(ALL, ANY, clock(), after=at, limit=3))
    assert found == list(range(1, 12))
    assert count_waiting(ALL, ANY, clock()) == 11
    fifth = waiting_page(ALL, ANY, clock(), limit=5).items[4].cursor
    before = waiting_page(ALL, ANY, clock(), after=fifth, limit=3, backwards=True)
    assert numbers(before) == [2, 3, 4]


def test_a_moderator_sees_their_bodies_and_no_other(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى")
    assert numbers(waiting_page(reach_of(cast.moderator), ANY, clock())) == [1]
    assert numbers(waiting_page(reach_of(cast.outsider), ANY, clock())) == []
    assert numbers(waiting_page(reach_of(cast.drafter), ANY, clock())) == []
    both = Reach(cast.moderator.user_id, (cast.body.id, cast.elsewhere.id))
    assert numbers(waiting_page(both, ANY, clock())) == [1]
    assert count_waiting(both, ANY, clock()) == 1


def test_it_is_narrowed(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى", eid="art_2__para_a")
    made.send(
        place, clock, "ثانية", eid="art_3", sender_class=SenderClass.ACADEMIC, organisation="ج"
    )
    clock.pass_(days=2)
    made.send(place, clock, "ثالثة", eid=None)
    document = place.document.id

    def found(**wanted: object) -> list[int]:
        return numbers(waiting_page(ALL, Wanted(**wanted), clock()))  # type: ignore[arg-type]

    assert found(consultation_id=place.consultation.id) == [1, 2, 3]
    assert found(consultation_id=place.consultation.id + 1) == []
    assert found(place=f"{document}:art_2") == [1]
    assert found(place=f"{document}:art_3") == [2]
    assert found(sender_class=SenderClass.ACADEMIC) == [2]
    assert found(channel=Channel.LETTER) == []
    assert found(hint=HintKind.EMAIL) == []
    assert found(channel=Channel.PORTAL, before=clock() - timedelta(days=1)) == [1, 2]


def test_it_is_narrowed_by_what_a_machine_saw(cast: Cast, place: Open, clock: Clock) -> None:
    mail = "اكتبوا إلى {}@example.org"
    made.send(place, clock, "أولى", *[mail.format(n) for n in "abc"], "أخيرة", mail.format("d"))
    wanted, reach = Wanted(hint=HintKind.EMAIL), reach_of(cast.moderator)
    found = pages(lambda at: waiting_page(reach, wanted, clock(), after=at, limit=2))
    assert found == [2, 3, 4, 6]
    assert count_waiting(reach, wanted, clock()) == 4
    last = waiting_page(reach, wanted, clock()).items[-1].cursor
    before = waiting_page(reach, wanted, clock(), after=last, limit=2, backwards=True)
    assert numbers(before) == [3, 4]
    assert numbers(waiting_page(reach, Wanted(hint=HintKind.PHONE), clock())) == []
    both = Wanted(hint=HintKind.EMAIL, consultation_id=place.consultation.id + 1)
    assert numbers(waiting_page(reach, both, clock())) == []
    for comment in made.comments(place)[:2]:
        moderation.decide(cast.moderator, clock(), comment, Decision(Outcome.PUBLISH, 0))
    assert numbers(status_page(reach, wanted, Publication.PUBLISHED)) == [2]


def test_who_looks_at_what(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى", "ثانية")
    comment = made.comments(place)[0]
    claims.take(cast.moderator, clock(), comment, minutes=15)
    mine, theirs = reach_of(cast.moderator), reach_of(cast.other_moderator)
    assert numbers(waiting_page(mine, Wanted(mine=True), clock())) == [1]
    assert numbers(waiting_page(theirs, Wanted(mine=True), clock())) == []
    assert numbers(waiting_page(theirs, Wanted(free=True), clock())) == [2]
    assert numbers(waiting_page(mine, Wanted(free=True), clock())) == [1, 2]
    first, second = waiting_page(theirs, ANY, clock()).items
    assert (first.claimed_by, second.claimed_by) == ("moderator (example)", "")
    clock.pass_(minutes=16)
    assert numbers(waiting_page(theirs, Wanted(free=True), clock())) == [1, 2]


def test_what_was_decided_is_found_by_its_status(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى", "ثانية", "ثالثة")
    for comment in made.comments(place)[:2]:
        moderation.decide(cast.moderator, clock(), comment, Decision(Outcome.PUBLISH, 0))
    page = status_page(ALL, ANY, Publication.PUBLISHED, limit=1)
    assert numbers(page) == [1]
    assert page.next is not None
    assert numbers(status_page(ALL, ANY, Publication.PUBLISHED, after=page.next.id)) == [2]
    assert numbers(status_page(reach_of(cast.outsider), ANY, Publication.PUBLISHED)) == []
    article = Wanted(place=f"{place.document.id}:art_2")
    assert numbers(status_page(ALL, article, Publication.PUBLISHED)) == [1, 2]


moments = st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))


@given(moments, st.integers(1, 10**9 - 1))
def test_a_cursor_comes_back_from_an_address(since: datetime, number: int) -> None:
    cursor = Cursor(since, number)
    assert cursor_of(str(cursor)) == cursor


@pytest.mark.parametrize("typed", ["", "x", "1", "-5", "1-", "9" * 40 + "-1", "1-x", "١-١"])
def test_what_is_no_cursor_is_none(typed: str) -> None:
    assert cursor_of(typed) is None


def decided(cast: Cast, place: Open, clock: Clock) -> None:
    clock.pass_(hours=1)
    mask = Decision(Outcome.WITHHOLD, 0, Ground.INSULT)
    for comment in made.comments(place):
        if comment.publication is Publication.PENDING:
            clock.pass_(hours=1)
            decision = mask if comment.number % 2 else Decision(Outcome.PUBLISH, 0)
            moderation.decide(cast.moderator, clock(), comment, decision)
    db.session.commit()


def test_moderation_in_numbers(cast: Cast, place: Open, clock: Clock) -> None:
    nothing = count_moderation(place.consultation.id)
    assert (nothing.received, nothing.decided, nothing.median) == (0, 0, None)
    made.send(place, clock, "أولى", "ثانية", "ثالثة", "رابعة")
    decided(cast, place, clock)
    figures = count_moderation(place.consultation.id)
    assert (figures.received, figures.waiting, figures.decided) == (4, 0, 4)
    assert figures.of(Outcome.WITHHOLD) == 2
    assert figures.decisions[Outcome.WITHHOLD, Ground.INSULT] == 2
    assert figures.median == timedelta(hours=3.5)  # of two, three, four and five hours
    entries, _following = log_page(place.consultation.id)
    assert [each.number for each in entries] == [4, 3, 2, 1]
    assert list(whole_log(place.consultation.id)) == list(entries)[::-1]


def test_no_read_asks_more_often_when_there_is_more(cast: Cast, place: Open, clock: Clock) -> None:
    consultation_id, reach = place.consultation.id, reach_of(cast.moderator)
    reads: dict[str, Callable[[], object]] = {
        "queue": lambda: waiting_page(reach, ANY, clock()),
        "count": lambda: count_waiting(reach, ANY, clock()),
        "hint": lambda: waiting_page(reach, Wanted(hint=HintKind.EMAIL), clock()),
        "status": lambda: status_page(reach, ANY, Publication.PUBLISHED),
        "figures": lambda: count_moderation(consultation_id),
        "log": lambda: log_page(consultation_id),
        "inbox": lambda: load_inbox(cast.moderator, clock()),
    }

    def asked() -> dict[str, int]:
        found = {}
        for name, read in reads.items():
            with counted() as sent:
                read()
            found[name] = len(sent)
        return found

    made.send(place, clock, "أولى")
    decided(cast, place, clock)
    made.send(place, clock, "أخرى")
    little = asked()
    made.send(place, clock, *[f"ملاحظة {n}" for n in range(12)])
    decided(cast, place, clock)
    made.send(place, clock, *[f"أخرى {n}" for n in range(12)])
    made.open_one(cast, clock, slug="other")
    assert asked() == little
    assert load_inbox(cast.moderator, clock())[1].pending == 12
