"""Versions compared: what changed, told word by word, and never at a price without bound."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.draft_comparison import Op, compare, own_words, stretches, word_changes
from portal.domain.drafts import ProvisionKind, Relation
from portal.domain.provision_trees import ProvisionText
from tests.factories.versions import versions


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


def test_a_lost_provision_stands_in_its_place() -> None:
    old = [provision("art_1", "أ"), provision("art_2", "ب"), provision("art_3", "ج")]
    new = [provision("art_1", "أ", "عنوان"), provision("art_3", "ج"), provision("art_4", "د")]
    assert [(c.relation, c.old_eid, c.new_eid, c.before, c.after) for c in compare(old, new)] == [
        (Relation.CHANGED, "art_1", "art_1", "أ", "عنوان\nأ"),
        (Relation.GONE, "art_2", "", "ب", ""),
        (Relation.SAME, "art_3", "art_3", "ج", "ج"),
        (Relation.NEW, "", "art_4", "", "د"),
    ]


def test_a_word_is_changed_whole_with_its_marks() -> None:
    ops = word_changes("تكون المُدَّة شهراً", "تكون المُدَّتان شهراً")
    assert [(op.op.value, op.text) for op in ops] == [
        ("equal", "تكون "),
        ("delete", "المُدَّة"),
        ("insert", "المُدَّتان"),
        ("equal", " شهراً"),
    ]


@given(versions(), versions())
@settings(deadline=None, max_examples=150)
def test_a_comparison_applied_to_one_version_gives_the_other(
    old: list[ProvisionText], new: list[ProvisionText]
) -> None:
    changes = compare(old, new)
    here = {each.eid: each for each in old}
    words: dict[str, str] = {}
    taken: dict[str, str] = {}
    for change in changes:
        ops = word_changes(change.before, change.after)
        stayed = bool(
            change.old
            and change.new
            and change.old.heading == change.new.heading
            and change.relation not in (Relation.SPLIT, Relation.MERGED)
        )
        heading = here[change.old_eid].heading + "\n" if stayed and change.old else ""
        heading = heading if heading != "\n" else ""
        before = "".join(op.text for op in ops if op.op is not Op.INSERT)
        after = "".join(op.text for op in ops if op.op is not Op.DELETE)
        if change.old_eid:
            said = (heading + before).removesuffix("\n") if stayed else before
            taken[change.old_eid] = taken.get(change.old_eid, "") + said
        if change.new_eid:
            said = (heading + after).removesuffix("\n") if stayed else after
            words[change.new_eid] = words.get(change.new_eid, "") + said
        if change.relation is Relation.SAME:
            assert here[change.old_eid]._replace(depth=0) == change.new._replace(depth=0)  # type: ignore[union-attr]
    assert list(words.items()) == [(each.eid, own_words(each)) for each in new]
    for eid, said in taken.items():
        merged = [c for c in changes if c.old_eid == eid]
        assert said == own_words(here[eid]), merged
    assert set(taken) == set(here)


@given(st.text("أب ج.\n", max_size=40), st.lists(st.text("أب ج.\n", max_size=20), min_size=1))
@settings(deadline=None)
def test_stretches_joined_are_the_whole(whole: str, parts: list[str]) -> None:
    cut = stretches(whole, parts)
    assert len(cut) == len(parts)
    assert "".join(cut) == whole


def test_a_text_is_cut_where_its_parts_begin() -> None:
    whole = "يلتزم المسؤول بالسرية. ويعاقب المخالف بغرامة."
    parts = ["يلتزم المسؤول والمعالج بالسرية.", "يعاقب المخالف بغرامة مالية."]
    assert stretches(whole, parts) == ["يلتزم المسؤول بالسرية. ", "ويعاقب المخالف بغرامة."]
