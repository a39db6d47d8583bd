"""Markers as people really write them, and what only looks like one."""

from __future__ import annotations

import pytest

from portal.domain.draft_parsing import parse
from portal.domain.draft_tree import walk


def outline(text: str) -> list[str]:
    return [node.eid for node, _depth in walk(parse(text).provisions)]


@pytest.mark.parametrize(
    ("line", "eid", "heading"),
    [
        ("المــادة (١)", "art_1", ""),
        ("المادّة ٢ - التعريفات", "art_2", "التعريفات"),
        ("\u200fالمادة 3:", "art_3", ""),
        ("المادة رقم (122):", "art_122", ""),
        ("المادة -7-", "art_7", ""),
        ("المادة (الأولى):", "art_1", ""),
        ("المادة العاشرة", "art_10", ""),
        ("المادة التاسعة عشرة: النفاذ", "art_19", "النفاذ"),
        ("المادة التسعون", "art_90", ""),
        ("المادة المئة", "art_100", ""),
        ("المادة الأولى بعد المائة:", "art_101", ""),
        ("المادة الثانية عشرة بعد المئة:", "art_112", ""),
        ("المادة التاسعة والتسعون بعد المئة:", "art_199", ""),
        ("### المادة 4 التسمية", "art_4", "التسمية"),
        ("### المادة الحادية عشرة النشر", "art_11", "النشر"),
        ("## الباب التمهيدي: أحكام", "part_0", "أحكام"),
        ("Article Three:", "art_3", ""),
        ("PART IV - General", "part_4", "General"),
        ("Section 2. Scope", "sec_2", "Scope"),
    ],
)
def test_a_division_is_recognised_however_it_is_written(line: str, eid: str, heading: str) -> None:
    found = parse(f"{line}\nنص طويل ينتهي بنقطة.\nوآخر.").provisions[0]
    assert (found.eid, found.heading) == (eid, heading)


@pytest.mark.parametrize(
    "line", ["أ\u200f- نص", "أ ـ نص", "أـ نص", "أ/ نص", "- أ- نص", "(أ)- نص", "أ – نص", "إ- نص"]
)
def test_a_paragraph_is_recognised_however_it_is_written(line: str) -> None:
    assert outline(f"المادة 1\n{line}") == ["art_1", "art_1__para_a"]


def test_paragraphs_and_points_may_begin_on_the_line_of_their_article() -> None:
    text = "المادة 3- أ- 1- الأشخاص.\n2- الجهات.\nب- نص."
    assert outline(text) == [
        "art_3",
        "art_3__para_a",
        "art_3__para_a__point_1",
        "art_3__para_a__point_2",
        "art_3__para_b",
    ]


def test_english_lists_are_nested_too() -> None:
    text = "Article 1\nThis applies:\n(a) to all;\n(b) to some:\n1. one\n2. two\n\nArticle 2\nText."
    assert outline(text) == [
        "art_1",
        "art_1__para_a",
        "art_1__para_b",
        "art_1__para_b__point_1",
        "art_1__para_b__point_2",
        "art_2",
    ]


def test_letters_may_stand_under_points_that_stand_under_letters() -> None:
    text = "المادة 1\nأ- كذا:\n1- واحد:\nأ- حرف\nب- حرف\n2- اثنان\nب- كذا"
    assert outline(text) == [
        "art_1",
        "art_1__para_a",
        "art_1__para_a__point_1",
        "art_1__para_a__point_1__para_a",
        "art_1__para_a__point_1__para_b",
        "art_1__para_a__point_2",
        "art_1__para_b",
    ]


def test_a_sentence_after_points_stays_in_its_place() -> None:
    text = "المادة 2\n1- واحد.\n2- اثنان.\nوتسري هذه الأحكام على الجميع.\n3- ثلاثة."
    assert outline(text) == [
        "art_2",
        "art_2__point_1",
        "art_2__point_2",
        "art_2__text_1",
        "art_2__point_3",
    ]


def test_a_line_wrapped_within_a_sentence_begins_nothing() -> None:
    text = "المادة 1\nعلى الجهة وفقا للفقرة\n(أ) من هذه المادة وخلال\n(٧) أيام الرد.\nأ- كذا."
    article = parse(text).provisions[0]
    assert article.text.count("\n") == 2
    assert [child.eid for child in article.children] == ["art_1__para_a"]


def test_a_title_before_a_name_is_no_paragraph() -> None:
    assert outline("المادة 1\nنص.\n\nد. فلان\n\nم. فلان") == [
        "art_1",
        "art_1__text_1",
        "art_1__text_2",
    ]


def test_bullets_are_texts_of_their_own() -> None:
    article = parse("المادة 1\nما يلي\n- أول\n- ثان").provisions[0]
    assert [(child.marker, child.text) for child in article.children] == [
        ("-", "أول"),
        ("-", "ثان"),
    ]


def test_an_article_put_in_between_is_no_fault_of_numbering() -> None:
    parsed = parse("المادة 1\nن.\nالمادة 1 مكرر:\nن.\nالمادة 2\nن.")
    assert [(node.eid, node.number) for node in parsed.provisions] == [
        ("art_1", "1"),
        ("art_1-2", "1 مكرر"),
        ("art_2", "2"),
    ]
    assert parsed.warnings == ()


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("المادة 1\nن.\nالمادة المكسورة:\nن.", [(3, "number_unread")]),
        ("المادة 1\nن.\nالمادة 3\nن.\nالمادة 2\nن.\nالمادة 4\nن.", [(5, "number_back")]),
        ("المادة 1\nن.\nالمادة 2\nن.\nالمادة 1\nن.\nالمادة 3\nن.", [(5, "number_repeat")]),
        ("المادة 1\nأ- ن.\nب- ن.\nالمادة 2\nأ- ن.\nب- ن.", []),
        # A slip of the hand is told once, where it is and where the order is found again.
        (
            "المادة 1\nن.\nالمادة 22\nن.\nالمادة 3\nن.\nالمادة 4\nن.",
            [(3, "number_gap"), (5, "number_back")],
        ),
        ("المادة 1\nأ- ن.\nهـ- ن.", [(3, "number_gap")]),
        ("المادة 1\nب- ن.", [(2, "number_start")]),
    ],
)
def test_faults_are_named_once_where_they_stand(text: str, warnings: list[tuple[int, str]]) -> None:
    found = parse(text).warnings
    assert [(warning.line, warning.code) for warning in found] == warnings
    assert all("{" not in warning.message for warning in found)
