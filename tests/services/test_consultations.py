"""What can happen to a consultation, and when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.domain.bilingual import Bilingual
from portal.domain.consultations import Phase, phase
from portal.domain.drafts import DocumentKind
from portal.domain.errors import DomainError, Refusals
from portal.domain.particulars import Particulars
from portal.domain.record import Entry
from portal.models import Consultation, Extension, RecordEntry, db
from portal.queries.consultations import dates, find_page
from portal.services import consultations, drafts
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.fixtures.apps import START, Clock

DAY = timedelta(days=1)
PARTICULARS = Particulars(Bilingual("تعليمات (مثال)"), START + DAY, START + 16 * DAY)
WHY = Bilingual("لأن الموضوع يستدعي ذلك")


def create(cast: Cast, slug: str = "gardens", **change: Any) -> Consultation:
    return consultations.create(
        cast.drafter,
        START,
        body_id=cast.body.id,
        slug=slug,
        particulars=replace(PARTICULARS, **change),
    )


def with_document(cast: Cast, **change: Any) -> Consultation:
    each = create(cast, **change)
    title = Bilingual("وثيقة (مثال)")
    consultations.add_document(cast.drafter, START, each, DocumentKind.PLAN, title)
    return each


def announced(cast: Cast) -> Consultation:
    each = with_document(cast)
    consultations.announce(cast.drafter, START, each, minimum_days=10)
    return each


def phase_of(each: Consultation, now: datetime) -> Phase:
    db.session.flush()
    return phase(dates(each), now)


def entries() -> list[Entry]:
    return list(db.session.scalars(db.select(RecordEntry.kind).order_by(RecordEntry.id)))


def test_from_preparation_to_the_archive(cast: Cast) -> None:
    each = announced(cast)
    assert phase_of(each, START) is Phase.ANNOUNCED
    assert phase_of(each, START + DAY) is Phase.OPEN
    assert phase_of(each, START + 16 * DAY) is Phase.CLOSED
    each.answered_at = START + 20 * DAY
    consultations.conclude(cast.approver, START + 21 * DAY, each)
    assert phase_of(each, START + 21 * DAY) is Phase.CONCLUDED
    consultations.archive(cast.approver, START + 22 * DAY, each)
    assert phase_of(each, START + 22 * DAY) is Phase.ARCHIVED
    assert entries()[-3:] == [Entry.ANNOUNCED, Entry.CONCLUDED, Entry.ARCHIVED]


def test_two_consultations_never_share_an_address(cast: Cast) -> None:
    create(cast)
    with pytest.raises(Refusals) as refused:
        create(cast)
    assert [(e.code, e.field) for e in refused.value.errors] == [("slug_taken", "slug")]


def test_everything_wrong_with_a_new_one_is_told_at_once(cast: Cast) -> None:
    with pytest.raises(Refusals) as refused:
        create(cast, "Not a slug", closes_at=START)
    assert {e.field for e in refused.value.errors} == {"slug", "closes_at"}


def test_a_consultation_without_a_document_is_not_announced(cast: Cast) -> None:
    with pytest.raises(DomainError, match="nothing_to_read"):
        consultations.announce(cast.drafter, START, create(cast), minimum_days=10)


def test_a_text_is_published_before_it_is_announced(cast: Cast) -> None:
    each = create(cast)
    kind, title = DocumentKind.LAW, Bilingual("قانون (مثال)")
    document = consultations.add_document(cast.drafter, START, each, kind, title)
    version, _ = drafts.import_text(cast.drafter, START, document, made.DRAFT)
    with pytest.raises(DomainError, match="version_unpublished"):
        consultations.announce(cast.drafter, START, each, minimum_days=10)
    drafts.publish_version(cast.drafter, START, each, version)
    consultations.announce(cast.drafter, START, each, minimum_days=10)


def test_a_short_period_needs_an_approver_and_a_reason_and_is_shown(cast: Cast) -> None:
    each = with_document(cast, closes_at=START + 9 * DAY)
    for reason, approver in (("", True), ("ضرورة", False)):
        with pytest.raises(DomainError, match="period_short"):
            consultations.announce(
                cast.approver,
                START,
                each,
                minimum_days=10,
                short_reason=reason,
                approver=approver,
            )
    consultations.announce(
        cast.approver, START, each, minimum_days=10, short_reason=" ضرورة ", approver=True
    )
    db.session.flush()
    assert (each.short_reason, each.short_approved_by) == ("ضرورة", cast.approver.user_id)
    page = find_page(each.slug, START)
    assert page is not None
    assert page.short_reason == "ضرورة"


def test_days_before_the_announcement_do_not_count_as_a_period(cast: Cast) -> None:
    """Nobody could comment in them."""
    each = with_document(cast, opens_at=START - 20 * DAY, closes_at=START + 2 * DAY)
    with pytest.raises(DomainError, match="period_short"):
        consultations.announce(cast.drafter, START, each, minimum_days=10)


def test_a_consultation_that_ran_elsewhere_keeps_its_dates(cast: Cast) -> None:
    each = with_document(cast, opens_at=START - 60 * DAY, closes_at=START - 30 * DAY)
    consultations.announce(cast.drafter, START, each, minimum_days=10, as_dated=True)
    assert phase_of(each, START) is Phase.CLOSED


def test_an_extension_keeps_the_old_deadline_visible(cast: Cast) -> None:
    each = announced(cast)
    now, old = START + 3 * DAY, each.closes_at
    consultations.extend(cast.drafter, now, each, closes_at=old + 5 * DAY, reason=WHY)
    consultations.extend(cast.drafter, now + DAY, each, closes_at=old + 7 * DAY, reason=WHY)
    db.session.flush()
    page = find_page(each.slug, now)
    assert page is not None
    assert page.dates.closes_at == old + 7 * DAY
    assert [(e.old, e.new) for e in page.extensions] == [
        (old, old + 5 * DAY),
        (old + 5 * DAY, old + 7 * DAY),
    ]
    assert page.extensions[0].reason == WHY


@pytest.mark.parametrize(
    ("later", "after", "reason", "code"),
    [
        (17, 3, Bilingual(" "), "reason_missing"),
        (16, 3, WHY, "extension_not_later"),
        (15, 3, WHY, "extension_not_later"),
        (17, 16, WHY, "phase_refuses"),
        (17, 3, Bilingual("س\u202e"), "bidi_characters"),
        (17, 3, Bilingual("س", "x" * 10_001), "text_long"),
        (365 * 90, 3, WHY, "year_far"),
    ],
)
def test_a_wrong_extension_is_refused(
    cast: Cast, later: int, after: int, reason: Bilingual, code: str
) -> None:
    each = announced(cast)
    with pytest.raises(DomainError, match=code):
        consultations.extend(
            cast.drafter,
            START + after * DAY,
            each,
            closes_at=START + later * DAY,
            reason=reason,
        )
    assert db.session.scalar(db.select(db.func.count(Extension.id))) == 0


def test_a_withdrawal_has_a_reason_and_leaves_what_was_received(cast: Cast, clock: Clock) -> None:
    place = made.open_one(cast, clock)
    made.send(place, clock, "ملاحظة")
    with pytest.raises(DomainError, match="reason_missing"):
        consultations.withdraw(cast.approver, clock(), place.consultation, reason=Bilingual(" "))
    consultations.withdraw(cast.approver, clock(), place.consultation, reason=WHY)
    assert phase_of(place.consultation, clock()) is Phase.WITHDRAWN
    assert len(made.comments(place)) == 1
    assert place.consultation.withdrawn_reason_ar == WHY.ar


def test_announced_dates_stay_and_the_words_may_still_change(cast: Cast) -> None:
    each = announced(cast)
    shown = PARTICULARS.closes_at.replace(second=0, microsecond=0)
    better = replace(PARTICULARS, title=Bilingual("عنوان أوضح"), closes_at=shown)
    consultations.edit(cast.drafter, START, each, better)
    assert each.title_ar == "عنوان أوضح"
    for field in ("opens_at", "closes_at"):
        moved = replace(PARTICULARS, **{field: getattr(PARTICULARS, field) - timedelta(hours=1)})
        with pytest.raises(Refusals) as refused:
            consultations.edit(cast.drafter, START, each, moved)
        assert [(e.code, e.field) for e in refused.value.errors] == [("dates_announced", field)]


def test_dates_change_freely_before_the_announcement(cast: Cast) -> None:
    each = create(cast)
    consultations.edit(cast.drafter, START, each, replace(PARTICULARS, closes_at=START + 12 * DAY))
    assert each.closes_at == START + 12 * DAY


Act = Callable[[Cast, Consultation], object]
TOO_LATE: dict[str, Act] = {
    "announce": lambda cast, each: consultations.announce(
        cast.drafter, START, each, minimum_days=10
    ),
    "conclude": lambda cast, each: consultations.conclude(cast.approver, START, each),
    "archive": lambda cast, each: consultations.archive(cast.approver, START, each),
}


@pytest.mark.parametrize("name", TOO_LATE)
def test_a_step_out_of_turn_is_refused(cast: Cast, name: str) -> None:
    each = announced(cast)
    with pytest.raises(DomainError, match="phase_refuses") as refused:
        TOO_LATE[name](cast, each)
    assert refused.value.status == 409
    assert refused.value.params["phase"] is Phase.ANNOUNCED
