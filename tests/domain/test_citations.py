"""Ids of provisions that are gone: named apart, read like any other."""

from __future__ import annotations

import pytest

from portal.domain.citations import article_of, gone, is_gone, once, steps


@pytest.mark.parametrize("eid", ["art_5", "art_5__para_b", "part_1", "annex_1__text_2"])
def test_what_is_gone_is_read_as_it_was_and_never_taken_for_another(eid: str) -> None:
    assert is_gone(gone(eid))
    assert not is_gone(eid)
    assert once(gone(eid)) == eid
    assert steps(gone(eid)) == steps(eid)
    assert article_of(gone(eid)) == gone(article_of(eid))
    assert article_of(gone(eid)) != article_of(eid)
