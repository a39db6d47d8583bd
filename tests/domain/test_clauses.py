"""Clauses as outside bodies write them, found among the provisions of a draft."""

from __future__ import annotations

import pytest

from portal.domain.clauses import find_provision, numbers_of

EIDS = (
    "text_1",
    "chp_1",
    "chp_1__art_1",
    "chp_1__art_2",
    "chp_1__art_2__para_a",
    "chp_1__art_2__para_b",
    "chp_1__art_2__para_b__point_2",
    "chp_1__art_2__para_b__text_1",
    "chp_2__art_14",
    "chp_2__art_14-2",
)


@pytest.mark.parametrize(
    ("clause", "paragraph", "eid", "whole"),
    [
        ("2", "", "chp_1__art_2", True),
        ("2.b.2", "", "chp_1__art_2__para_b__point_2", True),
        ("Article 2(b)(2)", "", "chp_1__art_2__para_b__point_2", True),
        ("المادة ٢/ب", "", "chp_1__art_2__para_b", True),
        ("المادة 2", "الفقرة (أ)", "chp_1__art_2__para_a", True),
        ("المادة الثانية", "", "chp_1__art_2", True),
        ("2", "Table 7", "chp_1__art_2", False),  # the table is not there, the article is
        ("14", "", "chp_2__art_14", True),
        ("9", "", "", False),
        ("Annex Z", "", "", False),
        ("", "", "", True),  # a comment on the whole
    ],
)
def test_where_a_clause_leads(clause: str, paragraph: str, eid: str, whole: bool) -> None:
    assert find_provision(clause, paragraph, EIDS) == (eid, whole)


def test_words_of_a_clause_are_no_numbers() -> None:
    assert numbers_of("Clause 4, paragraph B, point 2") == ("4", "b", "2")
    assert numbers_of("المادة 4/جـ") == ("4", "c")
