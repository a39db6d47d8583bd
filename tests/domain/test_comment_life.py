"""The life of a comment, cell by cell: state x event, and whose act each event is."""

from __future__ import annotations

import pytest

from portal.domain.accounts import Actor, Grant, Role
from portal.domain.comment_life import RULES, Event, Who, arrives, cell, follow
from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.moderation import Outcome
from portal.domain.record import Entry
from portal.policies.table import Act, may

# -: it may not happen. The table is written out once more here, so that a slip in the code's own
# is a difference between the two.
ORDINARY = """
           edit    withdraw  publish   redact   withhold spam return   appeal   uphold   reject
pending    pending withdrawn published redacted withheld spam returned -        -        -
published  pending withdrawn published redacted withheld spam returned published published published
redacted   pending withdrawn published redacted withheld spam returned redacted redacted redacted
withheld   pending withdrawn published redacted withheld spam returned withheld withheld withheld
spam       pending withdrawn published redacted withheld spam returned spam     spam     spam
returned   pending withdrawn published redacted withheld spam returned returned returned returned
withdrawn  -       -         -         -        -        -    -        -        -        -
confidential -     -         -         -        -        -    -        -        -        -
"""
IN_CONFIDENCE = """
             edit         withdraw  publish      redact withhold spam return appeal uphold reject
confidential confidential withdrawn confidential -      -        spam -      -      -      -
spam         -            withdrawn confidential -      -        spam -      spam   spam   spam
withdrawn    -            -         -            -      -        -    -      -      -      -
pending      -            -         -            -      -        -    -      -      -      -
published    -            -         -            -      -        -    -      -      -      -
redacted     -            -         -            -      -        -    -      -      -      -
withheld     -            -         -            -      -        -    -      -      -      -
returned     -            -         -            -      -        -    -      -      -      -
"""


def cells(table: str) -> list[tuple[Publication, Event, Publication | None]]:
    head, *rows = (line.split() for line in table.strip().splitlines())
    assert [Event(name) for name in head] == list(Event)
    assert {Publication(row[0]) for row in rows} == set(Publication)
    return [
        (Publication(row[0]), Event(name), None if value == "-" else Publication(value))
        for row in rows
        for name, value in zip(head, row[1:], strict=True)
    ]


@pytest.mark.parametrize(("state", "event", "following"), cells(ORDINARY))
def test_an_ordinary_comment(
    state: Publication, event: Event, following: Publication | None
) -> None:
    assert cell(state, event, confidential=False) is following


@pytest.mark.parametrize(("state", "event", "following"), cells(IN_CONFIDENCE))
def test_what_was_sent_in_confidence(
    state: Publication, event: Event, following: Publication | None
) -> None:
    assert cell(state, event, confidential=True) is following


def test_nothing_in_confidence_ever_becomes_public() -> None:
    reached = {following for _state, _event, following in cells(IN_CONFIDENCE)}
    assert reached == {None, *map(Publication, ("confidential", "withdrawn", "spam"))}


@pytest.mark.parametrize(
    ("state", "event", "confidential", "code"),
    [
        (Publication.WITHDRAWN, Event.WITHDRAW, False, "withdrawn_already"),
        (Publication.WITHDRAWN, Event.EDIT, False, "edit_withdrawn"),
        (Publication.SPAM, Event.EDIT, True, "edit_spam"),
        (Publication.WITHDRAWN, Event.PUBLISH, False, "decided_withdrawn"),
        (Publication.CONFIDENTIAL, Event.REDACT, True, "confidential_not_public"),
        (Publication.PENDING, Event.APPEAL, False, "appeal_nothing"),
        (Publication.PENDING, Event.UPHOLD, False, "appeal_nothing"),
    ],
)
def test_a_refusal_says_why(
    state: Publication, event: Event, confidential: bool, code: str
) -> None:
    with pytest.raises(DomainError, match=code):
        follow(state, event, confidential=confidential)


@pytest.mark.parametrize(
    ("confidential", "after", "state"),
    [
        (False, False, Publication.PENDING),
        (False, True, Publication.PUBLISHED),
        (True, False, Publication.CONFIDENTIAL),
        (True, True, Publication.CONFIDENTIAL),
    ],
)
def test_how_a_comment_comes_in(confidential: bool, after: bool, state: Publication) -> None:
    assert arrives(confidential=confidential, moderated_after=after) is state


def test_every_outcome_is_an_event_of_a_moderator_that_is_told_and_recorded() -> None:
    for outcome in Outcome:
        rule = RULES[outcome.event]
        assert (rule.who, rule.notice, rule.entry) == (Who.MODERATOR, "moderated", Entry.MODERATED)
        assert rule.ground is (outcome is not Outcome.PUBLISH)


DOES = {
    Who.MODERATOR: Act.DECIDE,
    Who.ANOTHER_MODERATOR: Act.RULE_ON_APPEAL,
    Who.AUTHOR: Act.FOLLOW,
}


@pytest.mark.parametrize("event", list(Event))
@pytest.mark.parametrize("role", list(Role))
def test_who_may_is_what_the_table_of_permissions_says(event: Event, role: Role) -> None:
    """An author is whoever holds the receipt; all else is a moderator's, and nobody else's."""
    actor = Actor(None if role is Role.CITIZEN else 1, (Grant(role, 1),))
    who = RULES[event].who
    assert may(actor, DOES[who], body_id=1) is (who is Who.AUTHOR or role is Role.MODERATOR)
    if who is not Who.AUTHOR:
        assert not may(actor, DOES[who], body_id=2)
