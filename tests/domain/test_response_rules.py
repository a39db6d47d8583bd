"""The table of dispositions, held against DOMAIN.md's as a sentence of its own for each column."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.comments import Publication
from portal.domain.responses import Answer, Answered, Disposition, faults
from portal.domain.row_refs import RowKey

D = Disposition
# DOMAIN.md, 'Dispositions', column by column.
REASON = set(D) - {D.ACCEPTED, D.DUPLICATE, D.WITHDRAWN}
CHANGE = {D.ACCEPTED, D.ACCEPTED_MODIFIED, D.ACCEPTED_IN_PART}
OTHER = {
    D.ALREADY_COVERED: "covered_by",
    D.DEFERRED: "until",
    D.REFERRED: "body",
    D.DUPLICATE: "duplicate_of",
}
words = st.sampled_from(["", "  ", "بيان", "كما في {الحكم}", "as {provision} says", "{x} y"])
answers = st.builds(
    Answer,
    st.sampled_from(D),
    reason=words,
    reason_en=words,
    covered_by=st.sampled_from(["", "art_4"]),
    until=st.sampled_from(["", "2027"]),
    body=st.sampled_from(["", "وزارة"]),
    duplicate_of=st.sampled_from([None, RowKey(1), RowKey(9)]),
    changes=st.integers(0, 2),
    covers=st.booleans(),
)
rows = st.builds(
    Answered,
    st.integers(1, 3),
    st.integers(1, 3),
    proposes=st.booleans(),
    publication=st.sampled_from(Publication),
    gone=st.booleans(),
    changed=st.booleans(),
)


def may_stand(answer: Answer, row: Answered) -> bool:
    """Whether the table admits it."""
    chosen = answer.disposition
    withdrawn = row.publication is Publication.WITHDRAWN
    return (
        (bool(answer.reason.strip()) or chosen not in REASON)
        and bool(answer.changes) is (chosen in CHANGE)
        and (chosen not in OTHER or bool(getattr(answer, OTHER[chosen])))
        and (chosen is not D.ALREADY_COVERED or answer.covers)
        and not (chosen is D.NOTED and row.proposes)
        and not (chosen is D.SUPERSEDED and not row.gone)
        and (chosen is D.WITHDRAWN) is withdrawn
        and not (chosen is D.DUPLICATE and answer.duplicate_of == row.key)
        and not row.changed
        and "{الحكم}" not in answer.reason + answer.reason_en
        and "{provision}" not in answer.reason + answer.reason_en
    )


@given(answers, rows)
def test_a_response_stands_exactly_where_the_table_admits_it(answer: Answer, row: Answered) -> None:
    assert (faults(answer, (row,)) == []) is may_stand(answer, row)


@given(answers, st.lists(rows, max_size=4))
def test_of_many_rows_each_is_judged_as_if_it_were_alone(
    answer: Answer, several: list[Answered]
) -> None:
    alone = {(e.code, e.params.get("number")) for row in several for e in faults(answer, (row,))}
    together = {(e.code, e.params.get("number")) for e in faults(answer, tuple(several))}
    own = {(error.code, None) for error in faults(answer, ())}
    assert together == alone | own
    twice = tuple(replace(row) for row in several for _time in range(2))
    assert {error.code for error in faults(answer, twice)} == {code for code, _number in together}
