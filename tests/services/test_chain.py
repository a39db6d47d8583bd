"""The whole chain by services alone: publish, comment, moderate, answer, publish the matrix."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.domain.errors import DomainError, Refusals
from portal.domain.grounds import Ground
from portal.domain.matrices import Incomplete, Place
from portal.domain.moderation import Outcome
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.domain.visibility import Span
from portal.models import Comment, DraftVersion, MatrixRow, OutboxMail, Response, db
from portal.queries.changes import load_changes
from portal.queries.matrices import all_rows, editions
from portal.services import drafts, matrices, moderation, reflection, responses, reviews
from portal.services.moderation import Decision
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.fixtures.apps import Clock

SECOND = DRAFT.replace("من السابعة صباحاً", "من السادسة صباحاً").replace("المخصصة لها", "كلها")

FIRST, REST = (RowRef(1),), (RowRef(2), RowRef(3), RowRef(4))


def decide(cast: Cast, clock: Clock, comment: Comment, outcome: Outcome, **more: object) -> None:
    decision = Decision(outcome, comment.revision, **more)  # type: ignore[arg-type]
    moderation.decide(cast.moderator, clock(), comment, decision)


def answer(cast: Cast, clock: Clock, place: Open, draft: Draft) -> Response:
    written = responses.record(cast.drafter, clock(), place.consultation.id, draft)
    if draft.ready:
        reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    return written


def second_version(cast: Cast, clock: Clock, place: Open) -> DraftVersion:
    clock.moment = place.consultation.closes_at + timedelta(days=1)
    version, _ = drafts.import_text(cast.drafter, clock(), place.document, SECOND)
    drafts.publish_version(cast.drafter, clock(), place.consultation, version)
    return version


def test_the_chain_gives_a_row_for_every_comment(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "السابعة متأخرة", "اتصلوا بي 0790000000", email="a@example.org")
    made.send(place, clock, "كلام سري", confidential=True)
    made.send(place, clock, "شتيمة")
    first, phone, _secret, insult = made.comments(place)
    decide(cast, clock, first, Outcome.PUBLISH)
    mask = Span("text", phone.text.index("0"), len(phone.text), Ground.PERSONAL_DATA)
    decide(cast, clock, phone, Outcome.REDACT, ground=Ground.PERSONAL_DATA, spans=(mask,))
    decide(cast, clock, insult, Outcome.WITHHOLD, ground=Ground.INSULT)
    version = second_version(cast, clock, place)
    changes = [change.place.eid for change in load_changes(place.consultation.id)]
    assert changes == ["art_2__para_a", "art_3"]
    cited = (Place(version.id, "art_2__para_a"),)
    answer(cast, clock, place, Draft(FIRST, Disposition.ACCEPTED, cites=cited, ready=True))
    rest = Draft(
        (RowRef(2), RowRef(3), RowRef(4)), Disposition.CLARIFIED, reason_ar="بيان", ready=True
    )
    answer(cast, clock, place, rest)
    with pytest.raises(Incomplete) as missing:
        matrices.publish(cast.approver, clock(), place.consultation.id)
    assert [gap.code for gap in missing.value.gaps] == ["change_unexplained"]
    art_3 = Place(version.id, "art_3")
    reflection.explain_change(cast.drafter, clock(), place.consultation.id, art_3, "تبسيط")
    edition = matrices.publish(cast.approver, clock(), place.consultation.id)
    db.session.commit()
    rows = list(all_rows(edition.id))
    assert [row["ref"] for row in rows] == ["1", "2", "3", "4"]
    assert rows[0]["text_before"] == ["تفتح الحديقة من السابعة صباحاً إلى الغروب."]
    assert rows[0]["text_after"] == ["تفتح الحديقة من السادسة صباحاً إلى الغروب."]
    assert rows[1]["comment"] == ["اتصلوا بي ", {"mask": "personal_data"}]
    assert [row["comment"] for row in rows[2:]] == [[], []]
    assert rows[3]["publication"] == "withheld"
    assert len(rows[3]["hash"]) == 64
    assert edition.counts["received"] == 4
    assert edition.counts["distinct_senders"] == 3
    sent = db.session.scalars(db.select(OutboxMail.template).order_by(OutboxMail.id)).all()
    assert sent == ["receipt", "moderated", "moderated", "answered"]


def test_publishing_with_one_unanswered_comment_is_refused_and_names_it(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى", "ثانية")
    clock.moment = place.consultation.closes_at
    answer(cast, clock, place, Draft(FIRST, Disposition.CLARIFIED, reason_ar="بيان", ready=True))
    with pytest.raises(Incomplete) as missing:
        matrices.publish(cast.approver, clock(), place.consultation.id)
    assert [(gap.code, gap.ref) for gap in missing.value.gaps] == [("unanswered", RowRef(2))]
    db.session.rollback()
    assert editions(place.consultation.id) == ()


def test_what_is_published_is_never_changed(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى")
    clock.moment = place.consultation.closes_at
    answer(cast, clock, place, Draft(FIRST, Disposition.CLARIFIED, reason_ar="بيان", ready=True))
    matrices.publish(cast.approver, clock(), place.consultation.id)
    db.session.commit()
    for statement in (
        db.update(MatrixRow).values(ref="9"),
        db.delete(MatrixRow),
        db.update(DraftVersion).values(source="x"),
    ):
        with pytest.raises(Exception, match="immutable"):
            db.session.execute(statement)
        db.session.rollback()


def test_a_corrigendum_is_a_new_edition_with_a_reason(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    clock.moment = place.consultation.closes_at
    draft = Draft(FIRST, Disposition.CLARIFIED, reason_ar="بيان", ready=True)
    written = answer(cast, clock, place, draft)
    matrices.publish(cast.approver, clock(), place.consultation.id)
    db.session.commit()
    with pytest.raises(DomainError, match="corrigendum_reason"):
        matrices.publish(cast.approver, clock(), place.consultation.id)
    better = Draft(FIRST, Disposition.NOTED, reason_ar="بيان أوضح", ready=True)
    responses.record(
        cast.drafter,
        clock(),
        place.consultation.id,
        better,
        response=written,
        seen_revision=written.revision,
    )
    reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    matrices.publish(cast.approver, clock(), place.consultation.id, reason="تصويب القرار")
    db.session.commit()
    first, second = reversed(editions(place.consultation.id))
    assert next(all_rows(first.id))["disposition"] == "clarified"
    assert next(all_rows(second.id))["disposition"] == "noted"


def test_nobody_approves_their_own_response(cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى")
    draft = Draft(FIRST, Disposition.CLARIFIED, reason_ar="بيان", ready=True)
    written = responses.record(cast.approver, clock(), place.consultation.id, draft)
    with pytest.raises(DomainError, match="own_response"):
        reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)


def test_a_ready_response_says_all_that_is_missing_at_once(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    draft = Draft(FIRST, Disposition.ACCEPTED_IN_PART, ready=True)
    with pytest.raises(Refusals) as refused:
        responses.record(cast.drafter, clock(), place.consultation.id, draft)
    assert [each.code for each in refused.value.errors] == ["reason_missing", "change_missing"]


def test_a_stale_decision_is_refused_and_shows_the_other(
    cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى")
    (comment,) = made.comments(place)
    decide(cast, clock, comment, Outcome.PUBLISH)
    late = Decision(Outcome.SPAM, 0, ground=Ground.ADVERTISING)
    with pytest.raises(DomainError, match="decided_meanwhile") as refused:
        moderation.decide(cast.other_moderator, clock(), comment, late)
    assert refused.value.status == 409
    assert refused.value.params["outcome"] is Outcome.PUBLISH
    assert refused.value.params["name"] == "moderator (example)"
