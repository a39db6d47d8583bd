"""Numbers, markers and ids that the structure editor proposes."""

from __future__ import annotations

import pytest

from portal.domain.draft_markers import find_marker
from portal.domain.drafts import ProvisionKind
from portal.domain.structure import Row, eids_of
from portal.domain.structure_numbers import marker_of, typed_number

K = ProvisionKind


@pytest.mark.parametrize(
    ("kind", "number", "like", "marker"),
    [
        (K.ARTICLE, "12", "المادة ٣ :", "المادة ١٢ :"),
        (K.ARTICLE, "12", "المادة الثالثة", "المادة 12:"),
        (K.ARTICLE, "12", "Article 3.", "Article 12."),
        (K.PARAGRAPH, "ج", "ب -", "جـ -"),
        (K.PARAGRAPH, "د", "(جـ)", "(د)"),
        (K.PARAGRAPH, "c", "b)", "c)"),
        (K.POINT, "3", "٢-", "٣-"),
        (K.POINT, "3", "", "3-"),
        (K.TEXT, "", "-", ""),
    ],
)
def test_markers_follow_the_manner_of_those_around(
    kind: ProvisionKind, number: str, like: str, marker: str
) -> None:
    assert marker_of(kind, number, like) == marker
    read = find_marker(marker, 0)
    assert (read.number if read and read.kind is kind else "") == number


@pytest.mark.parametrize(("typed", "number"), [("جـ", "ج"), ("ا", "أ"), (" ٠٣ ", "3"), ("ـ", "ـ")])
def test_numbers_as_they_are_typed(typed: str, number: str) -> None:
    assert typed_number(typed) == number


def test_ids_are_fit_for_addresses_whatever_number_was_typed() -> None:
    odd = tuple(Row(K.ARTICLE, number) for number in ("5/أ", "5_أ", "5-2", "5", "5", "__", " "))
    found = eids_of(odd)
    assert found == ["art_5_أ", "art_5_أ-2", "art_5_2", "art_5", "art_5-2", "art_0", "art_0-2"]
