"""Appeals: the author objects to a decision, another moderator rules, with reasons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from portal.domain.accounts import Actor
from portal.domain.appeals import (
    AppealOutcome,
    Ruling,
    check_appeal,
    check_decider,
    check_ruling,
)
from portal.domain.comment_life import RULES, Event, Rule, follow
from portal.domain.errors import DomainError, Stale
from portal.domain.grounds import Ground
from portal.models import Appeal, Comment, Consultation, ModerationDecision, Submission, db
from portal.models.attaching import files_of, to_words
from portal.models.deciding import checked, lock, notice_params, ruling_params, settle
from portal.models.ledger import post, write_down
from portal.queries.submissions import find_own


def appeal(now: datetime, code: str, number: int, text: str, *, days: int) -> Appeal:
    """Object to the newest decision on a comment.

    Raises `not_found`, `appeal_nothing` where no decision with a ground stands, `appeal_late`,
    `appeal_twice`, `appeal_empty`, `text_long`.
    """
    comment, submission, consultation = find_own(code, number)
    lock(comment)
    follow(comment.publication, Event.APPEAL, confidential=submission.confidential)
    decision = _newest(comment)
    twice = select(Appeal.id).where(Appeal.decision_id == decision.id)
    check_appeal(
        text,
        ground=decision.ground or _ground_of_files(decision),
        decided_at=decision.decided_at,
        appealed=db.session.scalar(twice) is not None,
        now=now,
        days=days,
    )
    made = Appeal(
        comment_id=comment.id,
        decision_id=decision.id,
        against=decision.decided_by,
        text=text.strip(),
        at=now,
    )
    db.session.add(made)
    content = {"comment": comment.number, "decided": decision.decided_at.isoformat()}
    _write_down(RULES[Event.APPEAL], now, comment, consultation, {**content, "text": made.text})
    db.session.flush()
    return made


def _ground_of_files(decision: ModerationDecision) -> Ground | None:
    """A file can be withheld, and its author object to that, where the words are published."""
    return next((word.ground for word in to_words(decision.files) if word.ground), None)


def _newest(comment: Comment) -> ModerationDecision:
    query = select(ModerationDecision).where(ModerationDecision.comment_id == comment.id)
    found = db.session.scalar(query.order_by(ModerationDecision.id.desc()).limit(1))
    if found is None:
        raise DomainError("appeal_nothing", status=409)
    return found


def rule(actor: Actor, now: datetime, appealed: Appeal, ruling: Ruling) -> Appeal:
    """Decide an appeal and tell the author, with the reasons. Upheld: a new decision takes effect.

    Raises `own_decision` for who made the decision, `Stale` where a colleague ruled meanwhile,
    and what `domain.appeals` and `domain.moderation` raise.
    """
    comment = db.session.get_one(Comment, appealed.comment_id)
    lock(comment)
    db.session.refresh(appealed, with_for_update=True)
    check_decider(actor.user_id, decided_by=appealed.against)
    if appealed.outcome is not None:
        raise Stale("appeal_ruled", number=comment.number, outcome=appealed.outcome)
    against = db.session.get_one(ModerationDecision, appealed.decision_id)
    check_ruling(ruling, against.outcome, to_words(against.files))
    submission = db.session.get_one(Submission, comment.submission_id)
    upheld = ruling.outcome is AppealOutcome.UPHELD
    event = Event.UPHOLD if upheld else Event.REJECT
    follow(comment.publication, event, confidential=submission.confidential)
    consultation = db.session.get_one(Consultation, comment.consultation_id)
    told: dict[str, object] = {}
    if ruling.instead:
        instead, _status = checked(comment, submission, ruling.instead)
        files = files_of(comment.id)
        told = notice_params(now, instead, comment, submission, consultation, files)
        settle(actor.user_id, now, comment, instead, tells=False)
    appealed.outcome, appealed.reasons = ruling.outcome, ruling.reasons.strip()
    appealed.decided_by, appealed.decided_at = actor.user_id, now
    params = {**told, **ruling_params(ruling, comment, submission, consultation)}
    rules = RULES[event]
    post(
        str(rules.notice),
        to=submission.email,
        language=submission.language,
        now=now,
        params=params,
        comment_id=comment.id,
    )
    content: dict[str, object] = {"comment": comment.number, "outcome": ruling.outcome.value}
    content["reasons"] = appealed.reasons
    _write_down(rules, now, comment, consultation, content, actor_id=actor.user_id)
    db.session.flush()
    return appealed


def _write_down(
    rules: Rule,
    now: datetime,
    comment: Comment,
    consultation: Consultation,
    content: dict[str, object],
    actor_id: int | None = None,
) -> None:
    write_down(
        rules.entry,
        at=now,
        subject=f"comment {comment.number}",
        content={"consultation": consultation.slug, **content},
        consultation_id=consultation.id,
        actor_id=actor_id,
    )
