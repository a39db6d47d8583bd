"""Appeals: in time, once, by the author; ruled by another moderator, with reasons."""

from __future__ import annotations

import pytest

from portal.domain.appeals import AppealOutcome, Ruling
from portal.domain.comments import Publication
from portal.domain.errors import DomainError, Stale
from portal.domain.grounds import Ground
from portal.domain.moderation import Decision, Outcome
from portal.domain.record import Entry
from portal.domain.visibility import Span
from portal.formats.mails import render
from portal.models import Appeal, Comment, ModerationDecision, OutboxMail, RecordEntry, db
from portal.queries.appeals import count_open, open_page
from portal.queries.queue import Reach, reach_of
from portal.queries.submissions import find_submission
from portal.services import appeals, edits, moderation, submissions
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

UPHELD, REJECTED = AppealOutcome.UPHELD, AppealOutcome.REJECTED


@pytest.fixture
def code(cast: Cast, place: Open, clock: Clock) -> str:
    """The receipt of a comment that was withheld."""
    sent = made.send(place, clock, "كلام شديد", email="author@example.org")
    withheld = Decision(Outcome.WITHHOLD, 0, Ground.INSULT)
    moderation.decide(cast.moderator, clock(), comment(place), withheld)
    db.session.commit()
    return sent.code


def comment(place: Open) -> Comment:
    return made.comments(place)[0]


def object_to(code: str, clock: Clock) -> Appeal:
    return appeals.appeal(clock(), code, 1, "ليس فيه إهانة", days=14)


def upheld(outcome: Outcome = Outcome.PUBLISH, seen: int = 1) -> Ruling:
    ground = None if outcome is Outcome.PUBLISH else Ground.INSULT
    return Ruling(UPHELD, "الكلام نقد", Decision(outcome, seen, ground))


def test_upheld_a_new_decision_of_another_takes_effect(
    cast: Cast, place: Open, clock: Clock, code: str
) -> None:
    appeal = object_to(code, clock)
    appeals.rule(cast.other_moderator, clock(), appeal, upheld())
    assert comment(place).publication is Publication.PUBLISHED
    newest = db.session.scalars(
        db.select(ModerationDecision).order_by(ModerationDecision.id.desc())
    ).first()
    assert newest is not None
    assert newest.decided_by == cast.other_moderator.user_id
    mail = db.session.scalars(db.select(OutboxMail).order_by(OutboxMail.id.desc())).first()
    assert mail is not None
    assert mail.template == "appeal_decided"
    body = render(mail.template, "ar", mail.params, mail.recipient, mail.id).body
    assert "الكلام نقد" in body
    assert "نُشرت ملاحظتكم 1" in body


def test_rejected_the_decision_stands_and_the_author_reads_why(
    cast: Cast, place: Open, clock: Clock, code: str
) -> None:
    appeals.rule(cast.other_moderator, clock(), object_to(code, clock), Ruling(REJECTED, "إهانة"))
    assert comment(place).publication is Publication.WITHHELD
    found = find_submission(code, clock())
    assert found is not None
    (decision,) = found.steps[0].decisions
    assert decision.appeal is not None
    assert (decision.appeal.outcome, decision.appeal.reasons) == (REJECTED, "إهانة")
    kinds = db.session.scalars(db.select(RecordEntry.kind).order_by(RecordEntry.id)).all()
    assert kinds[-2:] == [Entry.APPEALED, Entry.APPEAL_DECIDED]


def test_who_decided_does_not_rule(cast: Cast, clock: Clock, code: str) -> None:
    appeal = object_to(code, clock)
    with pytest.raises(DomainError, match="own_decision") as refused:
        appeals.rule(cast.moderator, clock(), appeal, upheld())
    assert refused.value.status == 403
    assert count_open(reach_of(cast.moderator)) == 0
    assert count_open(reach_of(cast.other_moderator)) == 1
    assert count_open(reach_of(cast.outsider)) == 0
    assert [each.id for each in open_page(reach_of(cast.moderator))[0]] == [appeal.id]


def test_the_database_refuses_it_too(cast: Cast, clock: Clock, code: str) -> None:
    appeal = object_to(code, clock)
    db.session.commit()
    appeal.outcome, appeal.reasons = REJECTED, "سبب"
    appeal.decided_by, appeal.decided_at = cast.moderator.user_id, clock()
    with pytest.raises(Exception, match="another_decides"):
        db.session.flush()
    db.session.rollback()


def test_nor_does_it_let_an_appeal_name_somebody_else_as_the_one_who_decided(
    cast: Cast, clock: Clock, code: str
) -> None:
    decision = db.session.scalars(db.select(ModerationDecision)).one()
    other = cast.other_moderator.user_id
    db.session.add(
        Appeal(comment_id=1, decision_id=decision.id, against=other, text="س", at=clock())
    )
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        db.session.flush()
    db.session.rollback()


