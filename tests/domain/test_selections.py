"""What one response is to answer, named without being listed."""

from __future__ import annotations

import pytest

from portal.domain.errors import DomainError
from portal.domain.row_refs import RowRef
from portal.domain.selections import Of, Whole, form_key, parse_of


def test_a_set_is_read_as_it_is_written() -> None:
    for kind in Whole:
        assert parse_of(str(Of(kind, 3))) == Of(kind, 3)
    assert parse_of("theme:٣") == Of(Whole.THEME, 3)
    assert parse_of("") is None


@pytest.mark.parametrize(
    "typed", ["theme", "theme:", "theme:x", "people:3", "theme:٣٫٥", "theme:-1"]
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(DomainError, match="selection_unknown"):
        parse_of(typed)


def test_people_who_answer_the_same_comments_are_at_the_same_form() -> None:
    one, other = RowRef(4), RowRef(17, 1)
    assert form_key(None, None, [one, other]) == form_key(None, None, [other, one, one])
    assert form_key(None, None, [one]) != form_key(None, None, [other])
    assert form_key(3, None, [one]) == form_key(3, Of(Whole.GROUP, 1), ())
    assert len(form_key(None, None, [RowRef(n) for n in range(5000)])) <= 80
