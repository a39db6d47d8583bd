"""Changes linked to responses and taken from them; what a later version undid."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.domain.errors import DomainError, Stale
from portal.domain.places import Place
from portal.domain.reflection import Unreflected
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.row_refs import RowRef
from portal.models import DraftVersion, Response, db
from portal.models.structure import load_rows
from portal.queries.changes import load_changes
from portal.queries.checking import check
from portal.queries.reflection import candidates, citing_lines, load_reflected
from portal.services import drafts, reflection, responses, reviews
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.fixtures.apps import Clock

U = Unreflected
SECOND = DRAFT.replace("من السابعة صباحاً", "من السادسة صباحاً").replace("المخصصة لها", "كلها")


def publish(cast: Cast, clock: Clock, place: Open, source: str) -> DraftVersion:
    clock.moment = max(clock.moment, place.consultation.closes_at) + timedelta(days=1)
    version, _ = drafts.import_text(cast.drafter, clock(), place.document, source)
    drafts.publish_version(cast.drafter, clock(), place.consultation, version)
    return version


def answered(cast: Cast, clock: Clock, place: Open, number: int, disposition: str) -> Response:
    draft = Draft((RowRef(number),), Disposition(disposition), reason_ar="بيان")
    return responses.record(cast.drafter, clock(), place.consultation.id, draft)


def found(place: Open) -> dict[U, int]:
    changes = load_changes(place.consultation.id)
    lists = load_reflected(place.consultation.id, changes).found
    return {kind: len(each) for kind, each in lists.items() if each}


def test_a_change_is_linked_to_a_response_and_taken_from_it(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "السابعة متأخرة")
    made.send(place, clock, "غير ذلك", eid="art_3")
    version = publish(cast, clock, place, SECOND)
    here = Place(version.id, "art_2__para_a")
    accepted = answered(cast, clock, place, 1, "accepted")
    refused = answered(cast, clock, place, 2, "not_accepted")
    assert found(place) == {U.ACCEPTED_UNCHANGED: 1, U.UNEXPLAINED: 2}
    change = next(each for each in load_changes(place.consultation.id) if each.place == here)
    offered = candidates(place.consultation.id, change, ())
    assert ([line.id for line in offered.here], offered.elsewhere) == ([accepted.id], ())
    seen = accepted.revision
    for place_of_change, response, code in (
        (here, refused, "change_needless"),
        (Place(version.id, "art_1"), accepted, "change_not_there"),
    ):
        with pytest.raises(DomainError, match=code):
            reflection.link_change(
                cast.drafter,
                clock(),
                response,
                place_of_change,
                seen_revision=response.revision,
            )
    reflection.link_change(cast.drafter, clock(), accepted, here, seen_revision=seen)
    with pytest.raises(Stale):
        reflection.unlink_change(cast.drafter, clock(), accepted, here, seen_revision=seen)
    assert [line.refs for line in citing_lines(place.consultation.id, here)] == [(RowRef(1),)]
    assert found(place) == {U.UNEXPLAINED: 1}


def test_a_link_takes_the_approval_away(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "السابعة متأخرة")
    version = publish(cast, clock, place, SECOND)
    here, other = Place(version.id, "art_2__para_a"), Place(version.id, "art_3")
    draft = Draft((RowRef(1),), Disposition.ACCEPTED, cites=(here,), ready=True)
    written = responses.record(cast.drafter, clock(), place.consultation.id, draft)
    reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)

    def act(which: str, place_of_change: Place) -> None:
        acts = {"link": reflection.link_change, "unlink": reflection.unlink_change}
        seen = written.revision
        acts[which](cast.drafter, clock(), written, place_of_change, seen_revision=seen)

    steps = (("link", other, "ready"), ("unlink", other, "ready"), ("unlink", here, "draft"))
    for which, at, status in steps:  # at last accepted, and nothing is cited
        act(which, at)
        assert (written.status, written.approved_by) == (status, None)


def test_an_own_reason_is_given_and_taken_back(cast: Cast, place: Open, clock: Clock) -> None:
    version = publish(cast, clock, place, SECOND)
    at = Place(version.id, "art_3")
    reflection.explain_change(cast.drafter, clock(), place.consultation.id, at, "تبسيط")
    assert found(place) == {U.UNEXPLAINED: 1}
    reflection.take_reason_back(cast.drafter, clock(), place.consultation.id, at)
    assert found(place) == {U.UNEXPLAINED: 2}
    with pytest.raises(DomainError, match="no_own_reason"):
        reflection.take_reason_back(cast.drafter, clock(), place.consultation.id, at)


@pytest.mark.parametrize(
    ("third", "undone"),
    [
        (DRAFT.replace("المخصصة لها", "كلها"), True),  # the words are as they were
        (SECOND.replace("السادسة", "الخامسة"), False),  # changed once more: something came of it
        (SECOND.replace("كلها", "جميعها"), False),  # something else changed
    ],
)
def test_a_version_that_takes_the_cited_words_back_is_found(
    cast: Cast, place: Open, clock: Clock, third: str, undone: bool
) -> None:
    made.send(place, clock, "السابعة متأخرة")
    version = publish(cast, clock, place, SECOND)
    here = Place(version.id, "art_2__para_a")
    draft = Draft((RowRef(1),), Disposition.ACCEPTED, cites=(here,), ready=True)
    written = responses.record(cast.drafter, clock(), place.consultation.id, draft)
    reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    publish(cast, clock, place, third)
    db.session.refresh(written)
    assert (found(place).get(U.CITED_UNDONE, 0) == 1) is undone
    codes = {gap.code for gap in check(place.consultation.id).gaps}
    assert ("change_undone" in codes) is undone
    assert (written.status is ResponseStatus.RETURNED) is undone
    assert ("2/أ" in written.remark) is undone


def test_a_version_is_taken_back_by_the_text_before_it(
    cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, place, SECOND)
    begun = drafts.begin_next(cast.drafter, clock(), place.document, of=place.version)
    assert load_rows(begun.id) == load_rows(place.version.id)
    drafts.publish_version(cast.drafter, clock(), place.consultation, begun)
    undone = [change.undone for change in load_changes(place.consultation.id)]
    assert undone == [True, True, False, False]
