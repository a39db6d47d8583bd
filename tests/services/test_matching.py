"""Matches of a version: proposed, said by the drafter, frozen with it; what follows from them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.domain.draft_blocks import Block
from portal.domain.drafts import Relation
from portal.domain.errors import DomainError
from portal.domain.matrices import Place
from portal.domain.responses import Answered, Disposition
from portal.domain.row_refs import RowRef
from portal.models import DraftVersion, ProvisionMatch, db
from portal.models.matching import propose
from portal.queries.changes import load_changes
from portal.queries.checking import check
from portal.queries.comparison import load_comparison
from portal.queries.drafts import list_documents
from portal.queries.matrices import all_rows
from portal.queries.rows import find_rows
from portal.queries.selecting import kinds_of_rows
from portal.services import drafts, matching, matrices, reflection, responses, reviews
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.fixtures.apps import Clock

NEW_ARTICLE = "المادة 2: الري\nتروى الحدائق بالمياه المعالجة.\n\n"
MORE = DRAFT.replace("المادة 3:", "المادة 4:").replace("المادة 2:", f"{NEW_ARTICLE}المادة 3:")
BICYCLES = "يسمح بركوب الدراجات في المسارات المخصصة لها."
OTHER = "تمنع المركبات كلها، ويستثنى من ذلك ما يستعمله ذوو الإعاقة."
# No heading says that it is the same article, and hardly a word does.
PLAIN = DRAFT.replace("المادة 3: الدراجات", "المادة 3:")
DOUBTFUL = PLAIN.replace(BICYCLES, OTHER)
WITHOUT_2 = DRAFT.replace(DRAFT[DRAFT.index("المادة 2:") : DRAFT.index("المادة 3:")], "").replace(
    "المادة 3:", "المادة 2:"
)


def prepare(cast: Cast, clock: Clock, place: Open, source: str) -> DraftVersion:
    clock.moment = max(clock.moment, place.consultation.closes_at + timedelta(days=1))
    version, _parsed = drafts.import_text(cast.drafter, clock(), place.document, source)
    return version


def publish(cast: Cast, clock: Clock, place: Open, source: str) -> DraftVersion:
    version = prepare(cast, clock, place, source)
    drafts.publish_version(cast.drafter, clock(), place.consultation, version)
    db.session.commit()
    return version


def kinds(place: Open, *refs: RowRef) -> tuple[Answered, ...]:
    """These rows as the rules of a response look at them."""
    return kinds_of_rows(find_rows(place.consultation.id, refs).values())


def kept(version: DraftVersion) -> dict[tuple[str, str], ProvisionMatch]:
    query = db.select(ProvisionMatch).where(ProvisionMatch.version_id == version.id)
    return {(row.old_eid, row.new_eid): row for row in db.session.scalars(query)}


def test_publishing_keeps_every_match_and_locks_it(cast: Cast, place: Open, clock: Clock) -> None:
    version = publish(cast, clock, place, MORE)
    found = {pair: row.relation for pair, row in kept(version).items()}
    assert found[("", "art_2")] is Relation.NEW
    assert found[("art_2__para_b", "art_3__para_b")] is Relation.RENUMBERED
    assert found[("art_1", "art_1")] is Relation.SAME
    assert len(found) == 7
    for statement in (
        db.update(ProvisionMatch).values(relation=Relation.GONE),
        db.delete(ProvisionMatch),
        db.insert(ProvisionMatch).values(
            version_id=version.id, old_eid="art_9", new_eid="", relation=Relation.GONE
        ),
    ):
        with pytest.raises(Exception, match="immutable"):
            db.session.execute(statement)
        db.session.rollback()


def test_a_first_version_matches_nothing(place: Open) -> None:
    assert kept(place.version) == {}
    assert propose(place.version) is None


def test_a_doubtful_match_keeps_a_version_from_being_published(
    cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, place, PLAIN)
    version = prepare(cast, clock, place, DOUBTFUL)
    with pytest.raises(DomainError, match="matches_doubtful") as refused:
        drafts.publish_version(cast.drafter, clock(), place.consultation, version)
    assert refused.value.params["number"] == 1
    assert version.published_at is None
    matching.confirm(cast.drafter, clock(), version, "art_3", "art_3")
    drafts.publish_version(cast.drafter, clock(), place.consultation, version)
    row = kept(version)["art_3", "art_3"]
    assert (row.relation, row.confirmed_by) == (Relation.CHANGED, cast.drafter.user_id)
    assert row.confirmed_at == clock()
    assert kept(version)["art_1", "art_1"].confirmed_by is None


def test_what_the_drafter_calls_new_is_new_and_may_be_taken_back(
    cast: Cast, place: Open, clock: Clock
) -> None:
    version = prepare(cast, clock, place, DOUBTFUL)
    matching.confirm(cast.drafter, clock(), version, "", "art_3")
    proposal = propose(version)
    assert proposal is not None
    found = {(each.old_eid, each.new_eid): each.relation for each in proposal.matches}
    assert found["", "art_3"] is Relation.NEW
    assert found["art_3", ""] is Relation.GONE
    matching.take_back(version, "", "art_3")
    again = propose(version)
    assert again is not None
    assert "art_3" in {each.new_eid for each in again.matches if each.old_eid == "art_3"}


def test_a_later_word_takes_the_place_of_an_earlier_unless_it_is_beside_it(
    cast: Cast, place: Open, clock: Clock
) -> None:
    version = prepare(cast, clock, place, DRAFT)
    matching.confirm(cast.drafter, clock(), version, "art_1", "art_3")
    matching.confirm(cast.drafter, clock(), version, "art_2", "art_3")
    assert set(kept(version)) == {("art_2", "art_3")}
    matching.confirm(cast.drafter, clock(), version, "art_3", "art_3", also=True)
    proposal = propose(version)
    assert proposal is not None
    merged = {each.old_eid for each in proposal.matches if each.relation is Relation.MERGED}
    assert merged == {"art_2", "art_3"}


def test_all_proposals_are_taken_as_they_are(cast: Cast, place: Open, clock: Clock) -> None:
    publish(cast, clock, place, PLAIN)
    version = prepare(cast, clock, place, DOUBTFUL)
    taken = matching.confirm_all(cast.drafter, clock(), version)
    assert [(each.old_eid, each.new_eid) for each in taken] == [("art_3", "art_3")]
    drafts.publish_version(cast.drafter, clock(), place.consultation, version)


def test_nothing_is_said_about_what_is_published_or_not_there(
    cast: Cast, place: Open, clock: Clock
) -> None:
    version = prepare(cast, clock, place, MORE)
    for pair in (("art_9", "art_1"), ("art_1", "art_9"), ("", "")):
        with pytest.raises(DomainError, match="match_unknown"):
            matching.confirm(cast.drafter, clock(), version, *pair)
    drafts.publish_version(cast.drafter, clock(), place.consultation, version)
    with pytest.raises(DomainError, match="version_published"):
        matching.confirm(cast.drafter, clock(), version, "art_1", "art_1")
    with pytest.raises(DomainError, match="version_published"):
        matching.take_back(version, "art_1", "art_1")


def test_what_was_read_in_anew_is_matched_anew(cast: Cast, place: Open, clock: Clock) -> None:
    version = prepare(cast, clock, place, MORE)
    matching.confirm(cast.drafter, clock(), version, "art_3", "art_4")
    prepare(cast, clock, place, DRAFT)
    proposal = propose(version)
    assert proposal is not None
    assert {each.relation for each in proposal.matches} == {Relation.SAME}


def test_only_what_is_more_than_a_number_must_be_explained(
    cast: Cast, place: Open, clock: Clock
) -> None:
    version = publish(cast, clock, place, MORE)
    (change,) = load_changes(place.consultation.id)
    assert (change.place, change.relation) == (Place(version.id, "art_2"), Relation.NEW)
    assert change.after == "الري\nتروى الحدائق بالمياه المعالجة."


def test_a_comment_is_on_a_text_that_is_gone_where_its_words_are(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى", eid="art_2__para_a")
    made.send(place, clock, "ثانية", eid="art_3")

    def gone() -> list[bool]:
        return [each.gone for each in kinds(place, RowRef(1), RowRef(2))]

    publish(cast, clock, place, MORE)
    assert gone() == [False, False], "another number is not the end of a provision"
    publish(cast, clock, place, WITHOUT_2)
    assert gone() == [True, False], "article 2 is there, and is what was article 3"


def test_a_text_that_is_gone_is_explained_at_a_place_of_its_own(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى", eid="art_2__para_a")
    made.send(place, clock, "ثانية", eid="art_3")
    version = publish(cast, clock, place, WITHOUT_2)
    gone = Place(version.id, "gone__art_2")
    (change,) = load_changes(place.consultation.id)
    assert (change.place, change.relation) == (gone, Relation.GONE)
    assert change.before.startswith("ساعات العمل\nأ- تفتح الحديقة")
    told = Draft((RowRef(1),), Disposition.SUPERSEDED, reason_ar="حُذف الحكم", ready=True)
    asked = Draft((RowRef(2),), Disposition.ACCEPTED, cites=(gone,), ready=True)
    for draft in (told, asked):
        written = responses.record(cast.drafter, clock(), place.consultation.id, draft)
        reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    assert check(place.consultation.id).gaps == ()
    edition = matrices.publish(cast.approver, clock(), place.consultation.id)
    rows = list(all_rows(edition.id))
    assert [each["eid"] for each in rows[1]["place_of_change"]] == ["gone__art_2"]


def test_versions_far_apart_are_compared_by_what_was_confirmed_between_them(
    cast: Cast, place: Open, clock: Clock
) -> None:
    second = prepare(cast, clock, place, DOUBTFUL)
    matching.confirm(cast.drafter, clock(), second, "art_3", "art_3")
    drafts.publish_version(cast.drafter, clock(), place.consultation, second)
    third = publish(cast, clock, place, f"{DOUBTFUL}\nالمادة 4: النفاذ\nيعمل بها من تاريخ نشرها.")
    reason = "طلب الأهالي"
    at = Place(second.id, "art_3")
    reflection.explain_change(cast.drafter, clock(), place.consultation.id, at, reason)
    (document,) = list_documents(place.consultation.id)
    first, _second, last = document.published
    assert last.id == third.id
    found = load_comparison(place.consultation.id, document, first, last)
    relations = {change.new_eid: change.relation for change in found.changes}
    assert (relations["art_3"], relations["art_4"]) == (Relation.CHANGED, Relation.NEW)
    assert found.causes["art_3"].reasons == (reason,)
    assert sum(isinstance(each, Block) for each in found.blocks) == 2


def test_what_was_taken_out_and_put_in_again_is_known_again(
    cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, place, WITHOUT_2)
    publish(cast, clock, place, DRAFT)
    (document,) = list_documents(place.consultation.id)
    found = load_comparison(
        place.consultation.id, document, document.published[0], document.published[-1]
    )
    assert {change.relation for change in found.changes} == {Relation.SAME}
    assert found.counts == {}


def test_versions_from_before_matches_were_kept_are_matched_when_asked(
    cast: Cast, place: Open, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.send(place, clock, "أولى", eid="art_3")
    monkeypatch.setattr(drafts, "freeze_matches", lambda version: None)
    version = publish(cast, clock, place, WITHOUT_2)
    assert kept(version) == {}
    assert [each.place.eid for each in load_changes(place.consultation.id)] == ["gone__art_2"]
    assert [each.gone for each in kinds(place, RowRef(1))] == [False]
