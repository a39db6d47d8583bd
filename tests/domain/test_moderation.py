"""What a decision must have."""

from __future__ import annotations

import pytest

from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.moderation import NOTE_LIMIT, Outcome, check
from portal.domain.visibility import Span

FIELDS = {"text": "اتصلوا بي على 079", "proposed": "", "grounds": "رقمي 079", "quoted": ""}
MASK = (Span("text", 14, 17, Ground.PERSONAL_DATA),)


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
