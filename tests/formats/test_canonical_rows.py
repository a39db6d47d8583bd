"""Kept rows have the bytes of RFC 8785, whichever of the two ways they are written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.matrices import COLUMNS
from portal.formats.canonical import canonical, canonical_row

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(COLUMNS), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(COLUMNS), values, max_size=8))
def test_a_row_has_the_same_bytes_both_ways(cells: dict[str, object]) -> None:
    assert canonical_row(cells) == canonical(cells)
