"""References of rows: `17`, and `17.1` for a part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.errors import DomainError
from portal.domain.row_refs import RowRef, parse_ref, parse_refs

REFS = st.builds(RowRef, st.integers(1, 999_999), st.integers(0, 50))


@given(st.lists(REFS, unique=True, max_size=8), st.sampled_from((", ", "، ", " ", "\n", ";")))
def test_what_is_written_is_read(refs: list[RowRef], between: str) -> None:
    assert parse_refs(between.join(str(ref) for ref in refs)) == tuple(refs)


@pytest.mark.parametrize("typed", ["", "x", "17.", "17.0", ".1", "17.1.2", "٣", "-1", "1 2", "1e3"])
def test_what_is_no_reference_is_refused(typed: str) -> None:
    with pytest.raises(DomainError, match="no_such_comment"):
        parse_ref(typed)


def test_parts_stand_after_one_another() -> None:
    assert sorted([RowRef(10), RowRef(2, 10), RowRef(2, 9)]) == [
        RowRef(2, 9),
        RowRef(2, 10),
        RowRef(10),
    ]
