"""The structure of a draft, found in its text, with nothing lost."""

from __future__ import annotations

import pytest

from portal.domain.draft_checks import check_publishable
from portal.domain.draft_lines import plain
from portal.domain.draft_parsing import MAX_ARTICLES, parse
from portal.domain.draft_tree import as_json, reassemble, walk
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError
from tests.shared import DRAFT_LAW, needs_shared

ARTICLE, PARAGRAPH, POINT = ProvisionKind.ARTICLE, ProvisionKind.PARAGRAPH, ProvisionKind.POINT


def bare(text: str) -> str:
    return "".join(plain(text).split())


@pytest.mark.parametrize(
    ("line", "kind", "number", "eid"),
    [
        ("المادة ١:", ARTICLE, "1", "art_1"),
        ("المادة 12", ARTICLE, "12", "art_12"),
        ("مادة (٣)", ARTICLE, "3", "art_3"),
        ("المادة الأولى:", ARTICLE, "1", "art_1"),
        ("الماده الثانية عشرة", ARTICLE, "12", "art_12"),
        ("المادة الحادية والعشرون -", ARTICLE, "21", "art_21"),
        ("### المادة 4: النشر", ARTICLE, "4", "art_4"),
        ("**المادة 4:** النشر", ARTICLE, "4", "art_4"),
        ("Article 5. Publication", ARTICLE, "5", "art_5"),
        ("الباب الأول: أحكام عامة", ProvisionKind.PART, "1", "part_1"),
        ("الفصل الثاني", ProvisionKind.CHAPTER, "2", "chp_2"),
        ("القسم ٣:", ProvisionKind.SECTION, "3", "sec_3"),
        ("أ- نص", PARAGRAPH, "أ", "para_a"),
        ("جـ- نص", PARAGRAPH, "ج", "para_c"),
        ("(هـ) نص", PARAGRAPH, "ه", "para_e"),
        ("د) نص", PARAGRAPH, "د", "para_d"),
        ("٣-أن لا", POINT, "3", "point_3"),
        ("1. نص", POINT, "1", "point_1"),
        ("(٢) نص", POINT, "2", "point_2"),
    ],
)
def test_a_line_begins_a_provision(line: str, kind: ProvisionKind, number: str, eid: str) -> None:
    found = parse(line).provisions[0]
    assert (found.kind, found.number, found.eid) == (kind, number, eid)


@pytest.mark.parametrize(
    "line",
    [
        "المادة (٦) من هذا القانون تسري على الجميع",  # a citation in a sentence
        "المادة المطلوبة متوفرة",
        "2026-11-23 تاريخ",
        "٣٫٥ بالمئة",
        "وزارة العدل",
    ],
)
def test_a_sentence_begins_nothing(line: str) -> None:
    assert parse(line).provisions[0].kind is ProvisionKind.TEXT


def test_paragraphs_and_points_nest_as_they_are_written() -> None:
    text = "المادة 1: عنوان\nمقدمة:\nأ- أول:\n1- واحد\n2- اثنان\nب- ثان\nالمادة 2\nنص."
    found = [(node.eid, depth) for node, depth in walk(parse(text).provisions)]
    assert found == [
        ("art_1", 0),
        ("art_1__para_a", 1),
        ("art_1__para_a__point_1", 2),
        ("art_1__para_a__point_2", 2),
        ("art_1__para_b", 1),
        ("art_2", 0),
    ]


def test_letters_under_points_come_back_to_the_points() -> None:
    text = "المادة 1\n1- واحد:\nأ- حرف\nب- حرف\n2- اثنان"
    assert [node.eid for node, _depth in walk(parse(text).provisions)] == [
        "art_1",
        "art_1__point_1",
        "art_1__point_1__para_a",
        "art_1__point_1__para_b",
        "art_1__point_2",
    ]


def test_articles_are_numbered_through_parts_and_a_repeat_has_its_own_id() -> None:
    text = "الباب الأول\nأحكام عامة\nالمادة 1\nنص.\nالباب الثاني\nالمادة 1\nنص آخر."
    parsed = parse(text)
    assert [node.eid for node, _ in walk(parsed.provisions)] == [
        "part_1",
        "art_1",
        "part_2",
        "art_1-2",
    ]
    assert parsed.provisions[0].heading == "أحكام عامة"
    assert [warning.code for warning in parsed.warnings] == ["number_repeat"]


def test_each_definition_is_a_provision_of_its_own() -> None:
    text = "المادة 2\nيكون للكلمات التالية المعاني المخصصة لها:\nالبوابة: الموقع.\nالجهة: الوزارة."
    article = parse(text).provisions[0]
    assert [(child.kind, child.text) for child in article.children] == [
        (ProvisionKind.TEXT, "البوابة: الموقع."),
        (ProvisionKind.TEXT, "الجهة: الوزارة."),
    ]


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("المادة 1\nن\nالمادة 3\nن", "number_gap", "2"),
        ("المادة 1\nن\nالمادة 1\nن", "number_repeat", ""),
        ("المادة 2\nن\nالمادة 1\nن", "number_back", ""),
        ("المادة 3\nن\nالمادة 4\nن", "number_start", "1–2"),
        ("المادة 1\nأ- ن\nج- ن", "number_gap", "ب"),
        ("المادة 1\n1- ن\n3- ن", "number_gap", "2"),
    ],
)
def test_faults_of_numbering_are_pointed_out(text: str, code: str, expected: str) -> None:
    warning = parse(text).warnings[0]
    assert (warning.code, warning.params["expected"]) == (code, expected)
    assert warning.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("  \n ", "draft_empty"),
        ("ن" * 2_000_001, "draft_too_long"),
        ("\n".join(f"المادة {n}:\nنص" for n in range(1, MAX_ARTICLES + 2)), "too_many_articles"),
        ("المادة 1\x00", "control_characters"),
        ("المادة 1\ud800", "control_characters"),
    ],
)
def test_bad_input_is_refused(text: str, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        parse(text)


def test_a_text_without_an_article_is_shown_but_not_published() -> None:
    parsed = parse("كلام لا مواد فيه")
    assert parsed.warnings[0].code == "no_article"
    with pytest.raises(DomainError, match="draft_no_article"):
        check_publishable(node.kind for node, _ in walk(parsed.provisions))


@needs_shared
def test_the_real_draft_law_gives_its_articles_paragraphs_and_points() -> None:
    source = DRAFT_LAW.read_text(encoding="utf-8")
    parsed = parse(source)
    articles = [node for node in parsed.provisions if node.kind is ARTICLE]
    assert [node.number for node in articles] == [str(n) for n in range(1, 25)]
    paragraphs = [sum(c.kind is PARAGRAPH for c in node.children) for node in articles]
    points = [sum(n.kind is POINT for n, _ in walk(node.children)) for node in articles]
    assert paragraphs == [0, 0, 2, 3, 2, 2, 7, 6, 4, 2, 2, 4, 0, 5, 2, 3, 11, 5, 2, 3, 2, 0, 3, 0]
    assert points == [0, 0, 0, 7, 6, 8, 0, 0, 0, 4, 13, 0, 0, 3, 6, 4, 0, 0, 2, 4, 0, 0, 0, 0]
    assert len(articles[1].children) == 17  # definitions
    assert [(w.code, w.line, w.params["expected"]) for w in parsed.warnings] == [
        ("number_gap", 332, "ي")
    ]
    assert bare(reassemble(parsed)) == bare(source)
    assert set(as_json(parsed)) == {"title", "provisions", "warnings"}
