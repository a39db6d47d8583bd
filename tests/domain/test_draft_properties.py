"""Whatever the text: nothing of it is lost, ids are unique, reading it again gives the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.draft_lines import plain
from portal.domain.draft_parsing import MAX_ARTICLES, MAX_PROVISIONS, parse
from portal.domain.draft_tree import ParsedDraft, reassemble, walk
from portal.domain.errors import DomainError
from tests.shared import DRAFT_LAW, needs_shared

MARKERS = """المادة 1:|المادة الثانية|المادة (3)|المادة الكاذبة:|مادة ٤ مكرر -|أ-|ب-|جـ-|(أ)|(ب)|د.
|أ.|a)|b.|(c)|1-|٢-|(١)|(7)|3.|5)|الباب الأول|الباب 2:|الفصل الحادي|والعشرون|القسم ٣:|##|#|**|***
|__|---|الملحق رقم (1)|ملحق (أ)|الملحق|Annex B:|Schedule 1|الجدول رقم (1)|الجدول الثاني: رسوم|
Article 3|Part I|## 1.|## 2. نص|ت-|- |* |> |أ ـ|1 ـ|الباب التمهيدي|هـ|:|.|/|،|-"""
WORDS = """نص|يسمى هذا النظام.|(٦)|كلمة: معنى|المعاني المخصصة لها:|[|]|عنوان طويل جدا"""
LONG = "كلمة طويلة " * 13  # more than a heading may have
pieces = st.one_of(
    st.sampled_from([each.strip("\n") for each in f"{MARKERS}|{WORDS}".split("|")]),
    st.sampled_from(["\n", "\n\n", " ", "\u200f", "\u202b", "\u202e", "\x07", "ن\ufeff", LONG]),
    st.sampled_from(["| أ | ب |", "|", "|\n| - |", "| --- |", "\\|", "\n| خلية |\n"]),
)
texts = st.builds(str.join, st.sampled_from(["", " "]), st.lists(pieces, max_size=16)).filter(
    lambda text: bool(bare(text))
)


def bare(text: str) -> str:
    return "".join(plain(text).split())


def shape(parsed: ParsedDraft) -> list[tuple[object, ...]]:
    return [
        (node.eid, node.kind, node.number, depth, *map(bare, (node.heading, node.text)))
        for node, depth in walk(parsed.provisions)
    ]


@given(texts)
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost(text: str) -> None:
    assert bare(reassemble(parse(text))) == bare(text)


@given(texts)
@settings(deadline=None)
def test_ids_are_unique(text: str) -> None:
    eids = [node.eid for node, _depth in walk(parse(text).provisions)]
    assert len(set(eids)) == len(eids)


@given(texts)
@settings(max_examples=300, deadline=None)
def test_the_text_put_together_has_the_same_structure(text: str) -> None:
    parsed = parse(text)
    again = parse(reassemble(parsed))
    assert shape(again) == shape(parsed)
    assert again.title == parsed.title


@needs_shared
def test_the_real_draft_law_put_together_has_the_same_structure() -> None:
    parsed = parse(DRAFT_LAW.read_text(encoding="utf-8"))
    assert shape(parse(reassemble(parsed))) == shape(parsed)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("المادة 1:\nنص\n" * (MAX_ARTICLES + 1), "draft_too_many_articles"),
        ("أ- نص\n" * (MAX_PROVISIONS + 1), "draft_too_many_provisions"),
        ("أ- 1- " * MAX_PROVISIONS, "draft_too_many_provisions"),
        ("ن\n" * 900_000, "draft_too_many_provisions"),
    ],
)
def test_a_text_without_measure_is_refused(text: str, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "*" * 500_000,
        "# " * 250_000,
        "المادة 1" + "-" * 500_000,
        "المادة" + " كلمة" * 90_000,
        "الم" + "ـ" * 500_000,
        "(" * 500_000,
        "1- ن\nأ- ن\n" * 5_000,
    ],
)
def test_no_line_is_too_odd_to_be_read(text: str) -> None:
    assert bare(reassemble(parse(text))) == bare(text)
