"""Answers in a spreadsheet: what a file says, what is wrong in which cell, what it would change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.answer_rows import Filled, Now, RowState, bundles, state_of
from portal.domain.answer_sheets import COLUMNS, Taken, Words, take
from portal.domain.errors import DomainError
from portal.domain.matrices import Place
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.domain.sheets import Sheet, cell_name, column_number

WORDS = Words(
    headings={code: code for code in COLUMNS},
    titles={code: code for code in COLUMNS},
    dispositions={
        "accepted": Disposition.ACCEPTED,
        "مقبوله": Disposition.ACCEPTED,
        "noted": Disposition.NOTED,
        "deferred": Disposition.DEFERRED,
    },
    places={"article 2, version 2": Place(7, "art_2"), "art_3": Place(7, "art_3")},
    covering={"article 2": "art_2", "الماده 2": "art_2"},
)
KNOWN = frozenset({RowRef(1), RowRef(2), RowRef(17, 1), RowRef(17, 2)})


def row(**given: str) -> tuple[str, ...]:
    return tuple(given.get(code, "") for code in COLUMNS)


def read(*rows: tuple[str, ...], **more: object) -> list[Taken]:
    return take(Sheet("Answers", (tuple(COLUMNS), *rows), **more), WORDS, KNOWN)  # type: ignore[arg-type]


def faults(taken: Taken) -> list[tuple[str, str]]:
    return [(fault.cell, fault.code) for fault in taken.faults]


def test_a_row_is_read_in_any_spelling_and_either_language() -> None:
    (first, second) = read(
        row(ref="17.1", disposition=" مقبولة ", places="Article 2,  version 2; art_3"),
        row(ref="٢", disposition="ACCEPTED", duplicate_of="1", covered_by="المادة 2"),
    )
    assert first.ref == RowRef(17, 1)
    assert first.filled == Filled("accepted", places=("7:art_2", "7:art_3"))
    assert (second.ref, second.filled) == (
        RowRef(2),
        Filled("accepted", duplicate_of="1", covered_by="art_2"),
    )
    assert faults(first) == faults(second) == []


@pytest.mark.parametrize(
    ("given_row", "cell", "code"),
    [
        ({"disposition": "accepted"}, "A2", "cell_ref_missing"),
        ({"ref": "99", "disposition": "accepted"}, "A2", "cell_ref_unknown"),
        ({"ref": "1a", "disposition": "accepted"}, "A2", "cell_ref_unknown"),
        ({"ref": "17", "disposition": "accepted"}, "A2", "cell_ref_split"),
        ({"ref": "1", "disposition": "perhaps"}, "J2", "cell_disposition"),
        ({"ref": "1", "reason_ar": "سبب"}, "J2", "cell_disposition_missing"),
        ({"ref": "1", "disposition": "noted", "reason_ar": "x" * 10_001}, "K2", "text_long"),
        ({"ref": "1", "disposition": "noted", "until": "\u202e"}, "O2", "bidi_characters"),
        ({"ref": "1", "disposition": "accepted", "places": "Article 9"}, "M2", "cell_place"),
        ({"ref": "1", "disposition": "noted", "duplicate_of": "x"}, "Q2", "cell_ref_unknown"),
        ({"ref": "1", "disposition": "noted", "covered_by": "Article 9"}, "N2", "cell_covering"),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(
    given_row: dict[str, str], cell: str, code: str
) -> None:
    (found,) = read(row(**given_row))
    assert faults(found) == [(cell, code)]


def test_doubled_references_formulas_and_merged_cells_are_told() -> None:
    once = row(ref="1", disposition="noted")
    first, second = read(once, once, formulas=frozenset({"J2"}), merged=((2, 9, 3, 10),))
    assert faults(first) == [("J2", "cell_formula"), ("A2", "cell_ref_twice")]
    assert faults(second) == [("J3", "cell_merged"), ("A3", "cell_ref_twice")]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (tuple(COLUMNS[:-1]), "sheet_heading_missing"),
        ((*COLUMNS, "extra"), "sheet_heading_unknown"),
        ((*COLUMNS, "ref"), "sheet_heading_twice"),
    ],
)
def test_a_changed_head_is_refused_as_a_whole(head: tuple[str, ...], code: str) -> None:
    with pytest.raises(DomainError, match=code):
        take(Sheet("Answers", (head, row(ref="1"))), WORDS, KNOWN)


def test_columns_may_be_moved() -> None:
    head = tuple(reversed(COLUMNS))
    cells = tuple(reversed(row(ref="1", disposition="noted")))
    (found,) = take(Sheet("Answers", (head, cells)), WORDS, KNOWN)
    assert (found.ref, found.filled.disposition) == (RowRef(1), "noted")


def test_an_empty_file_is_told() -> None:
    with pytest.raises(DomainError, match="file_empty"):
        read()


NOTED, ACCEPTED = Filled("noted", "سبب"), Filled("accepted")
ANSWERED = Now(3, NOTED, response_id=5, response_revision=2)


@pytest.mark.parametrize(
    ("filled", "exported", "now", "state"),
    [
        (Filled(), Now(3), Now(3), RowState.UNTOUCHED),
        (Filled(), Now(3), ANSWERED, RowState.UNTOUCHED),  # answered at the desk meanwhile
        (NOTED, Now(3), Now(3), RowState.NEW),
        (NOTED, Now(3), Now(4), RowState.CONFLICT),  # its author changed the comment
        (ACCEPTED, Now(3), ANSWERED, RowState.CONFLICT),  # somebody else answered it
        (NOTED, Now(3), ANSWERED, RowState.SAME),  # in the same words
        (ACCEPTED, ANSWERED, ANSWERED, RowState.CHANGED),
        (NOTED, ANSWERED, ANSWERED, RowState.UNTOUCHED),
        (Filled(), ANSWERED, ANSWERED, RowState.EMPTIED),
    ],
)
def test_how_a_row_stands(filled: Filled, exported: Now, now: Now, state: RowState) -> None:
    assert state_of(filled, exported.token, now) is state
    assert state_of(filled, exported.token, now, faulty=True) is RowState.FAULTY


def test_a_shared_answer_is_changed_for_all_its_rows_or_not_at_all() -> None:
    shared = Now(0, NOTED, response_id=5, shared=(RowRef(1), RowRef(2)))
    both = [(1, RowRef(1), ACCEPTED, shared), (2, RowRef(2), ACCEPTED, shared)]
    found, torn = bundles(both)
    assert ([each.refs for each in found], torn) == ([(RowRef(1), RowRef(2))], [])
    assert bundles(both[:1]) == ([], [1])
    assert bundles([both[0], (2, RowRef(2), NOTED, shared)]) == ([], [1, 2])


def test_one_group_with_one_answer_has_one_response() -> None:
    alike = Now(0, group="1")
    rows = [
        (1, RowRef(1), NOTED, alike),
        (2, RowRef(2), NOTED, alike),
        (3, RowRef(3), NOTED, Now(0)),
    ]
    found, _torn = bundles(rows)
    assert sorted(each.rows for each in found) == [(1, 2), (3,)]


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
FILLED = st.builds(
    Filled,
    disposition=st.sampled_from(["", "noted", "accepted"]),
    reason_ar=TEXTS,
    until=TEXTS,
    body=TEXTS,
    places=st.lists(st.sampled_from(["7:a", "7:b"]), unique=True).map(sorted).map(tuple),
)


@given(FILLED, FILLED)
def test_answers_are_the_same_exactly_where_their_digests_are(one: Filled, other: Filled) -> None:
    assert (one == other) is (one.digest() == other.digest())


@given(st.integers(0, 20_000), st.integers(0, 2_000))
def test_cells_are_named_as_spreadsheets_do(at: int, column: int) -> None:
    name = cell_name(at, column)
    letters = name.rstrip("0123456789")
    assert (column_number(letters) - 1, int(name[len(letters) :]) - 1) == (column, at)
    assert [column_number(each) for each in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16_384]
