"""Whatever is done to a structure: no word is lost, the tree is one, ids are unique."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.draft_parsing import parse
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.structure import Placed, Rows, eids_of, faults, rows_of, tree_of
from portal.domain.structure_acts import change_kind, number_on, renumber
from portal.domain.structure_moves import indent, insert, move_down, move_up, outdent
from portal.domain.structure_splits import join, split
from portal.domain.text import latin_digits
from tests.domain.test_draft_properties import texts

Act = Callable[[Rows, int], Placed]
numbers = st.sampled_from(["1", "٣", "جـ", "5 مكرر", "", "أ", "x/y"])
steady = st.sampled_from([join, indent, outdent])
acts: st.SearchStrategy[Act] = st.one_of(
    steady,
    st.sampled_from([move_up, move_down, insert]),
    st.integers(0, 40).map(lambda at: lambda rows, place: split(rows, place, at)),
    st.sampled_from(ProvisionKind).map(lambda kind: lambda rows, at: change_kind(rows, at, kind)),
    numbers.map(lambda number: lambda rows, at: renumber(rows, at, number)),
    numbers.map(lambda number: lambda rows, at: number_on(rows, at, number)),
)
steps = st.lists(st.tuples(acts, st.integers(0, 30)), min_size=1, max_size=5)


def done(act: Act, rows: Rows, at: int) -> Placed | None:
    """What an act made; None where it was refused, by a rule and in no other way."""
    try:
        return act(rows, at % len(rows))
    except DomainError:
        return None


def letters(*parts: str) -> Counter[str]:
    return Counter(latin_digits("".join("".join(parts).split())))


def said(rows: Rows) -> Counter[str]:
    """The letters of headings and texts."""
    return letters(*(row.heading + row.text for row in rows))


def whole(rows: Rows) -> str:
    """Everything written, in reading order."""
    return "".join("".join(row.marker + row.heading + row.text for row in rows).split())


def is_tree(rows: Rows) -> bool:
    depths = [-1, *(row.depth for row in rows)]
    steady = all(0 <= after <= before + 1 for before, after in pairwise(depths))
    return steady and rows_of(tree_of(rows)) == rows


@given(texts, steps)
@settings(max_examples=150, deadline=None)
def test_no_word_is_lost_and_the_tree_stays_one(text: str, todo: list[tuple[Act, int]]) -> None:
    rows = rows_of(parse(text).provisions)
    wrong = len(list(faults(rows)))
    for act, at in todo:
        placed = done(act, rows, at)
        if placed is None:
            continue
        lost = said(rows) - said(placed.rows)
        assert lost <= letters(*(row.marker for row in placed.rows)), "only a marker leaves a text"
        assert is_tree(placed.rows)
        assert len(list(faults(placed.rows))) <= wrong
        assert 0 <= placed.at < len(placed.rows)
        eids = eids_of(placed.rows)
        assert len(set(eids)) == len(eids)
        rows = placed.rows


@given(texts, steady, st.integers(0, 30))
@settings(deadline=None)
def test_joining_and_hanging_elsewhere_leave_the_text_as_it_reads(
    text: str, act: Act, at: int
) -> None:
    rows = rows_of(parse(text).provisions)
    placed = done(act, rows, at)
    assert placed is None or whole(placed.rows) == whole(rows)


@given(texts, st.integers(0, 30), st.integers(0, 40))
@settings(deadline=None)
def test_a_split_is_undone_by_joining(text: str, at: int, position: int) -> None:
    rows = rows_of(parse(text).provisions)
    placed = done(lambda given, place: split(given, place, position), rows, at)
    if placed is None:
        return
    before, again = whole(rows), whole(join(placed.rows, placed.at).rows)
    marker = "".join(placed.rows[placed.at].marker.split())
    places = [at for at in range(len(again)) if again.startswith(marker, at)]
    proposed = (again[:at] + again[at + len(marker) :] for at in places)
    rewritten = letters(before) - letters(again)  # `(ب)`, a doubtful marker, written as `ب-`
    assert again == before or before in proposed or rewritten.keys() <= set("()ـ.-–")
