"""Which response answers a comment whose parts are joined."""

from __future__ import annotations

import pytest

from portal.domain.errors import DomainError
from portal.domain.joining import answer_of_whole


@pytest.mark.parametrize(
    ("answers", "keep", "whole"),
    [
        ({}, None, None),
        ({2: 7}, None, 7),  # the others had none
        ({1: 7, 2: 7}, None, 7),
        ({1: 7, 2: 8}, 8, 8),  # who joins them says which
    ],
)
def test_one_response_stays(answers: dict[int, int], keep: int | None, whole: int | None) -> None:
    assert answer_of_whole(answers, keep) == whole


@pytest.mark.parametrize("keep", [None, 9])
def test_of_several_one_is_to_be_named(keep: int | None) -> None:
    with pytest.raises(DomainError, match="parts_answered_apart") as refused:
        answer_of_whole({1: 8, 2: 7}, keep)
    assert refused.value.params["responses"] == "7, 8"
