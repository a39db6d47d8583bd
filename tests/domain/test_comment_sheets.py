"""The ISO template filled in by an outside body."""

from __future__ import annotations

import pytest

from portal.domain.comment_sheets import take
from portal.domain.errors import DomainError
from portal.domain.sheets import Sheet

EIDS = ("art_1", "art_2", "art_2__para_a")
HEAD = (
    "MB/NC¹",
    "Line number (e.g. 17)",
    "Clause/ Subclause (e.g. 3.1)",
    "Paragraph/ Figure/ Table/ (e.g. Table 1)",
    "Type of comment²",
    "Comments",
    "Proposed change",
    "Observations of the secretariat",
)


def sheet(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD, **more: object) -> Sheet:
    return Sheet("Comments", (("Template for comments",), (), head, *rows), **more)  # type: ignore[arg-type]


def test_rows_are_comments_on_the_provisions_that_they_name() -> None:
    rows = [
        ("JO", "", "2", "a", "te", "Too short.", "Thirty days", ""),
        ("JO", "", "", "", "ge", "Good.", "", ""),
        ("JO", "", "Annex Z", "", "ed", "", "A word.", ""),
        ("", "", "", "", "", "", "", ""),
    ]
    found = take([Sheet("Cover", ()), sheet(*rows)], EIDS)
    assert [(row.position, row.eid, row.place, row.type) for row in found] == [
        (4, "art_2__para_a", "", "substantive"),
        (5, "", "", "general"),
        (6, "", "Annex Z", "editorial"),
    ]
    assert [row.faults for row in found] == [[], [], []]


def test_headings_in_arabic_are_known_too() -> None:
    head = (
        "الجهة",
        "رقم السطر",
        "المادة",
        "الفقرة",
        "نوع الملاحظة",
        "الملاحظة",
        "النص المقترح",
        "الرد",
    )
    (row,) = take([sheet(("ج", "", "المادة 2", "أ", "جوهرية", "قصير", "", ""), head=head)], EIDS)
    assert (row.eid, row.type, row.member) == ("art_2__para_a", "substantive", "ج")


def test_what_is_wrong_is_named_by_its_cell() -> None:
    rows = [
        ("JO", "", "2", "", "xx", "", "", ""),
        ("JO", "", "2", "", "ge", "Hidden \u202e here", "", ""),
    ]
    bad, hidden = take([sheet(*rows, formulas=frozenset({"F4"}), merged=((4, 0, 5, 0),))], EIDS)
    assert [(fault.cell, fault.code) for fault in bad.faults] == [
        ("F4", "cell_formula"),
        ("F4", "cell_comment_missing"),
        ("E4", "cell_type"),
    ]
    assert [(fault.cell, fault.code) for fault in hidden.faults] == [
        ("A5", "cell_merged"),
        ("F5", "bidi_characters"),
    ]


def test_another_table_is_refused() -> None:
    with pytest.raises(DomainError, match="iso_headings_missing"):
        take([Sheet("Other", (("a", "b"), ("1", "2")))], EIDS)
    with pytest.raises(DomainError, match="file_empty"):
        take([sheet()], EIDS)
