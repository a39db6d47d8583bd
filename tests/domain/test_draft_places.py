"""Where provisions stand in the source they were read from, whatever was corrected since."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.domain.draft_parsing import parse
from portal.domain.draft_places import lines_of, nearest, page_of
from portal.domain.draft_tree import walk
from portal.domain.structure import rows_of
from portal.domain.structure_acts import renumber
from portal.domain.structure_moves import move_down
from portal.domain.structure_splits import split
from tests.factories.drafts import CASES, Case

SOURCE = """## **مشروع نظام**

المادة 1:
أ- نص واحد.
ب- نص واحد.
المادة 2:
نص آخر
في سطرين.
"""


@pytest.mark.parametrize("case", CASES)
def test_each_provision_is_found_on_the_line_it_was_read_from(case: Case) -> None:
    parsed = parse(case.source)
    lines = [node.line for node, _depth in walk(parsed.provisions)]
    assert lines_of(case.source, rows_of(parsed.provisions)) == lines


def test_it_is_found_after_it_was_split_moved_and_renumbered() -> None:
    rows = rows_of(parse(SOURCE).provisions)
    assert lines_of(SOURCE, rows) == [1, 3, 4, 5, 6]
    rows = move_down(rows, 2).rows
    assert lines_of(SOURCE, rows) == [1, 3, 5, 4, 6]
    rows = renumber(rows, 4, "9").rows
    assert lines_of(SOURCE, rows)[4] in (6, 7)
    rows = split(rows, 4, 7).rows
    assert lines_of(SOURCE, rows)[5] == 8
    rows = (*rows, replace(rows[0], text="لم يكن في الأصل"))
    assert lines_of(SOURCE, rows)[-1] == 0


@pytest.mark.parametrize(("line", "page"), [(1, 1), (9, 1), (10, 2), (30, 3), (0, 0)])
def test_a_line_stands_on_a_page(line: int, page: int) -> None:
    assert page_of(line, [1, 10, 20]) == page
    assert page_of(line, []) == 0


@pytest.mark.parametrize(("line", "at"), [(1, None), (2, 0), (5, 2), (6, 2), (99, 3)])
def test_a_line_belongs_to_the_provision_that_began_last(line: int, at: int | None) -> None:
    assert nearest(line, [2, 0, 5, 7]) == at
