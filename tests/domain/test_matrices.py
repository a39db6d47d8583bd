"""What keeps a matrix from being published, row by row and change by change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.comments import Publication
from portal.domain.matrices import Place, Reply, Row, gaps
from portal.domain.responses import Answer, Answered, Disposition, ResponseStatus
from portal.domain.row_refs import RowKey, RowRef

PLACE = Place(2, "art_4")
WRITER, APPROVER = 1, 2


def comment(number: int) -> Answered:
    return Answered(number, number, proposes=False, publication=Publication.PUBLISHED)


def reply(answer: Answer, *cites: Place) -> Reply:
    return Reply(
        id=1,
        answer=replace(answer, changes=len(cites)),
        status=ResponseStatus.APPROVED,
        cites=cites,
        written_by=WRITER,
        changed_by=WRITER,
        approved_by=APPROVER,
    )


CLEAR = reply(Answer(Disposition.CLARIFIED, reason="سبب"))
ACCEPTED = reply(Answer(Disposition.ACCEPTED), PLACE)
NOTHING: frozenset[Place] = frozenset()


@pytest.mark.parametrize(
    ("found", "changed", "explained", "codes"),
    [
        (CLEAR, NOTHING, NOTHING, []),
        (None, NOTHING, NOTHING, ["unanswered"]),
        (ACCEPTED, {PLACE}, NOTHING, []),
        (ACCEPTED, NOTHING, NOTHING, ["change_not_there"]),
        (CLEAR, {PLACE}, NOTHING, ["change_unexplained"]),
        (CLEAR, {PLACE}, {PLACE}, []),
        (replace(CLEAR, status=ResponseStatus.READY), NOTHING, NOTHING, ["not_approved"]),
        (replace(CLEAR, approved_by=None), NOTHING, NOTHING, ["not_approved"]),
        (replace(CLEAR, approved_by=WRITER), NOTHING, NOTHING, ["own_response"]),
        (reply(Answer(Disposition.NOT_ACCEPTED)), NOTHING, NOTHING, ["reason_missing"]),
        (reply(Answer(Disposition.ACCEPTED)), NOTHING, NOTHING, ["change_missing"]),
    ],
)
def test_each_rule_is_refused_when_broken_and_only_then(
    found: Reply | None, changed: set[Place], explained: set[Place], codes: list[str]
) -> None:
    missing = gaps([Row(comment(17), found)], frozenset(changed), frozenset(explained))
    assert [gap.code for gap in missing] == codes
    for gap in missing:
        assert gap.ref == RowRef(17) or gap.place == PLACE


def test_a_circle_of_duplicates_is_found_in_both_rows() -> None:
    rows = [
        Row(comment(1), reply(Answer(Disposition.DUPLICATE, duplicate_of=RowKey(2)))),
        Row(comment(2), reply(Answer(Disposition.DUPLICATE, duplicate_of=RowKey(1)))),
    ]
    found = gaps(rows, NOTHING, NOTHING)
    assert [(gap.code, str(gap.ref)) for gap in found] == [
        ("duplicate_circle", "1"),
        ("duplicate_circle", "2"),
    ]


@given(st.lists(st.booleans(), max_size=30))
def test_every_unanswered_comment_is_named_once(answered: list[bool]) -> None:
    rows = [Row(comment(n), CLEAR if yes else None) for n, yes in enumerate(answered, start=1)]
    missing = [RowRef(n) for n, yes in enumerate(answered, start=1) if not yes]
    assert [gap.ref for gap in gaps(rows, NOTHING, NOTHING)] == missing
