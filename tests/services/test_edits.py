"""An author changes their words: the earlier ones are kept, and a moderator looks again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.domain.comments import Publication
from portal.domain.errors import DomainError, Refusals
from portal.domain.grounds import Ground
from portal.domain.moderation import Decision, Outcome
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.row_refs import RowRef
from portal.domain.visibility import Span
from portal.models import Comment, CommentRevision, Response, Waiting, db
from portal.queries.comments import count_received, published_page
from portal.queries.receipts import find_receipt
from portal.queries.submissions import find_submission
from portal.services import edits, moderation, responses, reviews, submissions
from portal.services.edits import NewWords
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

NEW = NewWords("غيرها", "نص مقترح", "مبرر")


def first(place: Open) -> Comment:
    return made.comments(place)[0]


def test_the_earlier_text_is_kept_and_it_waits_again(cast: Cast, place: Open, clock: Clock) -> None:
    sent = made.send(place, clock, "أولى", "أولى")
    moderation.decide(cast.moderator, clock(), first(place), Decision(Outcome.PUBLISH, 0))
    digest = first(place).digest
    assert count_received(place.consultation.id).distinct_texts == 1
    clock.pass_(hours=5)
    edits.edit_comment(clock(), sent.code, 1, NEW, seen_revision=1)
    comment = first(place)
    assert (comment.text, comment.proposed, comment.grounds) == ("غيرها", "نص مقترح", "مبرر")
    assert (comment.publication, comment.revision) == (Publication.PENDING, 2)
    assert comment.digest != digest
    assert count_received(place.consultation.id).distinct_texts == 2
    assert db.session.get_one(Waiting, comment.id).since == clock()
    kept = db.session.scalars(db.select(CommentRevision)).one()
    assert (kept.text, kept.revision, kept.digest) == ("أولى", 1, digest)
    assert published_page(place.consultation.id).comments == ()


def test_earlier_texts_are_never_changed(place: Open, clock: Clock) -> None:
    sent = made.send(place, clock, "أولى")
    edits.edit_comment(clock(), sent.code, 1, NEW, seen_revision=0)
    db.session.commit()
    for statement in (db.update(CommentRevision).values(text="x"), db.delete(CommentRevision)):
        with pytest.raises(Exception, match="immutable"):
            db.session.execute(statement)
        db.session.rollback()


def test_the_receipt_still_proves_what_was_received(place: Open, clock: Clock) -> None:
    sent = made.send(place, clock, "أولى")
    before = find_receipt(sent.code)
    edits.edit_comment(clock(), sent.code, 1, NEW, seen_revision=0)
    edits.edit_comment(clock(), sent.code, 1, NewWords("ثالثة"), seen_revision=1)
    after = find_receipt(sent.code)
    assert before is not None
    assert after is not None
    assert after["entries"][:1] == before["entries"]
    said = [entry["comments"][0]["content"]["comment"] for entry in after["entries"]]
    assert said == ["أولى", "غيرها", "ثالثة"]


def test_a_mask_is_of_the_text_it_was_made_on(cast: Cast, place: Open, clock: Clock) -> None:
    sent = made.send(place, clock, "اتصلوا على 0790000000 اليوم")
    span = Span("text", 11, 21, Ground.PERSONAL_DATA)
    redact = Decision(Outcome.REDACT, 0, Ground.PERSONAL_DATA, spans=(span,))
    moderation.decide(cast.moderator, clock(), first(place), redact)
    words = NewWords("كلام آخر طويل لا رقم فيه ولا شيء من ذلك")
    edits.edit_comment(clock(), sent.code, 1, words, seen_revision=1)
    moderation.decide(cast.moderator, clock(), first(place), Decision(Outcome.PUBLISH, 2))
    (shown,) = published_page(place.consultation.id).comments
    assert shown.words.text == (words.text,)
    found = find_submission(sent.code, clock())
    assert found is not None
    assert found.steps[0].decisions[0].masked == (("0790000000", Ground.PERSONAL_DATA),)
    assert [each.text for each in found.steps[0].earlier] == ["اتصلوا على 0790000000 اليوم"]


def test_confidential_stays_confidential_and_out_of_the_queue(place: Open, clock: Clock) -> None:
    sent = made.send(place, clock, "سر", confidential=True)
    edits.edit_comment(clock(), sent.code, 1, NEW, seen_revision=0)
    assert first(place).publication is Publication.CONFIDENTIAL
    assert db.session.scalars(db.select(Waiting)).all() == []


def test_an_answer_to_the_earlier_words_goes_back_to_its_writer(
    cast: Cast, place: Open, clock: Clock
) -> None:
    sent = made.send(place, clock, "أولى")
    draft = Draft((RowRef(1),), Disposition.CLARIFIED, reason_ar="بيان", ready=True)
    written = responses.record(cast.drafter, clock(), place.consultation.id, draft)
    reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    db.session.commit()
    edits.edit_comment(clock(), sent.code, 1, NEW, seen_revision=0)
    db.session.expire_all()
    answer = db.session.scalars(db.select(Response)).one()
    assert (answer.status, answer.approved_by) == (ResponseStatus.RETURNED, None)
    assert "1" in answer.remark


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (NewWords("أولى"), "edit_same"),
        (NewWords(" "), "comment_empty"),
        (NewWords("ن" * 20_001), "text_long"),
        (NewWords("a\u202eb"), "bidi_characters"),
    ],
)
def test_what_is_wrong_is_said(place: Open, clock: Clock, words: NewWords, code: str) -> None:
    sent = made.send(place, clock, "أولى")
    with pytest.raises(Refusals) as refused:
        edits.edit_comment(clock(), sent.code, 1, words, seen_revision=0)
    assert [each.code for each in refused.value.errors] == [code]


def test_a_decision_in_between_is_not_overtaken(cast: Cast, place: Open, clock: Clock) -> None:
    sent = made.send(place, clock, "أولى")
    moderation.decide(cast.moderator, clock(), first(place), Decision(Outcome.PUBLISH, 0))
    with pytest.raises(DomainError, match="changed_meanwhile"):
        edits.edit_comment(clock(), sent.code, 1, NEW, seen_revision=0)


def test_withdrawn_or_out_of_time_it_stays(place: Open, clock: Clock) -> None:
    sent = made.send(place, clock, "أولى", "ثانية")
    submissions.withdraw_comment(clock(), sent.code, 1)
    with pytest.raises(DomainError, match="edit_withdrawn"):
        edits.edit_comment(clock(), sent.code, 1, NEW, seen_revision=1)
    place.consultation.answered_at = clock()
    with pytest.raises(DomainError, match="phase_refuses"):
        edits.edit_comment(clock() + timedelta(days=1), sent.code, 2, NEW, seen_revision=0)
