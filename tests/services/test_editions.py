"""Interim editions, corrigenda and what they change: on both databases."""

from __future__ import annotations

import pytest

from portal.domain.consultations import phase
from portal.domain.errors import DomainError
from portal.domain.matrices import Incomplete, Place
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.models import CommentPart, DraftVersion, MatrixEdition, MatrixRow, OutboxMail, db
from portal.models.parting import join_parts
from portal.queries.checking import check
from portal.queries.consultations import dates
from portal.queries.differences import difference_of, differences, differences_page
from portal.queries.frozen_rows import find_row
from portal.queries.matrices import Filters, all_rows, editions, rows_page
from portal.services import drafts, matrices, responses, reviews, submissions
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.answers import answer, closed
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.fixtures.apps import Clock

LATER = DRAFT.replace("من السابعة صباحاً", "من السادسة صباحاً")


def publish(cast: Cast, clock: Clock, place: Open, **more: object) -> MatrixEdition:
    edition = matrices.publish(cast.approver, clock(), place.consultation.id, **more)  # type: ignore[arg-type]
    db.session.commit()
    return edition


def told() -> list[str]:
    query = db.select(OutboxMail.recipient).where(OutboxMail.template == "answered")
    return list(db.session.scalars(query.order_by(OutboxMail.id)))


def test_an_interim_edition_answers_what_is_approved_and_says_so(
    cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, "أولى", "ثانية", "ثالثة")
    answer(cast, clock, place, 1)
    ready = Draft((RowRef(2),), Disposition.CLARIFIED, reason_ar="لم يُعتمد", ready=True)
    responses.record(cast.drafter, clock(), place.consultation.id, ready)
    edition = publish(cast, clock, place, interim=True, reason="الدراسة مستمرة")
    rows = list(all_rows(edition.id))
    assert [row["disposition"] for row in rows] == ["clarified", "", ""]
    assert [row["response"]["ar"] for row in rows] == ["بيان", "", ""]
    assert (edition.counts["answered"], edition.counts["under_study"]) == (1, 2)
    (head,) = editions(place.consultation.id)
    assert (head.file.interim, head.file.corrects) == (True, None)
    assert phase(dates(place.consultation), clock()) == "closed", "the study goes on"
    assert told() == []
    found = rows_page(edition.id, Filters(under_study=True)).rows
    assert [row.ref for row in found] == ["2", "3"]


def test_the_final_edition_after_an_interim_one_corrects_nothing_and_shows_what_is_new(
    cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, "أولى", "ثانية")
    answer(cast, clock, place, 1)
    publish(cast, clock, place, interim=True)
    answer(cast, clock, place, 2)
    edition = publish(cast, clock, place)
    assert (edition.number, edition.interim, edition.corrects) == (2, False, None)
    assert edition.differences == {"edition": 1, "added": 0, "changed": 1, "removed": []}
    (only,) = differences(edition.id)
    assert (only.ref, only.columns) == ("2", ("disposition", "response", "decided"))
    assert told() == ["author-1@example.org", "author-2@example.org"]
    assert phase(dates(place.consultation), clock()) == "answered"


def test_after_a_final_edition_there_is_no_interim_one(
    cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, "أولى")
    answer(cast, clock, place, 1)
    publish(cast, clock, place)
    with pytest.raises(DomainError, match="phase_refuses"):
        publish(cast, clock, place, interim=True)


def test_an_interim_edition_that_answers_nothing_is_refused(
    cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, "أولى")
    with pytest.raises(DomainError, match="interim_nothing_answered"):
        publish(cast, clock, place, interim=True)


