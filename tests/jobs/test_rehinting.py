"""`comment rehint`: comments from before there were hints and groups get theirs."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.domain.moderation import Decision, Outcome
from portal.jobs import rehinting
from portal.models import (
    CommentBand,
    CommentGroup,
    CommentGroupMember,
    CommentHint,
    db,
)
from portal.services import moderation
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.console import Console

TEXT = "نطالب بأن تبقى الحديقة مفتوحة حتى منتصف الليل في أشهر الصيف لأن الناس تعمل نهاراً"
TEXTS = ("أولى", f"{TEXT}، راسلوني على a@example.org", TEXT, "أولى", f"{TEXT}، وشكراً", "شيء آخر")
State = tuple[list[tuple[Any, ...]], list[list[int]], list[tuple[int, int]]]


@pytest.fixture
def place(cast: Cast, clock: Clock) -> Open:
    ready = made.open_one(cast, clock)
    for text in TEXTS:
        made.send(ready, clock, text)
    return ready


def state(place: Open) -> State:
    """Hints, groups by who is in them, and what can be looked up."""
    db.session.expire_all()
    number = {each.id: each.number for each in made.comments(place)}
    hints = sorted(
        (number[h.comment_id], h.kind.value, h.field, h.start, h.end, h.detail)
        for h in db.session.scalars(db.select(CommentHint))
    )
    groups: dict[int, set[int]] = {}
    for member in db.session.scalars(db.select(CommentGroupMember)):
        groups.setdefault(member.group_id, set()).add(number[member.comment_id])
    bands = sorted(
        (number[b.comment_id], b.key) for b in db.session.scalars(db.select(CommentBand))
    )
    return hints, sorted(map(sorted, groups.values())), bands


def forget() -> None:
    for table in (CommentHint, CommentBand, CommentGroupMember, CommentGroup):
        db.session.execute(db.delete(table))
    db.session.commit()


def test_they_get_what_they_would_have_got_when_they_came(
    app: Flask, place: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehinting, "BATCH", 2)
    there = state(place)
    assert there[1] == [[1, 4], [2, 3, 5]]
    forget()
    console = Console(app)
    assert console.done("comment", "rehint", "--json").json == {"comments": 6, "looked_up": 6}
    assert state(place) == there
    assert "6 comments looked at, 0 of them" in console.done("comment", "rehint").out
    assert state(place) == there


def test_those_that_came_since_and_what_was_decided_stay(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    moderation.decide(
        cast.moderator, clock(), made.comments(place)[1], Decision(Outcome.PUBLISH, 0)
    )
    forget()
    made.send(place, clock, f"{TEXT}، ولكم الأجر", "أولى")
    Console(app).done("comment", "rehint")
    hints, groups, _bands = state(place)
    assert [hint[0] for hint in hints if hint[1] == "email"] == [2]
    assert groups == [[1, 4, 8], [2, 3, 5, 7]]
    assert [each.publication.value for each in made.comments(place)].count("published") == 1
