"""A number that somebody gives is a number of ours, or none: never an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.given_numbers import LARGEST, NO_REVISION, revision, whole


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", 0),
        ("17", 17),
        ("٣٠", 30),
        ("۱۲", 12),
        (str(LARGEST), LARGEST),
        (str(LARGEST + 1), None),
        ("9" * 5_000, None),  # `int` fails on these, beyond 4,300 digits
        ("²", None),
        ("१२", None),
        ("-1", None),
        ("+1", None),
        ("1_0", None),
        (" 1", None),
        ("", None),
        (None, None),
    ],
)
def test_what_counts_as_a_number(typed: str | None, number: int | None) -> None:
    assert whole(typed) == number
    assert revision(typed) == (NO_REVISION if number is None else number)


@given(st.text("٣۱²1234567890-+_ ٩x", max_size=20))
def test_whatever_is_given_is_a_number_or_none(typed: str) -> None:
    found = whole(typed)
    assert found is None or 0 <= found <= LARGEST