def test_no_interim_edition_while_comments_are_being_taken(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    answer(cast, clock, place, 1)
    with pytest.raises(DomainError, match="phase_refuses"):
        publish(cast, clock, place, interim=True)


def test_a_duplicate_of_what_is_under_study_is_under_study(
    cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, "أولى", "ثانية", "ثالثة")
    answer(cast, clock, place, 3)
    ready = Draft((RowRef(1),), Disposition.CLARIFIED, reason_ar="لم يُعتمد", ready=True)
    responses.record(cast.drafter, clock(), place.consultation.id, ready)
    repeats = Draft((RowRef(2),), Disposition.DUPLICATE, duplicate_of=RowRef(1), ready=True)
    written = responses.record(cast.drafter, clock(), place.consultation.id, repeats)
    reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    edition = publish(cast, clock, place, interim=True)
    assert [row["disposition"] for row in all_rows(edition.id)] == ["", "", "clarified"]


def test_a_corrigendum_lists_its_differences_and_tells_those_concerned(
    cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, "أولى", "ثانية", "ثالثة")
    first, _rest = answer(cast, clock, place, 1), answer(cast, clock, place, 2, 3)
    publish(cast, clock, place)
    clock.pass_(days=1)
    answer(cast, clock, place, 1, reason="بيان أوضح", response=first)
    edition = publish(cast, clock, place, reason="تصويب الصياغة")
    assert (edition.number, edition.corrects) == (2, 1)
    assert edition.differences == {"edition": 1, "added": 0, "changed": 1, "removed": []}
    page = differences_page(edition.id)
    assert ([row.ref for row in page.rows], page.next) == (["1"], None)
    (row,) = page.rows
    assert row.before is not None
    assert row.after is not None
    assert (row.before["response"]["ar"], row.after["response"]["ar"]) == ("بيان", "بيان أوضح")
    kept = find_row(edition.id, "2")
    assert kept is not None
    assert difference_of(edition.id, kept) is None
    assert told() == [f"author-{each}@example.org" for each in (1, 2, 3, 1)]


def test_a_comment_that_was_split_since_has_other_rows(
    cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, "المدة قصيرة. والرسم مرتفع.")
    answer(cast, clock, place, 1)
    publish(cast, clock, place)
    (comment,) = made.comments(place)
    for part, (start, end) in enumerate(((0, 12), (13, 26)), start=1):
        spans = [{"field": "text", "start": start, "end": end}]
        by = {"split_by": cast.drafter.user_id, "split_at": clock()}
        db.session.add(CommentPart(comment_id=comment.id, part=part, spans=spans, **by))
    db.session.execute(db.text("DELETE FROM response_comment"))
    db.session.flush()
    for part in (1, 2):
        answer(cast, clock, place, RowRef(1, part))
    edition = publish(cast, clock, place, reason="لكل نقطة رد")
    assert edition.differences == {"edition": 1, "added": 2, "changed": 0, "removed": ["1"]}
    assert [(each.ref, each.after is None) for each in differences(edition.id)] == [
        ("1.1", False),
        ("1.2", False),
        ("1", True),
    ]
    assert edition.counts["received"] == 1
    assert join_parts(comment.id)


def test_rows_of_a_published_edition_are_neither_added_to_nor_taken_away(
    cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, "أولى")
    answer(cast, clock, place, 1)
    edition = publish(cast, clock, place)
    row = db.session.query(MatrixRow).one()
    kept = {c.name: getattr(row, c.name) for c in MatrixRow.__table__.columns}
    for statement in (
        db.insert(MatrixRow).values({**kept, "id": 99, "ref": "9", "position": 9}),
        db.update(MatrixRow).values(ref="9"),
        db.delete(MatrixRow),
        db.update(MatrixEdition).values(reason="x"),
        db.delete(MatrixEdition),
    ):
        with pytest.raises(Exception, match="immutable"):
            db.session.execute(statement)
        db.session.rollback()
    assert [cells["ref"] for cells in all_rows(edition.id)] == ["1"]


def test_a_place_in_a_version_that_was_never_published_is_no_change(
    cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, "أولى")
    working, _parsed = drafts.import_text(cast.drafter, clock(), place.document, LATER)
    cites = (Place(working.id, "art_2__para_a"),)
    draft = Draft((RowRef(1),), Disposition.ACCEPTED, cites=cites)
    responses.record(cast.drafter, clock(), place.consultation.id, draft)
    codes = [gap.code for gap in check(place.consultation.id).gaps]
    assert codes == ["change_not_there", "not_approved"]
    with pytest.raises(Incomplete):
        publish(cast, clock, place)


def test_a_published_version_that_is_cited_cannot_be_withdrawn(
    cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, "أولى")
    version, _parsed = drafts.import_text(cast.drafter, clock(), place.document, LATER)
    drafts.publish_version(cast.drafter, clock(), place.consultation, version)
    db.session.commit()
    for statement in (
        db.update(DraftVersion).where(DraftVersion.id == version.id).values(published_at=None),
        db.delete(DraftVersion).where(DraftVersion.id == version.id),
    ):
        with pytest.raises(Exception, match="immutable"):
            db.session.execute(statement)
        db.session.rollback()


def test_a_withdrawn_and_a_withheld_comment_have_their_rows(
    cast: Cast, place: Open, clock: Clock
) -> None:
    sent = made.send(place, clock, "أسحبها", "ثانية")
    submissions.withdraw_comment(clock(), sent.code, 1)
    clock.moment = place.consultation.closes_at
    answer(cast, clock, place, 1, disposition=Disposition.WITHDRAWN, reason="")
    answer(cast, clock, place, 2)
    rows = list(all_rows(publish(cast, clock, place).id))
    assert [(row["publication"], row["comment"]) for row in rows] == [
        ("withdrawn", []),
        ("pending", []),
    ]
    assert all(len(row["hash"]) == 64 for row in rows)
