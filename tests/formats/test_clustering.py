"""Near copies among many texts: recall and precision by pairs, copies in any order."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.near import alike, common, features, plain_words
from portal.formats.clustering import cluster
from portal.formats.minhash import BANDS, band_keys
from tests.factories.campaigns import Writer, recall_and_precision


def test_campaigns_with_a_third_of_their_words_edited_are_found() -> None:
    mixed = Writer(1).mixture(3_000, 9)
    groups = cluster([text for _campaign, text in mixed])
    recall, precision = recall_and_precision([campaign for campaign, _text in mixed], groups)
    assert recall >= 0.98
    assert precision >= 0.98


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 6), max_size=30), st.randoms(use_true_random=False))
def test_copies_are_together_in_whatever_order_they_come(
    chosen: list[int], order: random.Random
) -> None:
    kinds = [" ".join(Writer(seed).text()) for seed in range(5)] + ["نعم", "لا"]
    texts = [kinds[each] for each in chosen]
    for _ in range(2):
        places = list(range(len(texts)))
        order.shuffle(places)
        found = cluster([texts[each] for each in places])
        said = sorted(sorted(texts[places[each]] for each in group) for group in found)
        wanted = {each: texts.count(each) for each in texts if texts.count(each) > 1}
        assert said == sorted([text] * count for text, count in wanted.items())


def test_spelling_variants_and_punctuation_are_the_same_words() -> None:
    assert cluster(["الإِلكترونية ٢٠٢٦!", "الالكترونيه 2026", "غيرها"]) == [[0, 1]]
    assert cluster(["", "  ", "…"]) == []


def test_what_a_group_has_in_common() -> None:
    one, two, three = (features(words.split()) for words in ("a b c", "a b d", "a b e"))
    assert common([one]) == one
    assert common([one, two]) == one
    assert common([one, two, three]) == {"a", "b", "a b"}
    assert common([]) == frozenset()
    assert not alike(frozenset(), frozenset())


def test_keys_to_look_a_text_up_by() -> None:
    long = plain_words(" ".join(Writer(3).text()))
    assert len(set(band_keys(long))) == BANDS
    assert len(band_keys(["short"])) == 1
    words = "كلمات قليلة تكفي لأن يكون لها توقيع هنا الآن".split()  # noqa: SIM905
    assert band_keys(words)[0] == KNOWN
    assert all(0 <= key < 2**63 for key in band_keys(long))
    # Stored in databases: another version of the library must not give other keys unnoticed.
    assert (
        band_keys(["كلمات", "قليلة", "تكفي", "لأن", "يكون", "لها", "توقيع", "هنا", "الآن"])[0]
        == KNOWN
    )


KNOWN = 3322935090276457432
