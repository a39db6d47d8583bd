"""Excerpts: around what was found, cut between words, every hit whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.excerpts import Excerpt, Piece, excerpt
from portal.domain.search import Span, hits, parse

LONG = " ".join(f"كلمة{number}" for number in range(200))


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt("نص قصير", (Span(0, 2),)) == Excerpt("نص قصير", (Span(0, 2),))


def test_without_a_hit_the_beginning_is_shown() -> None:
    shown = excerpt(LONG, ())
    assert LONG.startswith(shown.text)
    assert (shown.begins, shown.ends, shown.spans) == (True, False, ())
    assert 200 < len(shown.text) <= 240


@pytest.mark.parametrize("number", [0, 3, 100, 198, 199])
def test_a_hit_is_shown_with_what_stands_around_it(number: int) -> None:
    shown = excerpt(LONG, hits(LONG, parse(f"كلمة{number}")))
    assert [p for p in shown.pieces if p.hit] == [Piece(f"كلمة{number}", hit=True)]
    assert set(shown.text.split()) <= set(LONG.split()), "a word was cut"
    assert shown.begins is (shown.text.split()[0] == "كلمة0")
    assert shown.ends is (shown.text.split()[-1] == "كلمة199")


def test_the_part_with_most_hits_is_shown() -> None:
    shown = excerpt(LONG, hits(LONG, parse("كلمة3 كلمة150 كلمة151")))
    assert [piece.text for piece in shown.pieces if piece.hit] == ["كلمة150", "كلمة151"]


def test_a_word_wider_than_the_excerpt_is_shown_whole_where_it_is_a_hit() -> None:
    word = "ن" * 500
    text = f"{LONG} {word} {LONG}"
    start = text.index(word)
    shown = excerpt(text, (Span(start, start + 500),))
    assert Piece(word, hit=True) in shown.pieces


words = st.lists(st.text(st.sampled_from("ابج"), min_size=1, max_size=12), max_size=80)


@given(words, st.sampled_from(["ا", "اب", "ج بب"]), st.integers(20, 120))
def test_an_excerpt_is_a_part_of_the_text_with_its_hits(
    said: list[str], typed: str, width: int
) -> None:
    text = " ".join(said)
    spans = hits(text, parse(typed))
    shown = excerpt(text, spans, width + 60)
    assert shown.text in text
    assert "".join(piece.text for piece in shown.pieces) == shown.text
    assert set(shown.text.split()) <= set(said)
    every = {text[start:end] for start, end in spans}
    assert {shown.text[start:end] for start, end in shown.spans} <= every
    assert bool(shown.spans) is bool(spans)
    assert len(shown.text) <= width + 60
