"""Responses against changes: one table of what does not fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.places import Place
from portal.domain.reflection import Changes, Citing, Finding, Unreflected, cite_errors, findings

HERE, THERE = Place(2, "art_4"), Place(2, "art_7")
CHANGED = frozenset({HERE})
U = Unreflected


# accepts, cites, changed, explained, undone -> what is found
@pytest.mark.parametrize(
    ("accepts", "cites", "changes", "expected"),
    [
        # accepted and its change cited: nothing to say
        (True, (HERE,), Changes(CHANGED), []),
        # accepted, and nothing is cited; what changed is not explained either
        (True, (), Changes(CHANGED), [U.ACCEPTED_UNCHANGED, U.UNEXPLAINED]),
        # the drafter's own reason explains a change, and no acceptance
        (True, (), Changes(CHANGED, explained=CHANGED), [U.ACCEPTED_UNCHANGED]),
        # not accepted: nothing need be cited
        (False, (), Changes(CHANGED, explained=CHANGED), []),
        # cited, and the text did not change there
        (True, (THERE,), Changes(CHANGED, explained=CHANGED), [U.CITED_UNCHANGED]),
        # cited, and a later version put the words back
        (True, (HERE,), Changes(CHANGED, undone=CHANGED), [U.CITED_UNDONE]),
        # the version that was cited is not among the published ones any more
        (True, (HERE,), Changes(), [U.CITED_UNCHANGED]),
    ],
)
def test_what_does_not_fit_is_found(
    accepts: bool, cites: tuple[Place, ...], changes: Changes, expected: list[Unreflected]
) -> None:
    found = findings([Citing(1, accepts, cites)], changes)
    assert [each.kind for each in found] == expected


places = st.builds(Place, st.integers(1, 2), st.sampled_from(["art_1", "art_2", "art_3"]))
some = st.frozensets(places, max_size=4)
citing = st.lists(
    st.builds(Citing, st.integers(1, 5), st.booleans(), st.lists(places, max_size=3).map(tuple)),
    max_size=5,
    unique_by=lambda each: each.id,
)


@given(citing, some, some, some)
def test_nothing_is_found_exactly_where_both_promises_hold(
    responses: list[Citing],
    changed: frozenset[Place],
    own: frozenset[Place],
    back: frozenset[Place],
) -> None:
    changes = Changes(changed, own & changed, back & changed)
    found = findings(responses, changes)
    cited = {place for each in responses for place in each.cites}
    assert (found == []) is (
        all(each.cites or not each.accepts for each in responses)
        and cited <= changed - back
        and changed <= cited | own
    )
    assert len(set(found)) == len(set(map(repr, found)))
    of_cites = [e for each in responses for e in cite_errors(each, changes)]
    assert len(of_cites) == len([f for f in found if f.place and f.response_id])


def test_a_finding_names_its_place_and_its_response() -> None:
    found = findings([Citing(7, True, (THERE,))], Changes(CHANGED))
    assert found == [
        Finding(U.CITED_UNCHANGED, 7, THERE),
        Finding(U.UNEXPLAINED, None, HERE),
    ]
