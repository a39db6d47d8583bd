"""Chosen words: found by their place, their surroundings, themselves; never other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.anchor_words import Position, Words, pieces, without_space
from portal.domain.anchors import Quote, Selectors, as_json, resolve, select
from portal.domain.errors import DomainError

TEXT = "تُفتَحُ الحديقةُ صباحاً، وتُغلَقُ الحديقةُ مساءً.\nالحديقة  للناس"


def words_of(found: Selectors) -> str:
    return TEXT[slice(*found.position)]


def chosen(start: str, end: str) -> Selectors:
    found = select(TEXT, TEXT.index(start), TEXT.index(end) + len(end))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("start", "end", "whole"),
    [
        ("تُفتَحُ", "تُفتَحُ", "تُفتَحُ"),
        ("فتَح", "فتَح", "تُفتَحُ"),  # without the marks at its ends
        ("ديقةُ صب", "ديقةُ صب", "الحديقةُ صباحاً"),
        ("، و", "، و", "، وتُغلَقُ"),
        ("مساء", ".\nال", "مساءً.\nالحديقة"),
    ],
)
def test_chosen_words_are_whole_words_with_their_marks(start: str, end: str, whole: str) -> None:
    assert chosen(start, end).quote.exact == whole


def test_white_space_alone_is_no_words() -> None:
    at = TEXT.index("  للناس")
    assert select(TEXT, at, at + 2) is None
    assert select(TEXT, 5, 5) is None
    assert select("", 0, 3) is None


def test_a_quote_keeps_what_stands_beside_it() -> None:
    quote = chosen("صباحاً", "صباحاً").quote
    assert quote == Quote("صباحاً", "تُفتَحُ الحديقةُ ", "، وتُغلَقُ الحديقةُ مساءً.\nالحديقة  "[:32])
    assert as_json(chosen("صباحاً", "صباحاً")) == [
        {"type": "TextQuoteSelector", **quote._asdict()},
        {"type": "TextPositionSelector", "start": 17, "end": 23},
    ]


SECOND = Position(TEXT.index("الحديقةُ مساء"), TEXT.index(" مساء"))


@pytest.mark.parametrize(
    ("quote", "position", "at"),
    [
        # Positions first, where the words stand there.
        (Quote("الحديقةُ"), SECOND, SECOND),
        # They do not: the surroundings tell.
        (Quote("الحديقةُ", "وتُغلَقُ ", " مساءً"), Position(0, 3), SECOND),
        (Quote("الحديقةُ", "وتُغلَقُ\n", " مساءً"), None, SECOND),
        # The words alone, but for white space.
        (Quote("الحديقة\nللناس"), None, Position(TEXT.index("الحديقة  "), len(TEXT))),
        (Quote(" مساءً. "), None, Position(SECOND.end + 1, SECOND.end + 7)),
        # Cut inside a word, it becomes the word.
        (Quote("للنا"), None, Position(len(TEXT) - 5, len(TEXT))),
        # A whole word goes before the same letters inside of others.
        (Quote("الحديقة"), None, Position(TEXT.index("الحديقة  "), len(TEXT) - 7)),
    ],
)
def test_words_are_found_once(quote: Quote, position: Position | None, at: Position) -> None:
    assert resolve(TEXT, quote, position).position == at


@pytest.mark.parametrize(
    ("quote", "position", "code", "params"),
    [
        (Quote("الملعب"), None, "quote_not_found", {}),
        (Quote("الملعب"), SECOND, "quote_not_found", {}),
        (Quote("مساءَ"), None, "quote_not_found", {}),  # another mark is another word
        (Quote("الحديقه"), None, "quote_not_found", {}),
        (Quote("  "), SECOND, "quote_not_found", {}),
        (Quote(""), None, "quote_not_found", {}),
        (Quote("الحديقةُ"), None, "quote_twice", {"times": 2}),
        (Quote("الحديقةُ", "لا شيء", "من هذا"), Position(0, 1), "quote_twice", {"times": 2}),
        (Quote("الحديقةُ"), Position(-5, 900), "quote_twice", {"times": 2}),
    ],
)
def test_what_is_not_found_once_is_told(
    quote: Quote, position: Position | None, code: str, params: dict[str, int]
) -> None:
    with pytest.raises(DomainError) as told:
        resolve(TEXT, quote, position, field="comments-0-quoted")
    assert (told.value.code, told.value.params) == (code, params)
    assert told.value.field == "comments-0-quoted"


MARKS = "\u064f\u0651\u064e\u0301"
texts = st.text("ابتُّ مَ،.\n123a\u0301", max_size=40)


@given(texts, st.integers(-2, 45), st.integers(-2, 45))
def test_chosen_words_end_where_words_end(text: str, start: int, end: int) -> None:
    found = select(text, start, end)
    touched = text[max(start, 0) : max(end, 0)]
    assert (found is None) is (not touched.strip())
    if found is None:
        return
    first, last = found.position
    assert text[first:last] == found.quote.exact
    assert without_space(touched) in without_space(found.quote.exact)
    assert not first or text[first] not in MARKS or text[first - 1].isspace()
    assert last == len(text) or text[last] not in MARKS


@given(texts, st.integers(0, 40), st.integers(1, 12))
def test_what_was_selected_is_found_again(text: str, start: int, length: int) -> None:
    made = select(text, start, start + length)
    if made is not None:
        assert resolve(text, made.quote, made.position) == made
        spaced = made.quote._replace(exact="\n".join(made.quote.exact.split()))
        assert resolve(text, spaced, made.position) == made


@given(texts, texts)
def test_every_place_holds_the_words(text: str, quote: str) -> None:
    found = Words(text).places(pieces(quote)) or []
    assert all(pieces(text[slice(*at)]) == pieces(quote) for at in found)
    if pieces(quote) and pieces(quote) == pieces(text):
        assert len(found) == 1
