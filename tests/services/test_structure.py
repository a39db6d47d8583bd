"""Corrections to a working version: done, undone, done again; never over another's unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.domain.draft_parsing import parse
from portal.domain.draft_sources import SourceDraft
from portal.domain.drafts import DraftAct, DraftFormat, ProvisionKind, Relation
from portal.domain.errors import DomainError
from portal.domain.structure import Placed, Rows, eids_of
from portal.domain.structure_acts import Words, change_kind, correct, renumber
from portal.domain.structure_moves import indent, insert, move_up
from portal.domain.structure_splits import join, split
from portal.models import DraftEdit, DraftVersion, Provision, ProvisionMatch, db
from portal.models.structure import MOST_EDITS, load_rows
from portal.queries.structure import list_edits
from portal.services import drafts, structure
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.fixtures.apps import START

ENGLISH = """Article 1: Title
These are the garden instructions.

Article 2: Hours
(a) The garden opens at seven.
(b) It closes one day a week.
(c) There is no third paragraph.

Article 4: Dogs
None.
"""


@pytest.fixture
def place(cast: Cast) -> Open:
    return made.followed(cast)


def act(cast: Cast, version: DraftVersion, eid: str, change: Callable[[Rows, int], Placed]) -> str:
    seen = version.revision
    return structure.perform(cast.drafter, START, version, seen, DraftAct.KIND, eid, change)


def eids(version: DraftVersion) -> list[str]:
    return list(
        db.session.scalars(
            db.select(Provision.eid)
            .where(Provision.version_id == version.id)
            .order_by(Provision.position)
        )
    )


def row(version: DraftVersion, eid: str) -> Any:
    rows = load_rows(version.id)
    return rows[eids_of(rows).index(eid)]


def test_an_act_is_written_with_new_ids_and_leads_to_its_provision(cast: Cast, place: Open) -> None:
    then = act(cast, place.version, "art_2__para_a", lambda rows, at: renumber(rows, at, "د"))
    assert then == "art_2__para_d"
    assert eids(place.version) == eids_of(load_rows(place.version.id))
    assert "art_2__para_a" not in eids(place.version)


def test_every_act_is_undone_to_the_letter_and_done_again(cast: Cast, place: Open) -> None:
    version = place.version
    changes: list[tuple[str, Callable[[Rows, int], Placed]]] = [
        ("art_2__para_a", lambda rows, at: split(rows, at, 12)),
        ("art_2__para_b", join),
        ("art_3", lambda rows, at: change_kind(rows, at, ProvisionKind.PARAGRAPH)),
        ("art_2__para_b", move_up),
        ("art_1", insert),
        ("art_1", lambda rows, at: correct(rows, at, Words("اسم", "نص", "Name", "Text"))),
    ]
    states = [load_rows(version.id)]
    for eid, change in changes:
        act(cast, version, eid, change)
        states.append(load_rows(version.id))
    for before in reversed(states[:-1]):
        structure.undo(version, version.revision)
        assert load_rows(version.id) == before
    with pytest.raises(DomainError, match="nothing_to_undo"):
        structure.undo(version, version.revision)
    for after in states[1:]:
        structure.redo(version, version.revision)
        assert load_rows(version.id) == after
    with pytest.raises(DomainError, match="nothing_to_redo"):
        structure.redo(version, version.revision)


def test_a_new_act_takes_the_place_of_those_undone(cast: Cast, place: Open) -> None:
    act(cast, place.version, "art_1", insert)
    structure.undo(place.version, place.version.revision)
    act(cast, place.version, "art_3", insert)
    edits = list_edits(place.version.id)
    assert [(edit.eid, edit.undone) for edit in edits] == [("art_3", False)]
    assert edits[0].by == "drafter (example)"


def test_as_many_acts_are_kept_as_anybody_would_undo(
    cast: Cast, place: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.models.structure.MOST_EDITS", 3)
    for _ in range(5):
        act(cast, place.version, "art_1", insert)
    query = db.select(DraftEdit.number).where(DraftEdit.version_id == place.version.id)
    assert sorted(db.session.scalars(query)) == [3, 4, 5]
    assert MOST_EDITS >= 100


def test_who_comes_late_is_told_who_did_what_and_changes_nothing(cast: Cast, place: Open) -> None:
    seen = place.version.revision
    act(cast, place.version, "art_1", insert)
    before = load_rows(place.version.id)
    with pytest.raises(DomainError, match="corrected_meanwhile") as told:
        structure.perform(cast.drafter, START, place.version, seen, DraftAct.JOIN, "art_3", join)
    assert told.value.status == 409
    assert told.value.params == {"name": "drafter (example)", "act": DraftAct.KIND}
    for turn in (structure.undo, structure.redo):
        with pytest.raises(DomainError, match="corrected_meanwhile"):
            turn(place.version, seen)
    assert load_rows(place.version.id) == before


def test_a_refused_act_leaves_no_trace(cast: Cast, place: Open) -> None:
    seen = place.version.revision
    with pytest.raises(DomainError, match="structure_nesting"):
        act(cast, place.version, "art_3", indent)
    with pytest.raises(DomainError, match="not_found"):
        act(cast, place.version, "art_99", insert)
    assert act(cast, place.version, "art_1", lambda rows, at: Placed(rows, at)) == "art_1"
    assert (list_edits(place.version.id), place.version.revision) == ((), seen)


def test_a_published_version_is_not_corrected(cast: Cast, place: Open) -> None:
    drafts.publish_version(cast.drafter, START, place.consultation, place.version)
    with pytest.raises(DomainError, match="version_published"):
        act(cast, place.version, "art_1", insert)
    with pytest.raises(DomainError, match="version_published"):
        structure.undo(place.version, place.version.revision)


def test_kind_number_words_and_a_split_are_one_correction(cast: Cast, place: Open) -> None:
    words = Words("", "تفتح صباحاً. وتغلق مساءً.", "", "Opens.")
    paragraph, point = ProvisionKind.PARAGRAPH, ProvisionKind.POINT
    version = place.version
    correct_it = structure.correct_provision
    then = correct_it(
        cast.drafter, START, version, version.revision, "art_2__para_a", point, "أ", words, 13
    )
    assert then == "art_2__point_2"
    first = row(version, "art_2__point_1")
    assert (first.marker, first.text, first.text_en) == ("1-", "تفتح صباحاً.", "Opens.")
    structure.undo(version, version.revision)
    then = correct_it(
        cast.drafter, START, version, version.revision, "art_2__para_a", paragraph, "ج", words
    )
    assert then == "art_2__para_c"
    assert len([edit for edit in list_edits(version.id) if not edit.undone]) == 1


def test_reading_in_again_can_be_undone_source_and_all(cast: Cast, place: Open) -> None:
    version = place.version
    act(cast, version, "art_1", insert)
    before = load_rows(version.id)
    other = "المادة 1:\nنص آخر."
    draft = SourceDraft(DraftFormat.PDF, other, parse(other), page_lines=(1,), to_confirm=True)
    drafts.import_source(cast.drafter, START, place.document, draft, "x.pdf", "b" * 64)
    structure.confirm(cast.drafter, START, version, version.revision)
    assert not version.to_confirm
    structure.undo(version, version.revision)
    assert version.to_confirm, "that somebody compared it is taken back too"
    structure.undo(version, version.revision)
    assert load_rows(version.id) == before
    assert (version.source, version.format, version.file_name) == (DRAFT, DraftFormat.TEXT, "")
    structure.redo(version, version.revision)
    assert (version.source, version.to_confirm) == (other, True)


def test_a_translation_is_laid_beside_and_says_what_found_no_place(cast: Cast, place: Open) -> None:
    draft = SourceDraft(DraftFormat.TEXT, ENGLISH, parse(ENGLISH))
    attached = structure.translate(cast.drafter, START, place.version, draft)
    assert attached.matched == 4
    assert attached.left == ("(c) There is no third paragraph.", "Article 4: Dogs None.")
    assert attached.missing == ("text_1", "art_3")
    assert row(place.version, "art_2").heading_en == "Hours"
    assert row(place.version, "art_2__para_b").text_en == "It closes one day a week."
    structure.undo(place.version, place.version.revision)
    assert row(place.version, "art_2").heading_en == ""


def test_what_a_drafter_confirmed_of_a_provision_goes_with_its_words(
    cast: Cast, place: Open
) -> None:
    version = place.version
    for old, new in (("art_2__para_a", "art_2__para_a"), ("art_3", "art_3"), ("art_9", "")):
        relation = Relation.SAME if new else Relation.GONE
        db.session.add(
            ProvisionMatch(version_id=version.id, old_eid=old, new_eid=new, relation=relation)
        )
    db.session.flush()
    act(cast, version, "art_2__para_a", lambda rows, at: renumber(rows, at, "ه"))
    act(cast, version, "art_3", lambda rows, at: correct(rows, at, Words("الدراجات", "تمنع.")))
    found = db.session.execute(db.select(ProvisionMatch.old_eid, ProvisionMatch.new_eid))
    assert sorted(tuple(each) for each in found) == [
        ("art_2__para_a", "art_2__para_e"),
        ("art_9", ""),
    ]


def test_characters_that_nobody_sees_are_taken_out_in_one_act(cast: Cast, place: Open) -> None:
    version, _ = drafts.import_text(
        cast.drafter, START, place.document, "المادة 1:\nنص\u200f فيه\u200b محارف."
    )
    structure.remove_unseen(cast.drafter, START, version, version.revision)
    assert row(version, "art_1").text == "نص فيه محارف."
    structure.undo(version, version.revision)
    assert row(version, "art_1").text == "نص\u200f فيه\u200b محارف."
