"""Deciding what the public may see of a comment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.domain.accounts import Actor
from portal.domain.errors import Stale
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome, after, check
from portal.domain.record import Entry
from portal.domain.visibility import FIELDS, Span
from portal.models import Comment, Consultation, ModerationDecision, Submission, User, db
from portal.models.indexing import index_comments
from portal.models.ledger import post, write_down


@dataclass(frozen=True, slots=True)
class Decision:
    """What a moderator decides; `seen_revision` is the state of the comment they looked at."""

    outcome: Outcome
    seen_revision: int
    ground: Ground | None = None
    note: str = ""
    spans: tuple[Span, ...] = ()


def decide(actor: Actor, now: datetime, comment: Comment, decision: Decision) -> ModerationDecision:
    """Record a decision, change what is shown, tell the author. An earlier one is undone by this.

    Raises `Stale` where somebody decided meanwhile, and what `domain.moderation` raises.
    """
    if decision.seen_revision != comment.revision:
        raise _stale(comment)
    submission = db.session.get_one(Submission, comment.submission_id)
    fields = {field: getattr(comment, field) for field in FIELDS}
    check(decision.outcome, decision.ground, decision.note, decision.spans, fields)
    status = after(comment.publication, decision.outcome, confidential=submission.confidential)
    kept = _append(actor, now, comment, decision)
    comment.publication = status
    comment.revision += 1
    index_comments([comment.id])
    consultation = db.session.get_one(Consultation, comment.consultation_id)
    _write_down(kept, comment, consultation)
    _tell_author(now, kept, comment, submission, consultation)
    return kept


def _append(
    actor: Actor, now: datetime, comment: Comment, decision: Decision
) -> ModerationDecision:
    kept = ModerationDecision(
        comment_id=comment.id,
        revision=comment.revision,
        outcome=decision.outcome,
        ground=decision.ground,
        note=decision.note.strip(),
        spans=[{**span._asdict(), "ground": span.ground.value} for span in decision.spans],
        decided_by=actor.user_id,
        decided_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(kept)
    except IntegrityError as taken:  # somebody was quicker by a hair
        db.session.refresh(comment)
        raise _stale(comment) from taken
    return kept


def _stale(comment: Comment) -> Stale:
    query = (
        select(ModerationDecision, User.name)
        .join(User, ModerationDecision.decided_by == User.id)
        .where(ModerationDecision.comment_id == comment.id)
        .order_by(ModerationDecision.id.desc())
        .limit(1)
    )
    found = db.session.execute(query).first()
    if found is None:
        return Stale("changed_meanwhile", number=comment.number)
    decision, name = found
    return Stale(
        "decided_meanwhile",
        number=comment.number,
        outcome=decision.outcome,
        name=name,
        at=decision.decided_at,
    )


def _write_down(kept: ModerationDecision, comment: Comment, consultation: Consultation) -> None:
    write_down(
        Entry.MODERATED,
        at=kept.decided_at,
        subject=f"comment {comment.number}",
        content={
            "consultation": consultation.slug,
            "comment": comment.number,
            "outcome": kept.outcome.value,
            "ground": kept.ground.value if kept.ground else None,
            "spans": kept.spans,
        },
        consultation_id=consultation.id,
        actor_id=kept.decided_by,
    )


def _tell_author(
    now: datetime,
    kept: ModerationDecision,
    comment: Comment,
    submission: Submission,
    consultation: Consultation,
) -> None:
    post(
        "moderated",
        to=submission.email,
        language=submission.language,
        now=now,
        params=notice_params(kept, comment, submission, consultation),
    )


def notice_params(
    kept: ModerationDecision, comment: Comment, submission: Submission, consultation: Consultation
) -> dict[str, object]:
    """What the notice to the author is filled with."""
    return {
        "number": comment.number,
        "code": submission.code,
        "slug": consultation.slug,
        "title": {"ar": consultation.title_ar, "en": consultation.title_en},
        "outcome": kept.outcome.value,
        "ground": kept.ground.value if kept.ground else None,
        "note": kept.note,
        "masked": [getattr(comment, s["field"])[s["start"] : s["end"]] for s in kept.spans],
        "contact": consultation.contact,
    }
