"""Annexes behind the articles, and tables where they stand."""

from __future__ import annotations

import pytest

from portal.domain.draft_parsing import parse
from portal.domain.draft_tree import walk
from portal.domain.drafts import ProvisionKind

TABLE = "| م | رسم |\n| --- | --- |\n| 1 | 5 |"


def outline(text: str) -> list[str]:
    return [node.eid for node, _depth in walk(parse(text).provisions)]


@pytest.mark.parametrize(
    ("line", "eid", "number", "heading"),
    [
        ("الملحق رقم (1)", "annex_1", "1", ""),
        ("الملحق الأول: نموذج الطلب", "annex_1", "1", "نموذج الطلب"),
        ("ملحق (أ)", "annex_a", "أ", ""),
        ("الملحق هـ - بيان", "annex_e", "ه", "بيان"),
        ("الملحق", "annex_0", "", ""),
        ("## الملحق: الرسوم", "annex_0", "", "الرسوم"),
        ("Annex 1", "annex_1", "1", ""),
        ("ANNEX B: Fees", "annex_b", "b", "Fees"),
        ("Schedule 2 - Fees", "annex_2", "2", "Fees"),
        ("Appendix III", "annex_3", "3", ""),
    ],
)
def test_an_annex_begins(line: str, eid: str, number: str, heading: str) -> None:
    annex = parse(f"المادة 1\nنص.\n\n{line}\n\nأ- بند.").provisions[1]
    assert (annex.kind, annex.eid) == (ProvisionKind.ANNEX, eid)
    assert (annex.number, annex.heading) == (number, heading)
    assert annex.children[0].eid == f"{eid}__para_a"


@pytest.mark.parametrize(
    "line",
    [
        "الملحق رقم (1) من هذا القانون جزء منه.",
        "الملحق: الوثيقة المرفقة بالطلب.",
        "ملحق خاص بالرسوم:",
        "الجدول الزمني للتنفيذ:",
        "الجدول رقم (1)",
    ],
)
def test_a_sentence_begins_none(line: str) -> None:
    parsed = parse(f"المادة 1\nنص.\n\n{line}\n\nوآخر.")
    assert [node.kind for node in parsed.provisions] == [ProvisionKind.ARTICLE]
    assert parsed.warnings == ()


def test_a_table_belongs_to_the_provision_it_stands_in() -> None:
    text = f"المادة 1\nالرسوم:\n{TABLE}\nأ- بند:\n{TABLE}\n\n| وحده |\nب- بند.\nالمادة 2\nن."
    parsed = parse(text)
    assert outline(text) == [
        "art_1",
        "art_1__table_1",
        "art_1__para_a",
        "art_1__para_a__table_1",
        "art_1__para_a__table_2",
        "art_1__para_b",
        "art_2",
    ]
    assert parsed.provisions[0].children[0].text == TABLE


def test_a_heading_of_a_table_is_an_annex_behind_the_articles_alone() -> None:
    text = (
        f"المادة 1\nنص.\n\nالجدول رقم (1)\n\n{TABLE}\n\nالمادة 2\nن.\n\n"
        f"الجدول رقم (2)\nالرسوم\n\n{TABLE}\n\nالملحق رقم (1)\n\nنموذج."
    )
    assert outline(text) == [
        "art_1",
        "art_1__text_1",
        "art_1__table_1",
        "art_2",
        "table_2",
        "table_2__table_1",
        "annex_1",
    ]
    parsed = parse(text)
    assert (parsed.provisions[2].kind, parsed.provisions[2].heading) == (
        ProvisionKind.ANNEX,
        "الرسوم",
    )


def test_articles_of_an_annex_are_numbered_by_themselves() -> None:
    model = "المادة 1\nن.\n\nالمادة 2\nن.\n\n"
    text = f"{model}الملحق رقم (1): عقد\n\n{model}المادة 3\nن.\n\nالملحق رقم (2)\n\nالمادة 3\nعودة."
    parsed = parse(text)
    assert outline(text) == [
        "art_1",
        "art_2",
        "annex_1",
        "annex_1__art_1",
        "annex_1__art_2",
        "annex_1__art_3",
        "annex_2",
        "art_3",
    ]
    assert parsed.warnings == ()


def test_gaps_between_annexes_are_pointed_out() -> None:
    warnings = parse("المادة 1\nن.\nالملحق رقم (1)\nن\nالملحق رقم (3)\nن").warnings
    assert [(w.code, w.params["expected"]) for w in warnings] == [("number_gap", "2")]


def test_unnumbered_annexes_and_tables_are_kept_with_ids_of_their_own() -> None:
    text = f"{TABLE}\n\nالمادة 1\nن.\n\nالملحق\n\n{TABLE}\n\n{TABLE}\n\nالملحق\n\nن"
    assert outline(text) == [
        "table_1",
        "art_1",
        "annex_0",
        "annex_0__table_1",
        "annex_0__table_2",
        "annex_0-2",
    ]


def test_lists_that_a_word_processor_letters_have_no_gaps() -> None:
    letters = "".join(f"{letter}- ن.\n" for letter in "أبتثجح")
    assert parse(f"المادة 1\nما يلي:\n{letters}").warnings == ()
    by_hand = "".join(f"{letter}- ن.\n" for letter in "أبجدهـوز".replace("ـ", ""))
    assert parse(f"المادة 1\nما يلي:\n{by_hand}").warnings == ()


def test_numbered_headings_of_a_policy_are_sections() -> None:
    text = "# سياسة\n\n## 1. الغاية\n\nنص.\n\n1- بند.\n\n## 2. النطاق\n\nنص."
    assert outline(text) == [
        "text_1",
        "sec_1",
        "sec_1__text_1",
        "sec_1__point_1",
        "sec_2",
        "sec_2__text_1",
    ]
