"""Versions compared: what changed, told word by word, and never at a price without bound."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.draft_comparison import ChangeKind, Op, ProvisionText, compare, word_changes
from portal.domain.drafts import ProvisionKind


def provision(eid: str, text: str, heading: str = "") -> ProvisionText:
    return ProvisionText(eid, ProvisionKind.ARTICLE, eid.removeprefix("art_"), heading, text)


def applied(before: str, after: str) -> None:
    ops = word_changes(before, after)
    assert "".join(op.text for op in ops if op.op is not Op.INSERT) == before
    assert "".join(op.text for op in ops if op.op is not Op.DELETE) == after
    assert all(one.op is not other.op for one, other in pairwise(ops))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("", "نص", ["+نص"]),
        ("نص", "", ["-نص"]),
        ("نص واحد", "نص واحد", ["=نص واحد"]),
        ("خلال شهر.", "خلال شهر، ثم سنة.", ["=خلال شهر", "+، ثم سنة", "=."]),
        ("مدة شهر كامل", "مدة سنة كاملة", ["=مدة ", "-شهر كامل", "+سنة كاملة"]),
        ("خلال (30) يوماً", "خلال (60) يوماً", ["=خلال (", "-30", "+60", "=) يوماً"]),
    ],
)
def test_changes_are_told_word_by_word(before: str, after: str, expected: list[str]) -> None:
    signs = {Op.EQUAL: "=", Op.DELETE: "-", Op.INSERT: "+"}
    assert [signs[op.op] + op.text for op in word_changes(before, after)] == expected


LONG = " ".join(f"كلمة{number}" for number in range(300))
pieces = st.sampled_from(
    ["مدة", "مُدَّة", "يوماً", "15", "،", " ", "\n", ". ", "شهر", "\u200f", "٪", "\t", LONG]
)
texts = st.lists(pieces, max_size=30).map("".join)


@given(texts, texts)
@settings(deadline=None)
def test_changes_applied_to_one_text_give_the_other(before: str, after: str) -> None:
    applied(before, after)


def test_a_long_text_is_compared_within_the_sentences_that_differ() -> None:
    sentences = [f"تلتزم الجهة رقم {n} بنشر ما لديها خلال شهر واحد." for n in range(400)]
    before = " ".join(sentences)
    after = before.replace("رقم 200 بنشر", "رقم 200 بحفظ")
    applied(before, after)
    changed = [op.text for op in word_changes(before, after) if op.op is not Op.EQUAL]
    assert changed == ["بنشر", "بحفظ"]


def test_a_text_that_repeats_without_end_is_still_compared() -> None:
    applied("كلمة " * 50_000 + "أولى", "غيرها " + "كلمة " * 50_000)


def test_provisions_are_matched_by_id_and_a_lost_one_stands_in_its_place() -> None:
    old = [provision("art_1", "أ"), provision("art_2", "ب"), provision("art_3", "ج")]
    new = [provision("art_1", "أ", "عنوان"), provision("art_3", "ج"), provision("art_4", "د")]
    assert [(c.kind, c.old_eid, c.new_eid, c.before, c.after) for c in compare(old, new)] == [
        (ChangeKind.CHANGED, "art_1", "art_1", "أ", "عنوان\nأ"),
        (ChangeKind.GONE, "art_2", None, "ب", ""),
        (ChangeKind.SAME, "art_3", "art_3", "ج", "ج"),
        (ChangeKind.NEW, None, "art_4", "", "د"),
    ]


def test_a_word_is_changed_whole_with_its_marks() -> None:
    ops = word_changes("تكون المُدَّة شهراً", "تكون المُدَّتان شهراً")
    assert [(op.op.value, op.text) for op in ops] == [
        ("equal", "تكون "),
        ("delete", "المُدَّة"),
        ("insert", "المُدَّتان"),
        ("equal", " شهراً"),
    ]
