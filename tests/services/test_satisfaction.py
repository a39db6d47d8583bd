"""Authors say once whether an answer satisfies them; their sentence waits for a moderator."""

from __future__ import annotations

import pytest

from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.record import Entry
from portal.domain.row_refs import RowRef
from portal.models import RecordEntry, Submission, db
from portal.queries.editions import newest_issued
from portal.queries.frozen_rows import find_row
from portal.queries.queue import reach_of
from portal.queries.satisfaction import (
    Said,
    count_sentences,
    find_said,
    said_on,
    sum_of,
    waiting_sentences,
)
from portal.queries.submissions import find_submission
from portal.services import matrices, satisfaction
from tests.factories.answers import answer, closed
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

ROW = RowRef(1)


def code_of(number: int) -> str:
    return db.session.scalars(db.select(Submission.code).order_by(Submission.id)).all()[number - 1]


@pytest.fixture
def published(cast: Cast, place: Open, clock: Clock) -> Open:
    closed(cast, place, clock, "أولى", "ثانية")
    answer(cast, clock, place, 1, 2)
    matrices.publish(cast.approver, clock(), place.consultation.id)
    db.session.commit()
    return place


def read(place: Open) -> Said | None:
    """What everybody reads of the author's word on row 1."""
    issued = newest_issued(place.consultation.id)
    row = find_row(issued.id, "1") if issued else None
    assert row is not None
    return said_on((row,)).get("1")


def say(clock: Clock, number: int = 1, sentence: str = "") -> None:
    satisfaction.say(clock(), code_of(number), RowRef(number), satisfied=False, sentence=sentence)
    db.session.commit()


def test_the_word_shows_at_once_and_the_sentence_when_it_was_read(
    cast: Cast, clock: Clock, published: Open
) -> None:
    say(clock, sentence=" لم يُجب  الرد عن سؤالي ")
    assert read(published) == Said(False, "", 1, clock())
    assert sum_of(published.consultation.id) == (0, 1)
    (waiting,) = waiting_sentences(reach_of(cast.moderator))
    assert (waiting.ref, waiting.sentence) == (ROW, "لم يُجب الرد عن سؤالي")
    said = find_said(published.consultation.id, ROW)
    satisfaction.look(cast.moderator, clock(), said, publish=True)
    assert read(published) == Said(False, "لم يُجب الرد عن سؤالي", 1, clock())
    assert count_sentences(reach_of(cast.moderator)) == 0
    with pytest.raises(DomainError, match="sentence_looked_at"):
        satisfaction.look(cast.moderator, clock(), said, publish=True)


def test_a_sentence_is_withheld_on_a_ground_that_its_author_sees(
    cast: Cast, clock: Clock, published: Open
) -> None:
    say(clock, sentence="اتصلوا بي 0790000000")
    said = find_said(published.consultation.id, ROW)
    with pytest.raises(DomainError, match="ground_missing"):
        satisfaction.look(cast.moderator, clock(), said, publish=False)
    satisfaction.look(cast.moderator, clock(), said, publish=False, ground=Ground.PERSONAL_DATA)
    found = read(published)
    assert found is not None
    assert found.sentence == ""
    own = find_submission(code_of(1), clock())
    assert own is not None
    (seen,) = own.steps[0].answers
    assert seen.said is not None
    assert (seen.said.ground, seen.may_say) == (Ground.PERSONAL_DATA, False)


def test_it_is_said_once(clock: Clock, published: Open) -> None:
    say(clock)
    with pytest.raises(DomainError, match="satisfaction_twice"):
        say(clock)


def test_nobody_speaks_for_another(clock: Clock, published: Open) -> None:
    with pytest.raises(DomainError, match="not_found"):
        satisfaction.say(clock(), code_of(2), ROW, satisfied=True, sentence="")


def test_it_is_said_of_a_final_answer(cast: Cast, place: Open, clock: Clock) -> None:
    closed(cast, place, clock, "أولى", "ثانية")
    answer(cast, clock, place, 1)
    db.session.commit()
    for _before in range(2):
        with pytest.raises(DomainError, match="satisfaction_unanswered"):
            say(clock)
        db.session.rollback()
        matrices.publish(cast.approver, clock(), place.consultation.id, interim=True)
        db.session.commit()


def test_a_sentence_is_short_and_deceives_nobody(clock: Clock, published: Open) -> None:
    with pytest.raises(DomainError, match="text_long"):
        say(clock, sentence="كلمة " * 100)
    with pytest.raises(DomainError, match="bidi_characters"):
        say(clock, sentence="\u202eكلمة")


def test_it_is_on_record_and_the_row_stays_as_it_was(
    cast: Cast, clock: Clock, published: Open
) -> None:
    issued = newest_issued(published.consultation.id)
    assert issued is not None
    before = find_row(issued.id, "1")
    say(clock, sentence="شكراً")
    assert find_row(issued.id, "1") == before
    kinds = db.session.scalars(db.select(RecordEntry.kind).order_by(RecordEntry.id.desc()))
    assert kinds.first() is Entry.SATISFACTION_GIVEN
    assert count_sentences(reach_of(cast.outsider)) == 0
