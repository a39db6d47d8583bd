"""Provisions of two versions matched: content first, number second."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.drafts import ProvisionKind, Relation
from portal.domain.provision_matching import Match, match
from portal.domain.provision_trees import ProvisionText
from tests.factories.versions import TEXTS, read, versions
from tests.shared import DRAFT_LAW, needs_shared

QUIET = {Relation.SAME, Relation.RENUMBERED}


def told(matches: tuple[Match, ...]) -> list[tuple[str, str, str]]:
    """What is more than a number, as `(old, new, relation)`."""
    return [(m.old_eid, m.new_eid, str(m.relation)) for m in matches if m.relation not in QUIET]


def counterpart(matches: tuple[Match, ...], old_eid: str) -> list[str]:
    return [m.new_eid for m in matches if m.old_eid == old_eid]


def draft(*articles: str) -> str:
    return "\n\n".join(f"المادة {at}:\n{text}" for at, text in enumerate(articles, start=1))


NAME = "تسمى هذه التعليمات تعليمات الحدائق ويعمل بها من تاريخ نشرها."
HOURS = "أ- تفتح الحديقة من السابعة صباحاً إلى الغروب.\nب- تغلق الحديقة يوماً في الأسبوع للصيانة."
BICYCLES = "يسمح بركوب الدراجات الهوائية في المسارات المخصصة لها وحدها."
TREES = "لا يجوز قطع الأشجار أو الإضرار بها أو الكتابة عليها."
COUNCIL = "يشكل مجلس للحدائق من ثلاثة أعضاء، ويجتمع كل شهر، ويرفع تقريره إلى الوزير."
FINES = "يعاقب كل من يلحق ضرراً بمرافق الحديقة بغرامة لا تزيد على مئة دينار."
FORCE = "يعمل به من تاريخ نشره"
ALL = (NAME, HOURS, BICYCLES, TREES, FINES)
WATER = "تروى الحدائق بالمياه المعالجة، وينشر المدير كميتها كل شهر."


def test_an_article_put_in_between_renumbers_all_that_follow() -> None:
    found = match(read(draft(*ALL)), read(draft(NAME, WATER, HOURS, BICYCLES, TREES, FINES)))
    assert told(found) == [("", "art_2", "new")]
    assert counterpart(found, "art_2__para_b") == ["art_3__para_b"]
    assert counterpart(found, "art_5") == ["art_6"]
    assert not any(each.doubtful for each in found)


def test_an_article_taken_out_is_gone_with_all_that_stands_under_it() -> None:
    found = match(read(draft(*ALL)), read(draft(NAME, BICYCLES, TREES, FINES)))
    gone = [("art_2", "", "gone"), ("art_2__para_a", "", "gone"), ("art_2__para_b", "", "gone")]
    assert told(found) == gone


def test_the_fewest_are_called_moved() -> None:
    found = match(read(draft(*ALL)), read(draft(FINES, NAME, HOURS, BICYCLES, TREES)))
    assert told(found) == [("art_5", "art_1", "moved")]


def test_a_paragraph_in_another_article_is_found_by_its_words() -> None:
    there = f"{TREES}\nأ- تغلق الحديقة يوماً في الأسبوع للصيانة."
    before = read(draft(NAME, HOURS, BICYCLES, TREES))
    found = match(before, read(draft(NAME, HOURS.split("\n")[0], BICYCLES, there)))
    assert told(found) == [("art_2__para_b", "art_4__para_a", "moved")]


def test_words_that_changed_are_the_same_provision_under_another_number() -> None:
    fines = FINES.replace("مئة دينار", "مئتي دينار")
    found = match(read(draft(*ALL)), read(draft(NAME, WATER, HOURS, BICYCLES, TREES, fines)))
    assert ("art_5", "art_6", "changed") in told(found)


def test_one_provision_whose_words_make_two_is_split() -> None:
    first = "يشكل مجلس للحدائق من ثلاثة أعضاء، ويجتمع كل شهر."
    second = "ويرفع المجلس تقريره إلى الوزير، وينشر التقرير على موقع الوزارة."
    whole = f"{first} {second}"
    found = match(read(draft(NAME, whole, TREES)), read(draft(NAME, first, second, TREES)))
    assert told(found) == [("art_2", "art_2", "split"), ("art_2", "art_3", "split")]


def test_two_provisions_whose_words_make_one_are_merged() -> None:
    merged = f"{BICYCLES} {TREES}"
    found = match(read(draft(NAME, BICYCLES, TREES, FINES)), read(draft(NAME, merged, FINES)))
    assert told(found) == [("art_2", "art_2", "merged"), ("art_3", "art_2", "merged")]


def test_an_article_parted_into_two_articles_keeps_its_paragraphs() -> None:
    long = f"{HOURS}\nج- {COUNCIL}\nد- {FINES}"
    parts = (HOURS, f"أ- {COUNCIL}\nب- {FINES}")
    found = match(read(draft(NAME, long, TREES)), read(draft(NAME, *parts, TREES)))
    assert told(found) == [("art_2", "art_2", "split"), ("art_2", "art_3", "split")]
    assert counterpart(found, "art_2__para_d") == ["art_3__para_b"]


def test_short_texts_that_repeat_are_told_apart_by_number_and_neighbours() -> None:
    before = (NAME, FORCE, BICYCLES, FORCE, TREES, FORCE)
    found = match(read(draft(*before)), read(draft(NAME, BICYCLES, FORCE, TREES, FORCE)))
    assert told(found) == [("art_2", "", "gone")]
    assert counterpart(found, "art_4") == ["art_3"]
    assert counterpart(found, "art_6") == ["art_5"]


def test_an_article_replaced_by_another_is_no_change_of_it() -> None:
    before = read("المادة 1: التسمية\n" + NAME + "\n\nالمادة 2: المجلس\n" + COUNCIL)
    after = read("المادة 1: التسمية\n" + NAME + "\n\nالمادة 2: الري\n" + WATER)
    assert told(match(before, after)) == [("", "art_2", "new"), ("art_2", "", "gone")]


def test_what_only_its_place_speaks_for_is_doubtful() -> None:
    after = "لا يسمح بركوب غيرها من المركبات، ولا بوقوفها عند المداخل، ولا بتأجيرها."
    found = match(read(draft(NAME, BICYCLES, TREES)), read(draft(NAME, after, TREES)))
    (one,) = [each for each in found if each.old_eid == "art_2"]
    assert (one.new_eid, one.relation, one.doubtful) == ("art_2", Relation.CHANGED, True)
    sure = match(
        read(draft(NAME, BICYCLES, TREES)), read(draft(NAME, after, TREES)), [("art_2", "art_2")]
    )
    assert not any(each.doubtful for each in sure)


def test_one_put_for_another_between_the_same_neighbours_is_asked_about() -> None:
    found = match(read(draft(NAME, BICYCLES, TREES)), read(draft(NAME, WATER, TREES)))
    (one,) = [each for each in found if each.old_eid == "art_2"]
    assert (one.new_eid, one.relation, one.doubtful) == ("art_2", Relation.CHANGED, True)
    told_so = [("art_2", ""), ("", "art_2")]
    said = match(read(draft(NAME, BICYCLES, TREES)), read(draft(NAME, WATER, TREES)), told_so)
    assert told(said) == [("", "art_2", "new"), ("art_2", "", "gone")]


def test_a_chapter_put_around_articles_moves_none_of_them() -> None:
    chapter = "الفصل الأول\nأحكام عامة\n\n"
    before, after = draft(*ALL), chapter + draft(*ALL)
    assert told(match(read(before), read(after))) == [("", "chp_1", "new")]


def test_an_article_in_another_chapter_has_moved() -> None:
    def chapters(first: list[str], second: list[str]) -> str:
        articles = draft(*first, *second).split("\n\n")
        at = len(first)
        parts = ["الفصل الأول\nالزوار", *articles[:at], "الفصل الثاني\nالمرافق", *articles[at:]]
        return "\n\n".join(parts)

    before = chapters([NAME, HOURS, BICYCLES], [TREES, FINES])
    after = chapters([NAME, HOURS], [BICYCLES, TREES, FINES])
    assert told(match(read(before), read(after))) == [("art_3", "art_3", "moved")]


@given(versions())
@settings(deadline=None, max_examples=60)
def test_a_version_matched_with_itself_is_the_same(version: list[ProvisionText]) -> None:
    found = match(version, version)
    assert [(m.old_eid, m.new_eid) for m in found] == [(each.eid, each.eid) for each in version]
    assert all(m.relation is Relation.SAME and not m.doubtful for m in found)


@given(versions(), versions())
@settings(deadline=None, max_examples=150)
def test_every_provision_of_both_is_in_a_match(
    old: list[ProvisionText], new: list[ProvisionText]
) -> None:
    found = match(old, new)
    assert {m.old_eid for m in found} - {""} == {each.eid for each in old}
    assert list(dict.fromkeys(m.new_eid for m in found if m.new_eid)) == [e.eid for e in new]
    pairs = [(m.old_eid, m.new_eid) for m in found]
    assert len(set(pairs)) == len(pairs)
    for each in found:
        alone = each.relation in (Relation.NEW, Relation.GONE)
        assert alone is (not each.old_eid or not each.new_eid)


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=12), st.integers(1, 3))
@settings(deadline=None, max_examples=60)
def test_renumbering_is_never_gone_and_new(texts: list[str], by: int) -> None:
    def numbered(first: int) -> list[ProvisionText]:
        kind = ProvisionKind.ARTICLE
        return [
            ProvisionText(f"art_{at}", kind, str(at), "", text)
            for at, text in enumerate(texts, start=first)
        ]

    found = match(numbered(1), numbered(1 + by))
    assert {m.relation for m in found} == {Relation.RENUMBERED}


@given(versions(), versions(), st.data())
@settings(deadline=None, max_examples=80)
def test_what_the_drafter_confirmed_is_obeyed(
    old: list[ProvisionText], new: list[ProvisionText], data: st.DataObject
) -> None:
    olds = data.draw(st.lists(st.sampled_from([e.eid for e in old] or [""]), unique=True))
    news = [each.eid for each in new]
    given_ = [(eid, data.draw(st.sampled_from([*news, ""]))) for eid in olds if eid]
    found = {(m.old_eid, m.new_eid): m for m in match(old, new, given_)}
    for pair in given_:
        assert found[pair].confirmed
        assert not found[pair].doubtful
        others = [new_eid for old_eid, new_eid in found if old_eid == pair[0]]
        if not pair[1]:
            assert others == [""]


def law() -> tuple[str, list[str]]:
    """The head of the real draft and the text of each article."""
    head, *articles = re.split(r"(?m)^(?=المادة)", DRAFT_LAW.read_text(encoding="utf-8"))
    return head, [re.sub(r"^المادة [٠-٩]+:\s*", "", each) for each in articles]


def built(articles: list[str]) -> list[ProvisionText]:
    head, _articles = law()
    return read(head + "".join(f"المادة {at}:\n\n{a}" for at, a in enumerate(articles, start=1)))


@needs_shared
class TestTheRealDraftLaw:
    def test_an_article_put_in(self) -> None:
        _head, arts = law()
        found = match(built(arts), built([*arts[:11], f"{WATER}\n\n", *arts[11:]]))
        assert told(found) == [("", "art_12", "new")]
        assert counterpart(found, "art_20__para_a__point_4") == ["art_21__para_a__point_4"]

    def test_an_article_taken_out(self) -> None:
        _head, arts = law()
        found = match(built(arts), built([*arts[:7], *arts[8:]]))
        assert {m.old_eid.partition("__")[0] for m in found if m.relation is Relation.GONE} == {
            "art_8"
        }
        assert {kind for _old, _new, kind in told(found)} == {"gone"}

    def test_an_article_moved(self) -> None:
        _head, arts = law()
        found = match(built(arts), built([*arts[:4], arts[20], *arts[4:20], *arts[21:]]))
        assert told(found) == [("art_21", "art_5", "moved")]

    def test_an_article_split(self) -> None:
        _head, arts = law()
        first, second = arts[4].split("ب-", 1)
        found = match(built(arts), built([*arts[:4], first, f"أ-{second}", *arts[5:]]))
        assert told(found) == [("art_5", "art_5", "split"), ("art_5", "art_6", "split")]
        assert counterpart(found, "art_5__para_b__point_2") == ["art_6__para_a__point_2"]

    def test_one_word_everywhere(self) -> None:
        _head, arts = law()
        found = match(built(arts), built([a.replace("البيانات", "المعلومات") for a in arts]))
        assert {m.relation for m in found} == {Relation.SAME, Relation.CHANGED}
        assert all(m.old_eid == m.new_eid and not m.doubtful for m in found)


@pytest.mark.parametrize("size", [400])
def test_the_same_short_text_many_times_is_matched_in_order(size: int) -> None:
    texts = [FORCE] * size
    found = match(read(draft(*texts)), read(draft(*texts[1:], WATER)))
    pairs = [m for m in found if m.score == 1]
    assert len(pairs) == size - 1
    assert all(a.old_eid != b.old_eid for a, b in pairwise(pairs))
