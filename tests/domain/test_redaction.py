"""Masks cover whole words with their marks, every copy, and nothing that was not chosen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.redaction import copies, spans_of, tidy, widen
from portal.domain.visibility import Span

DATA = Ground.PERSONAL_DATA
letters = st.text(alphabet="ابيم ة\u064e\u0651\u0640ab1.-\n\u0301\u200d", max_size=30)


@pytest.mark.parametrize(
    ("text", "chosen", "masked"),
    [
        ("قال محمد ذلك", "حم", "محمد"),
        ("قال مُحَمَّدٌ ذلك", "م", "مُحَمَّدٌ"),
        ("رقمي 0791234567.", "123", "0791234567"),
        ("قال  محمد  ذلك", " محمد ", "محمد"),
        ("قال محـــمد ذلك", "مح", "محـــمد"),
        ("a محمد، وأحمد", "محمد، و", "محمد، وأحمد"),
        ("x\u0301y", "x", "x\u0301y"),
    ],
)
def test_a_span_is_widened_to_whole_words_with_their_marks(
    text: str, chosen: str, masked: str
) -> None:
    at = text.index(chosen)
    start, end = widen(text, at, at + len(chosen))
    assert text[start:end] == masked


@given(letters, st.integers(0, 30), st.integers(0, 30))
def test_widening_loses_nothing_cuts_no_mark_and_is_done_once(text: str, a: int, b: int) -> None:
    start, end = min(a, b, len(text)), min(max(a, b), len(text))
    wide = widen(text, start, end)
    chosen = {at for at in range(start, end) if not text[at].isspace()}
    assert chosen <= set(range(*wide))
    if wide[0] < wide[1]:
        assert widen(text, *wide) == wide
        for edge in wide:
            outside = 0 < edge < len(text)
            assert not (outside and unicodedata.category(text[edge])[0] == "M")
            assert not (outside and text[edge].isalnum() and text[edge - 1].isalnum())


FIELDS = {"text": "اتصلوا بأحمد على 079", "proposed": "", "grounds": "احمد، رقمي 079", "quoted": ""}


def test_words_are_masked_wherever_they_stand() -> None:
    found = spans_of("079", FIELDS, DATA)
    assert [(FIELDS[s.field][s.start : s.end], s.field) for s in found] == [
        ("079", "text"),
        ("079", "grounds"),
    ]


def test_words_are_found_however_they_are_spelt() -> None:
    fields = {"text": "كتب أحمَدُ هذا، ووافق احمد."}
    found = spans_of("أحمد", fields, DATA)
    assert [fields["text"][s.start : s.end] for s in found] == ["أحمَدُ", "احمد"]


def test_whole_words_come_before_parts_of_words() -> None:
    """Masking the name علي must not mask every `عليها`."""
    fields = {"text": "قرأ علي النص وعلق عليها"}
    assert [(s.start, s.end) for s in spans_of("علي", fields, DATA)] == [(4, 7)]
    assert [fields["text"][s.start : s.end] for s in spans_of("علق", fields, DATA)] == ["وعلق"]


@pytest.mark.parametrize("words", ["", "  ", "078"])
def test_words_that_do_not_stand_there_are_refused(words: str) -> None:
    with pytest.raises(DomainError, match="span_not_found"):
        spans_of(words, FIELDS, DATA)


def test_further_copies_are_offered_and_never_masked_unasked() -> None:
    text = FIELDS["text"]
    at = text.index("بأحمد")
    chosen = (Span("text", at, at + 5, DATA),)
    assert copies(chosen, FIELDS) == ()  # with its preposition it stands there once
    number = spans_of("079", {"text": text}, Ground.INSULT)
    (offer,) = copies(number, FIELDS)
    assert (offer.field, FIELDS["grounds"][offer.start : offer.end]) == ("grounds", "079")
    assert offer.ground is Ground.INSULT
    assert copies((*number, offer), FIELDS) == ()


def test_spans_are_kept_in_order_each_once() -> None:
    spans = (Span("grounds", 0, 2, DATA), Span("text", 3, 4, DATA), Span("text", 2, 5, DATA))
    kept = tidy(spans, FIELDS)
    assert [(s.field, FIELDS[s.field][s.start : s.end]) for s in kept] == [
        ("text", "اتصلوا"),
        ("grounds", "احمد"),
    ]


def test_white_space_alone_is_no_span() -> None:
    assert tidy((Span("text", 6, 7, DATA),), FIELDS) == ()
