"""The summary on both databases: its figures, its versions, four eyes, and that it is locked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from portal.domain.errors import DomainError, Refusals
from portal.domain.record import Entry
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.domain.submissions import Governorate, SenderClass
from portal.domain.summaries import FIELDS
from portal.formats.summaries import draft_texts
from portal.models import RecordEntry, Summary, db
from portal.queries.matrices import editions
from portal.queries.summaries import (
    list_summaries,
    load_asked,
    load_figures,
    load_reflected,
    published_summary,
)
from portal.services import matrices, responses, reviews, summaries
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

TEXTS = dict.fromkeys(FIELDS, "كلام واضح. (مثال)")


@pytest.fixture
def answered(cast: Cast, place: Open, clock: Clock) -> Open:
    """Four senders from Amman and one from Maan; all answered, edition 1 published."""
    for number in range(4):
        made.send(place, clock, f"ملاحظة {number}", governorate=Governorate.AMMAN)
    made.send(
        place,
        clock,
        "من معان",
        eid=None,
        governorate=Governorate.MAAN,
        sender_class=SenderClass.ACADEMIC,
        organisation="مركز (مثال)",
    )
    made.send(place, clock, "بلا محافظة")
    clock.moment = place.consultation.closes_at + timedelta(days=1)
    publish(cast, clock, place)
    return place


def publish(cast: Cast, clock: Clock, place: Open, reason: str = "") -> None:
    consultation_id = place.consultation.id
    if not editions(consultation_id):
        refs = tuple(RowRef(number) for number in range(1, 7))
        draft = Draft(refs, Disposition.CLARIFIED, reason_ar="بيان", ready=True)
        written = responses.record(cast.drafter, clock(), consultation_id, draft)
        reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    matrices.publish(cast.approver, clock(), consultation_id, reason=reason)
    db.session.commit()


def test_figures_are_those_of_the_edition(cast: Cast, answered: Open) -> None:
    head = editions(answered.consultation.id)[0]
    figures = load_figures(head.id)
    assert (figures.received, figures.distinct_texts, figures.distinct_senders) == (6, 6, 6)
    assert [tuple(each) for each in figures.articles] == [(1, "art_2", 5), (None, "", 1)]
    assert figures.spread.shown == (("amman", 4),)
    assert (figures.spread.few, figures.spread.rest) == (("maan",), 2)
    texts = draft_texts(load_asked(answered.consultation.id), figures, load_reflected(head.id))
    assert set(texts) == set(FIELDS)
    assert "6" in texts["said_ar"]
    assert "معان" not in texts["said_ar"]


def test_versions_are_kept_and_two_people_stand_behind_what_is_published(
    cast: Cast, answered: Open, clock: Clock
) -> None:
    of = answered.consultation.id
    summaries.write(cast.drafter, clock(), of, TEXTS, seen=0)
    summaries.write(cast.drafter, clock(), of, {**TEXTS, "did_en": ""}, seen=1)
    with pytest.raises(DomainError, match="summary_changed_meanwhile"):
        summaries.write(cast.drafter, clock(), of, TEXTS, seen=1)
    with pytest.raises(DomainError, match="own_summary"):
        summaries.publish(cast.drafter, clock(), of, seen=2)
    with pytest.raises(Refusals, match="summary_text_missing"):
        summaries.publish(cast.approver, clock(), of, seen=2)
    summaries.write(cast.drafter, clock(), of, TEXTS, seen=2)
    with pytest.raises(DomainError, match="summary_changed_meanwhile"):
        summaries.publish(cast.approver, clock(), of, seen=2)
    summaries.publish(cast.approver, clock(), of, seen=3)
    with pytest.raises(DomainError, match="summary_published"):
        summaries.publish(cast.approver, clock(), of, seen=3)
    db.session.commit()
    assert [each.number for each in list_summaries(of)] == [3, 2, 1]
    shown = published_summary(of)
    assert shown is not None
    assert shown.number == 3
    assert shown.figures == load_figures(shown.edition_id)
    kinds = list(db.session.scalars(db.select(RecordEntry.kind)))
    assert kinds.count(Entry.SUMMARY_PUBLISHED) == 1


def test_what_is_published_is_locked_by_the_database(
    app: Flask, cast: Cast, answered: Open, clock: Clock
) -> None:
    of = answered.consultation.id
    summaries.write(cast.drafter, clock(), of, TEXTS, seen=0)
    summaries.publish(cast.approver, clock(), of, seen=1)
    db.session.commit()
    for change in (db.update(Summary).values(did_ar="أخرى"), db.delete(Summary)):
        with pytest.raises(DBAPIError, match="immutable"):
            db.session.execute(change)
        db.session.rollback()


def test_a_summary_speaks_of_the_newest_edition(cast: Cast, answered: Open, clock: Clock) -> None:
    of = answered.consultation.id
    summaries.write(cast.drafter, clock(), of, TEXTS, seen=0)
    publish(cast, clock, answered, reason="تصويب")
    with pytest.raises(DomainError, match="summary_old_edition"):
        summaries.publish(cast.approver, clock(), of, seen=1)
    summaries.write(cast.drafter, clock(), of, TEXTS, seen=1)
    assert summaries.publish(cast.approver, clock(), of, seen=2).figures["received"] == 6


def test_without_an_edition_there_is_nothing_to_sum_up(
    cast: Cast, place: Open, clock: Clock
) -> None:
    with pytest.raises(DomainError, match="summary_needs_edition"):
        summaries.write(cast.drafter, clock(), place.consultation.id, TEXTS, seen=0)
