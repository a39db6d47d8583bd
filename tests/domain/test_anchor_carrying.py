"""Comments carried from version to version: to the same words, or to none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.anchor_carrying import Anchor, Pairs, carry
from portal.domain.anchor_words import Position, pieces, without_space
from portal.domain.anchors import select
from portal.domain.drafts import Standing
from portal.domain.reading import Provision, Reading, read

EXACT, SHIFTED, ORPHANED = Standing.EXACT, Standing.SHIFTED, Standing.ORPHANED


def version(*provisions: tuple[str, str]) -> Reading:
    return read(Provision(eid, eid.count("__"), "", text) for eid, text in provisions)


def on(reading: Reading, eid: str, words: str) -> Anchor:
    """An anchor on these words of a provision."""
    start = reading.words(eid).index(words)
    found = select(reading.words(eid), start, start + len(words))
    assert found is not None
    return Anchor(eid, found.position, found.quote)


def same(reading: Reading) -> Pairs:
    return {eid: (eid,) for eid in reading.spans}


OLD = version(
    ("art_1", "تسري أحكام هذا النظام على الحدائق العامة"),
    ("art_2", "يعاقب من يخالف هذا النظام بغرامة مقدارها عشرة دنانير"),
    ("art_2__para_a", "تضاعف الغرامة عند التكرار"),
    ("art_2__para_b", "لا تفرض الغرامة على القاصر ولا على وليه"),
    ("art_3", "يصدر الوزير التعليمات اللازمة"),
)
WORDS = on(OLD, "art_2", "غرامة مقدارها")


@pytest.mark.parametrize(
    ("now", "pairs", "standing", "eid", "near"),
    [
        # The article stayed, or changed after the words.
        ({}, {}, EXACT, "art_2", ""),
        ({"art_2": "يعاقب من يخالف هذا النظام بغرامة مقدارها مئة دينار"}, {}, EXACT, "art_2", ""),
        # Something came before them.
        ({"art_2": "مع مراعاة المادة الأولى، يعاقب بغرامة مقدارها مئة"}, {}, SHIFTED, "art_2", ""),
        # The article has another number: the same place of the provision it became.
        ({"art_2": None, "art_9": "يعاقب من يخالف هذا النظام بغرامة مقدارها عشرة دنانير"},
         {"art_2": ("art_9",)}, EXACT, "art_9", ""),
        # The sentence went into another article.
        ({"art_2": "تنشر العقوبة", "art_3": "وكل من يخالف هذا النظام بغرامة مقدارها عشرة دنانير"},
         {}, SHIFTED, "art_3", ""),
        # Other words, however close.
        ({"art_2": "يعاقب من يخالف هذا النظام بغرامةٍ مقدارها عشرة"}, {}, ORPHANED, "", "art_2"),
        ({"art_2": "يعاقب من يخالف هذا النظام"}, {}, ORPHANED, "", "art_2"),
        # The article is gone: the one before it is near.
        ({"art_2": None, "art_2__para_a": None, "art_2__para_b": None}, {"art_2": ()},
         ORPHANED, "", "art_1"),
    ],
)  # fmt: skip
def test_words_are_carried(
    now: dict[str, str | None], pairs: Pairs, standing: Standing, eid: str, near: str
) -> None:
    texts = {each: OLD.text[s.start : s.end] for s in OLD.stretches for each in (s.eid,)}
    new = version(*((e, t) for e, t in {**texts, **now}.items() if t is not None))
    (found,) = carry([WORDS], OLD, new, {**same(OLD), **pairs})
    assert (found.standing, found.eid, found.near) == (standing, eid, near)
    if found.at:
        assert new.words(found.eid)[slice(*found.at)] == WORDS.quote.exact


@pytest.mark.parametrize(
    ("eid", "pairs", "expected"),
    [
        ("art_3", {"art_3": ("art_3",)}, (EXACT, "art_3", "")),
        ("art_3", {"art_3": ("art_4",)}, (EXACT, "art_4", "")),
        ("art_3", {"art_3": ("art_3", "art_4")}, (SHIFTED, "art_3", "")),
        ("art_3", {"art_2": ("art_2",)}, (ORPHANED, "", "art_2")),  # the neighbour before
        ("art_2__para_b", {"art_2": ("art_3",)}, (ORPHANED, "", "art_3")),  # what the parent is
        ("art_1", {"art_3": ("art_4",)}, (ORPHANED, "", "art_4")),  # the neighbour after
        ("art_1", {}, (ORPHANED, "", "art_1")),  # the first that there is
    ],
)
def test_a_comment_on_a_whole_provision_goes_where_it_went(
    eid: str, pairs: Pairs, expected: tuple[Standing, str, str]
) -> None:
    new = version(*((each, "كلام آخر") for each in ("art_1", "art_2", "art_3", "art_4")))
    (found,) = carry([Anchor(eid)], OLD, new, pairs)
    assert (found.standing, found.eid, found.near) == expected


def test_of_several_places_the_surroundings_choose() -> None:
    old = version(("art_1", "خلال شهر من النشر، ويرد خلال شهر من الطلب"))
    new = version(("art_1", "يقدم خلال شهر من العلم، ويرد خلال شهر من الطلب، وينشر خلال شهر"))
    text = old.text
    first, second = (select(text, at, at + 8) for at in (0, text.rindex("خلال شهر")))
    assert first is not None
    assert second is not None
    anchors = [Anchor("art_1", each.position, each.quote) for each in (first, second)]
    lost, found = carry(anchors, old, new, same(old))
    assert found.at == Position(new.text.index("خلال شهر من الطلب"), new.text.index(" من الطلب"))
    # "من" on one side alone is found at two places just as well.
    assert lost.standing in (SHIFTED, ORPHANED)


def test_words_that_come_back_are_found_again() -> None:
    gone = version(("art_1", "كلام آخر"), ("art_2", "يعاقب من يخالف"))
    (orphan,) = carry([WORDS], OLD, gone, {"art_2": ("art_2",)})
    assert (orphan.standing, orphan.near, orphan.quote) == (ORPHANED, "art_2", WORDS.quote)
    (back,) = carry([orphan], gone, OLD, same(gone))
    assert (back.eid, back.at, back.standing) == ("art_2", WORDS.at, SHIFTED)


def test_a_place_that_somebody_chose_stays_with_the_provision() -> None:
    placed = Anchor("art_1", None, WORDS.quote, SHIFTED)
    new = version(("art_1", "كلام"), ("art_7", "كلام"))
    (found,) = carry([placed], OLD, new, {"art_1": ("art_7",)})
    assert (found.eid, found.at, found.standing) == ("art_7", None, SHIFTED)


EIDS = ("art_1", "art_1__para_a", "art_1__para_b", "art_2", "art_2__para_a", "art_3")
sentence = st.lists(st.sampled_from(["حقٌّ", "حق", "الناس", "في", "نص", "،", "مُدَّة"]), max_size=9)
versions = st.lists(sentence, min_size=len(EIDS), max_size=len(EIDS))


def laid_out(sentences: list[list[str]], gap: str = " ") -> Reading:
    rows = zip(EIDS, sentences, strict=True)
    return version(*((eid, gap.join(words)) for eid, words in rows if words or eid == "art_1"))


def anchors_on(reading: Reading, data: st.DataObject) -> list[Anchor]:
    found = []
    for _each in range(data.draw(st.integers(1, 5))):
        eid = data.draw(st.sampled_from(sorted(reading.spans)))
        words = reading.words(eid)
        start = data.draw(st.integers(0, max(len(words) - 1, 0)))
        made = select(words, start, start + data.draw(st.integers(1, 30)))
        found.append(Anchor(eid, made.position, made.quote) if made else Anchor(eid))
    return found


def pairs_of(old: Reading, new: Reading, data: st.DataObject) -> Pairs:
    there = st.lists(st.sampled_from(sorted(new.spans)), max_size=2, unique=True)
    return {eid: tuple(data.draw(there)) for eid in old.spans if data.draw(st.booleans())}


def check_law(old: Anchor, found: Anchor, new: Reading) -> None:
    """The anchor points at the words that it quotes, whole ones, or at none."""
    assert found.quote.exact == old.quote.exact
    assert (found.standing is ORPHANED) == (found.eid == "")
    assert found.near == "" or (found.near in new.spans and not found.eid)
    assert found.near or found.eid, "something is always near"
    if found.at is None:
        return
    words = new.words(found.eid)
    assert 0 <= found.at.start < found.at.end <= len(words)
    pointed = words[slice(*found.at)]
    assert without_space(pointed) == without_space(old.quote.exact)
    assert pieces(pointed) == pieces(old.quote.exact)
    again = select(words, *found.at)
    assert again is not None
    assert again.position == found.at, "no word is cut"


@settings(max_examples=150, deadline=None)
@given(st.data(), versions, versions, versions)
def test_an_anchor_never_points_at_other_words_than_those_it_quotes(
    data: st.DataObject, one: list[list[str]], two: list[list[str]], three: list[list[str]]
) -> None:
    readings = [laid_out(one), laid_out(two, "  "), laid_out(three)]
    made = anchors_on(readings[0], data)
    at = made
    for old, new in pairwise(readings):
        carried = carry(at, old, new, pairs_of(old, new, data))
        for before, found in zip(made, carried, strict=True):
            check_law(before, found, new)
        at = list(carried)


@settings(max_examples=100, deadline=None)
@given(st.data(), versions)
def test_where_nothing_changed_everything_stays(
    data: st.DataObject, sentences: list[list[str]]
) -> None:
    reading = laid_out(sentences)
    made = anchors_on(reading, data)
    assert carry(made, reading, reading, same(reading)) == tuple(made)
    spaced = laid_out(sentences, "\n ")
    found = carry(made, reading, spaced, same(reading))
    for before, after in zip(made, found, strict=True):
        check_law(before, after, spaced)
        assert after.eid in ("", before.eid)
