"""What is chosen, quoted and proposed, settled against the text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.domain.anchor_words import Position
from portal.domain.draft_comparison import Op
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.proposals import marked_changes
from portal.domain.quoting import choose, choose_again
from portal.domain.reading import Provision, read
from portal.domain.submissions import Point, Target, check_point
from portal.domain.visibility import Mask

OLD = read(
    (
        Provision("chp_1", 0, "أحكام عامة", ""),
        Provision("art_1", 1, "التعريفات", "يقصد بما يأتي:"),
        Provision("art_1__text_1", 2, "", "البوابة: الموقع المعتمد."),
        Provision("art_1__para_a", 2, "", "المستخدِم هو كل شخص"),
        Provision("art_2", 1, "", "تسري أحكام هذا النظام."),
        Provision("art_3", 0, "", "يلغى كل نص يخالفه."),
    )
)
OFFERED = {"chp_1", "art_1", "art_1__para_a", "art_2", "art_3"}


def at(words: str) -> tuple[int, int]:
    start = OLD.text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("words", "eid", "exact"),
    [
        ("ستخدِ", "art_1__para_a", "المستخدِم"),
        ("الموقع المعتمد", "art_1", "الموقع المعتمد"),  # a definition has no number of its own
        ("التعريفات", "art_1", "التعريفات"),
        ("شخص\nتسري", "chp_1", "شخص\nتسري"),
    ],
)
def test_words_belong_to_the_smallest_provision_that_can_be_named(
    words: str, eid: str, exact: str
) -> None:
    found = choose(OLD, *at(words), OFFERED)
    assert (found.eid, found.selectors.quote.exact) == (eid, exact)
    assert OLD.words(eid)[slice(*found.selectors.position)] == exact


@pytest.mark.parametrize("place", [at("النظام.\nيلغى"), (5, 5), (9, 3), (0, 9_999), (900, 950)])
def test_words_that_no_provision_holds_are_told(place: tuple[int, int]) -> None:
    with pytest.raises(DomainError) as told:
        choose(OLD, *place, OFFERED)
    assert told.value.code == "words_not_there"


def test_words_chosen_in_an_earlier_version_are_looked_up_in_the_newest() -> None:
    new = read((Provision("art_1", 0, "", "مقدمة"), Provision("art_9", 0, "", "هو كل شخص معتمد")))
    found = choose(OLD, *at("كل شخص"), OFFERED)
    again = choose_again(found, OLD, new, {"art_1", "art_9"})
    assert (again.eid, again.selectors.quote.exact) == ("art_9", "كل شخص")
    with pytest.raises(DomainError):
        choose_again(choose(OLD, *at("يخالفه"), OFFERED), OLD, new, {"art_1"})


def test_what_a_proposal_replaces_is_the_provision_without_its_own_heading() -> None:
    assert OLD.text[slice(*OLD.body("art_1"))].startswith("يقصد")
    assert OLD.text[slice(*OLD.body("art_2"))] == "تسري أحكام هذا النظام."
    assert OLD.text[slice(*OLD.body("chp_1"))].startswith("التعريفات")
    alone = read([Provision("art_1", 0, "عنوان", "")])
    assert alone.body("art_1") == (0, 5)


def test_proposals_are_shown_as_changes_of_the_words_they_replace() -> None:
    ops = marked_changes(("خمسة أيام",), ("عشرة أيام",))
    assert [(op.op, op.text) for op in ops] == [
        (Op.DELETE, "خمسة"),
        (Op.INSERT, "عشرة"),
        (Op.EQUAL, " أيام"),
    ]
    assert marked_changes((), ("يفتح الباب مساءً",), "يفتح الباب صباحاً")
    assert marked_changes((), ("كلام لا صلة له",), "يفتح الباب صباحاً") == ()
    assert marked_changes(("خمسة",), ()) == ()


@pytest.mark.parametrize("masked", ["quoted", "proposed"])
def test_nothing_is_compared_where_something_is_masked(masked: str) -> None:
    covered = ("خمسة ", Mask(Ground.PERSONAL_DATA))
    pieces = {"quoted": ("خمسة 079",), "proposed": ("عشرة 079",), masked: covered}
    assert marked_changes(**pieces, original="خمسة 079") == ()


def test_words_found_in_the_text_may_hold_what_nobody_may_type() -> None:
    typed = Point(Target(1, 1, "art_1"), "متى؟", quoted="\u2067الحديقة\u2069")
    assert [each.code for each in check_point(typed)] == ["bidi_characters"]
    assert check_point(replace(typed, at=Position(5, 14))) == []
