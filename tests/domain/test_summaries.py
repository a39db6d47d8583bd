"""The summary: small governorates are covered, and cannot be worked out from the rest."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.errors import DomainError
from portal.domain.summaries import (
    FEW,
    FIELDS,
    LIMIT,
    ArticleCount,
    Cell,
    Figures,
    check_publisher,
    check_texts,
    cover,
    figures_of,
)

NAMES = ["amman", "irbid", "karak", "maan", "aqaba", "jerash"]


@st.composite
def cells(draw: st.DrawFn) -> list[Cell]:
    """What came from some governorates, and from who did not say."""
    codes = draw(st.lists(st.sampled_from(["", *NAMES]), unique=True, min_size=1))
    found = []
    for code in codes:
        senders = draw(st.integers(1, 6))
        found.append(Cell(code, senders + draw(st.integers(0, 20)), senders))
    return found


@given(cells())
def test_no_small_governorate_has_a_number_nor_leaves_one_to_work_out(found: list[Cell]) -> None:
    spread = cover(found)
    senders = {cell.code: cell.senders for cell in found}
    assert all(senders[code] >= FEW for code, _number in spread.shown)
    assert sum(number for _code, number in spread.shown) + spread.rest == sum(
        cell.comments for cell in found
    )
    assert {*spread.few, *spread.beside, *(code for code, _n in spread.shown)} | {""} == {
        *senders,
        "",
    }
    unsaid = senders.get("", 0)
    if spread.few and spread.shown:
        # The rest is the sum of at least two: no single number follows from it.
        assert len(spread.few) + len(spread.beside) + bool(unsaid) >= 2


def test_one_small_governorate_takes_the_next_smallest_with_it() -> None:
    spread = cover([Cell("amman", 40, 30), Cell("irbid", 9, 7), Cell("maan", 2, 1)])
    assert spread.shown == (("amman", 40),)
    assert (spread.few, spread.beside, spread.rest) == (("maan",), ("irbid",), 11)
    beside_unsaid = cover([Cell("amman", 40, 30), Cell("maan", 2, 1), Cell("", 5, 5)])
    assert (beside_unsaid.shown, beside_unsaid.rest) == ((("amman", 40),), 7)


def test_figures_are_kept_as_plain_json() -> None:
    figures = Figures(
        received=11,
        distinct_texts=10,
        distinct_senders=9,
        provisions_changed=2,
        dispositions={"accepted": 11},
        classes={"citizen": 11},
        articles=(ArticleCount(1, "art_2", 8), ArticleCount(None, "", 3)),
        spread=cover([Cell("amman", 8, 5), Cell("", 3, 3)]),
    )
    assert figures_of(json.loads(json.dumps(figures.kept()))) == figures


def test_all_six_texts_are_needed_and_none_is_a_book() -> None:
    texts = dict.fromkeys(FIELDS, "كلام")
    assert check_texts(texts) == []
    texts |= {"said_en": " ", "did_ar": "x" * (LIMIT + 1)}
    found = [(error.code, error.field) for error in check_texts(texts)]
    assert found == [("summary_text_missing", "said_en"), ("text_long", "did_ar")]


def test_nobody_publishes_what_they_wrote() -> None:
    check_publisher(3, [1, 2])
    for publisher in (1, None):
        with pytest.raises(DomainError, match="own_summary"):
            check_publisher(publisher, [1, 2])
