"""A comparison laid out for reading, and what of it must be explained."""

from __future__ import annotations

from hypothesis import given, settings

from portal.domain.draft_blocks import Block, Fold, lay_out
from portal.domain.draft_changes import to_explain
from portal.domain.draft_comparison import compare
from portal.domain.provision_trees import ProvisionText
from tests.domain.test_provision_matching import (
    ALL,
    BICYCLES,
    FINES,
    HOURS,
    NAME,
    TREES,
    WATER,
    draft,
)
from tests.factories.versions import read, versions


def outline(before: str, after: str) -> list[str]:
    """The blocks in words: `fold same 1-3`, `new 4`."""
    old, new = read(before), read(after)
    told = []
    for each in lay_out(old, new, compare(old, new)):
        if isinstance(each, Fold):
            numbers = [block.unit.number for block in each.blocks if block.unit]
            told.append(f"fold {each.relation} {numbers[0]}-{numbers[-1]}")
        else:
            told.append(f"{each.relation} {each.unit.number if each.unit else ''}")
    return told


def explained(before: str, after: str) -> dict[str, str]:
    old, new = read(before), read(after)
    return {each.place: str(each.relation) for each in to_explain(old, new, compare(old, new))}


def test_what_is_unchanged_is_folded_and_what_is_only_renumbered_apart_from_it() -> None:
    after = draft(NAME, HOURS, WATER, BICYCLES, TREES, FINES)
    assert outline(draft(*ALL), after) == ["fold same 1-2", "new 3", "fold renumbered 4-6"]


def test_what_moved_is_told_where_it_came_to_and_where_it_left() -> None:
    old, new = read(draft(*ALL)), read(draft(FINES, NAME, HOURS, BICYCLES, TREES))
    blocks = [each for each in lay_out(old, new, compare(old, new)) if isinstance(each, Block)]
    assert [(line.anchor, line.left) for each in blocks for line in each.lines] == [
        ("art_1", False),
        ("left__art_5", True),
    ]


def test_nobody_explains_a_number() -> None:
    after = draft(NAME, HOURS, WATER, BICYCLES, TREES, FINES)
    assert explained(draft(*ALL), after) == {"art_3": "new"}


def test_what_goes_with_its_article_is_explained_with_it() -> None:
    assert explained(draft(*ALL), draft(NAME, BICYCLES, TREES, FINES)) == {"gone__art_2": "gone"}
    old, new = read(draft(NAME, TREES)), read(draft(NAME, HOURS, TREES))
    (told,) = to_explain(old, new, compare(old, new))
    assert told.place == "art_2"
    assert told.after == HOURS


def test_a_merged_provision_is_one_place_with_the_words_of_all() -> None:
    old = read(draft(NAME, BICYCLES, TREES, FINES))
    new = read(draft(NAME, f"{BICYCLES} {TREES}", FINES))
    (told,) = to_explain(old, new, compare(old, new))
    assert (told.place, told.old_eids) == ("art_2", ("art_2", "art_3"))
    assert (told.before, told.after) == (f"{BICYCLES}\n{TREES}", f"{BICYCLES} {TREES}")


def test_an_article_that_moved_with_its_paragraphs_has_their_words() -> None:
    old, new = read(draft(*ALL)), read(draft(NAME, BICYCLES, TREES, FINES, HOURS))
    (told,) = to_explain(old, new, compare(old, new))
    assert (told.place, str(told.relation)) == ("art_5", "moved")
    assert told.before == told.after != ""


@given(versions(), versions())
@settings(deadline=None, max_examples=80)
def test_every_change_is_on_the_page_once(
    old: list[ProvisionText], new: list[ProvisionText]
) -> None:
    changes = compare(old, new)
    blocks: list[Block] = []
    for each in lay_out(old, new, changes):
        blocks += each.blocks if isinstance(each, Fold) else (each,)
    lines = [line for block in blocks for line in block.lines]
    assert [line.change for line in lines if not line.left] == list(changes)
    anchors = [line.anchor for line in lines if line.anchor]
    assert len(set(anchors)) == len(anchors)
    places = {line.anchor for line in lines}
    assert {each.place for each in to_explain(old, new, changes)} <= places
