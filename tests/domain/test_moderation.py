"""Moderation as tables: what becomes of a comment, what a decision must have."""

from __future__ import annotations

import pytest

from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.moderation import BECOMES, NOTE_LIMIT, Outcome, after, check, spans_of
from portal.domain.visibility import Span

FIELDS = {"text": "اتصلوا بي على 079", "proposed": "", "grounds": "رقمي 079", "quoted": ""}
MASK = (Span("text", 14, 17, Ground.PERSONAL_DATA),)


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("current", [s for s in Publication if s is not Publication.WITHDRAWN])
def test_any_decision_follows_any_other(current: Publication, outcome: Outcome) -> None:
    assert after(current, outcome, confidential=False) is BECOMES[outcome]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_nothing_is_decided_about_a_withdrawn_comment(outcome: Outcome) -> None:
    with pytest.raises(DomainError, match="decided_withdrawn"):
        after(Publication.WITHDRAWN, outcome, confidential=False)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [(Outcome.PUBLISH, Publication.CONFIDENTIAL), (Outcome.SPAM, Publication.SPAM)],
)
def test_what_was_sent_in_confidence_stays_so(outcome: Outcome, status: Publication) -> None:
    assert after(Publication.CONFIDENTIAL, outcome, confidential=True) is status


@pytest.mark.parametrize("outcome", [Outcome.REDACT, Outcome.WITHHOLD, Outcome.RETURN])
def test_no_decision_speaks_of_showing_it(outcome: Outcome) -> None:
    with pytest.raises(DomainError, match="confidential_not_public"):
        after(Publication.CONFIDENTIAL, outcome, confidential=True)


@pytest.mark.parametrize(
    ("outcome", "ground", "note", "spans"),
    [
        (Outcome.PUBLISH, None, "", ()),
        (Outcome.REDACT, Ground.PERSONAL_DATA, "", MASK),
        (Outcome.WITHHOLD, Ground.INSULT, "", ()),
        (Outcome.SPAM, Ground.ADVERTISING, "", ()),
        (Outcome.RETURN, Ground.OFF_TOPIC, "أي موضع؟", ()),
    ],
)
def test_a_whole_decision_passes(
    outcome: Outcome, ground: Ground | None, note: str, spans: tuple[Span, ...]
) -> None:
    check(outcome, ground, note, spans, FIELDS)


@pytest.mark.parametrize(
    ("outcome", "ground", "note", "spans", "code"),
    [
        (Outcome.PUBLISH, Ground.INSULT, "", (), "ground_needless"),
        (Outcome.WITHHOLD, None, "", (), "ground_missing"),
        (Outcome.SPAM, None, "", (), "ground_missing"),
        (Outcome.REDACT, None, "", MASK, "ground_missing"),
        (Outcome.RETURN, Ground.OFF_TOPIC, " ", (), "note_missing"),
        (Outcome.PUBLISH, None, "ن" * (NOTE_LIMIT + 1), (), "note_long"),
        (Outcome.REDACT, Ground.PERSONAL_DATA, "", (), "span_missing"),
        (Outcome.WITHHOLD, Ground.INSULT, "", MASK, "span_needless"),
        (
            Outcome.REDACT,
            Ground.INSULT,
            "",
            (Span("text", 10, 99, Ground.INSULT),),
            "span_outside",
        ),
        (Outcome.REDACT, Ground.INSULT, "", (Span("text", 3, 3, Ground.INSULT),), "span_outside"),
        (Outcome.REDACT, Ground.INSULT, "", (Span("name", 0, 1, Ground.INSULT),), "span_outside"),
    ],
)
def test_what_is_missing_is_named(
    outcome: Outcome, ground: Ground | None, note: str, spans: tuple[Span, ...], code: str
) -> None:
    with pytest.raises(DomainError, match=code):
        check(outcome, ground, note, spans, FIELDS)


def test_words_are_masked_wherever_they_stand() -> None:
    found = spans_of("079", FIELDS, Ground.PERSONAL_DATA)
    assert [(span.field, span.start, span.end) for span in found] == [
        ("text", 14, 17),
        ("grounds", 5, 8),
    ]


@pytest.mark.parametrize("words", ["", "078"])
def test_words_that_do_not_stand_there_are_refused(words: str) -> None:
    with pytest.raises(DomainError, match="span_not_found"):
        spans_of(words, FIELDS, Ground.PERSONAL_DATA)