def test_what_was_written_and_ruled_is_never_changed(cast: Cast, clock: Clock, code: str) -> None:
    appeals.rule(cast.other_moderator, clock(), object_to(code, clock), Ruling(REJECTED, "إهانة"))
    db.session.commit()
    for statement in (
        db.update(Appeal).values(text="غيره"),
        db.update(Appeal).values(reasons="غيره"),
        db.delete(Appeal),
    ):
        with pytest.raises(Exception, match="immutable"):
            db.session.execute(statement)
        db.session.rollback()


def test_after_the_deadline_it_is_refused(clock: Clock, code: str) -> None:
    clock.pass_(days=14)
    object_to(code, clock)  # on the last moment it is taken
    db.session.rollback()
    clock.pass_(seconds=1)
    with pytest.raises(DomainError, match="appeal_late") as refused:
        object_to(code, clock)
    assert refused.value.status == 409


def test_twice_is_refused_whatever_became_of_the_first(cast: Cast, clock: Clock, code: str) -> None:
    appeal = object_to(code, clock)
    with pytest.raises(DomainError, match="appeal_twice"):
        object_to(code, clock)
    appeals.rule(cast.other_moderator, clock(), appeal, Ruling(REJECTED, "إهانة"))
    with pytest.raises(DomainError, match="appeal_twice"):
        object_to(code, clock)


def test_there_must_be_a_decision_with_a_ground(place: Open, cast: Cast, clock: Clock) -> None:
    sent = made.send(place, clock, "أولى")
    with pytest.raises(DomainError, match="appeal_nothing"):
        object_to(sent.code, clock)
    moderation.decide(cast.moderator, clock(), comment(place), Decision(Outcome.PUBLISH, 0))
    with pytest.raises(DomainError, match="appeal_nothing"):
        object_to(sent.code, clock)


def test_somebody_without_the_receipt_has_nothing_to_appeal(clock: Clock, code: str) -> None:
    with pytest.raises(DomainError, match="not_found"):
        appeals.appeal(clock(), "Z" * 16, 1, "اعتراض", days=14)


@pytest.mark.parametrize("text", ["", "  \n", "ن" * 5_001])
def test_it_says_why_and_not_for_ever(clock: Clock, code: str, text: str) -> None:
    with pytest.raises(DomainError, match=r"appeal_empty|text_long"):
        appeals.appeal(clock(), code, 1, text, days=14)


@pytest.mark.parametrize(
    ("ruling", "error"),
    [
        (Ruling(REJECTED, " "), "reason_missing"),
        (Ruling(UPHELD, "سبب"), "appeal_outcome_missing"),
        (Ruling(REJECTED, "سبب", Decision(Outcome.PUBLISH, 1)), "appeal_outcome_missing"),
        (Ruling(AppealOutcome.LAPSED, "سبب"), "appeal_outcome_missing"),
        (upheld(Outcome.WITHHOLD), "appeal_same"),
        (upheld(seen=0), "decided_meanwhile"),
    ],
)
def test_a_ruling_is_whole(cast: Cast, clock: Clock, code: str, ruling: Ruling, error: str) -> None:
    appeal = object_to(code, clock)
    with pytest.raises(DomainError, match=error):
        appeals.rule(cast.other_moderator, clock(), appeal, ruling)


def test_two_who_rule_at_once(cast: Cast, clock: Clock, code: str) -> None:
    appeal = object_to(code, clock)
    appeals.rule(cast.other_moderator, clock(), appeal, Ruling(REJECTED, "إهانة"))
    with pytest.raises(Stale, match="appeal_ruled"):
        appeals.rule(cast.outsider, clock(), appeal, upheld())


def test_while_it_waits_nobody_decides_past_it(
    cast: Cast, place: Open, clock: Clock, code: str
) -> None:
    object_to(code, clock)
    again = Decision(Outcome.PUBLISH, 1)
    for moderator in (cast.moderator, cast.other_moderator):
        with pytest.raises(DomainError, match="appeal_open"):
            moderation.decide(moderator, clock(), comment(place), again)


@pytest.mark.parametrize("act", ["edit", "withdraw"])
def test_it_lapses_when_the_author_changes_or_withdraws(
    place: Open, clock: Clock, code: str, act: str
) -> None:
    appeal = object_to(code, clock)
    if act == "edit":
        edits.edit_comment(clock(), code, 1, edits.NewWords("كلام لين"), seen_revision=1)
    else:
        submissions.withdraw_comment(clock(), code, 1)
    assert appeal.outcome is AppealOutcome.LAPSED
    assert open_page(Reach(None, None))[0] == ()


def test_fewer_words_masked_is_another_decision(
    cast: Cast, place: Open, clock: Clock, code: str
) -> None:
    whole = (Span("text", 0, 9, Ground.INSULT),)
    redact = Decision(Outcome.REDACT, 1, Ground.INSULT, spans=whole)
    moderation.decide(cast.moderator, clock(), comment(place), redact)
    less = Decision(Outcome.REDACT, 2, Ground.INSULT, spans=(Span("text", 0, 4, Ground.INSULT),))
    appeals.rule(cast.other_moderator, clock(), object_to(code, clock), Ruling(UPHELD, "سبب", less))
    assert comment(place).publication is Publication.REDACTED
