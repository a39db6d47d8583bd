"""Deciding what the public may see of a comment, and taking a decision back within seconds."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.domain.accounts import Actor
from portal.domain.attachments import hides
from portal.domain.errors import DomainError, Refusals, Stale
from portal.domain.moderation import Decision, Outcome
from portal.domain.visibility import TEXT_PUBLIC
from portal.models import (
    Comment,
    Consultation,
    HeldDecision,
    ModerationDecision,
    Submission,
    User,
    db,
)
from portal.models.appealing import open_appeal
from portal.models.attaching import files_of, states, to_words, words_kept
from portal.models.deciding import checked, lock, settle, spans_kept
from portal.models.publication import enter_queue, leave_queue
from portal.queries.spans import to_spans

__all__ = ["Decision", "decide", "hold", "settle_due", "undo"]
AT_ONCE = timedelta(0)


def decide(actor: Actor, now: datetime, comment: Comment, decision: Decision) -> ModerationDecision:
    """Record a decision, change what is shown, tell the author. An earlier one is undone by this.

    Raises `Stale` where somebody decided meanwhile, `appeal_open` where the comment waits for the
    ruling on an appeal, and what `domain.moderation` and `domain.comment_life` raise.
    """
    lock(comment)
    _drop_own(actor, comment)
    _refuse_open_appeal(comment)
    return settle(actor.user_id, now, comment, decision)


def hold(
    actor: Actor,
    now: datetime,
    comment: Comment,
    decision: Decision,
    *,
    undo_for: timedelta,
    batch: str,
) -> HeldDecision | None:
    """Decide so that it can be undone for `undo_for`: until then nothing is shown, told, recorded.

    What takes something from the public's sight takes effect at once (None): a mistake in that
    direction harms nobody for good, and a wait would. Raises as `decide` does.
    """
    shown = comment.publication in TEXT_PUBLIC
    if undo_for == AT_ONCE or (shown and _takes_away(comment, decision)):
        decide(actor, now, comment, decision)
        return None
    lock(comment)
    since = _drop_own(actor, comment)
    _refuse_open_appeal(comment)
    submission = db.session.get_one(Submission, comment.submission_id)
    decision, _status = checked(comment, submission, decision)
    held = HeldDecision(
        comment_id=comment.id,
        seen_revision=decision.seen_revision,
        outcome=decision.outcome,
        ground=decision.ground,
        note=decision.note,
        spans=spans_kept(decision.spans),
        files=words_kept(decision.files),
        decided_by=actor.user_id,
        decided_at=now,
        takes_effect_at=now + undo_for,
        batch=batch,
        since=leave_queue(comment.id) or since,
    )
    db.session.add(held)
    db.session.flush()
    return held


def _takes_away(comment: Comment, decision: Decision) -> bool:
    """Whether what the public may read or open now would be less."""
    if decision.outcome is not Outcome.PUBLISH:
        return True
    return hides(decision.files, states(files_of(comment.id)))


def undo(actor: Actor, now: datetime) -> list[Comment]:
    """Take back what this moderator decided last, while it can be: all of one press together.

    Raises `undo_late` (409) where nothing of theirs is held any more.
    """
    mine = (
        select(HeldDecision)
        .where(HeldDecision.decided_by == actor.user_id, HeldDecision.takes_effect_at > now)
        .order_by(HeldDecision.decided_at.desc(), HeldDecision.comment_id.desc())
    )
    newest = db.session.scalar(mine.limit(1))
    if newest is None:
        raise DomainError("undo_late", status=409)
    found = list(db.session.scalars(mine.where(HeldDecision.batch == newest.batch)))
    comments = [db.session.get_one(Comment, held.comment_id) for held in found]
    for held, comment in zip(found, comments, strict=True):
        _put_back(held, comment)
    return comments


def settle_due(now: datetime, limit: int = 200) -> int:
    """Let the held decisions take effect whose seconds are over; gives how many did.

    One whose comment its author changed meanwhile is dropped: the comment waits anew.
    """
    query = select(HeldDecision).where(HeldDecision.takes_effect_at <= now)
    query = query.order_by(HeldDecision.takes_effect_at, HeldDecision.comment_id).limit(limit)
    done = 0
    for held in db.session.scalars(query.with_for_update(skip_locked=True)).all():
        comment = db.session.get_one(Comment, held.comment_id)
        lock(comment)
        decision = Decision(
            held.outcome,
            held.seen_revision,
            held.ground,
            held.note,
            to_spans(held.spans),
            to_words(held.files),
        )
        by, at = held.decided_by, max(held.takes_effect_at, held.decided_at)
        _put_back(held, comment)
        try:
            settle(by, at, comment, decision)
        except (DomainError, Refusals):
            continue
        done += 1
    return done


def _put_back(held: HeldDecision, comment: Comment) -> None:
    """Forget a held decision; its comment waits where it waited before."""
    since = held.since
    db.session.delete(held)
    db.session.flush()
    if since is not None and held.seen_revision == comment.revision:
        submission = db.session.get_one(Submission, comment.submission_id)
        consultation = db.session.get_one(Consultation, comment.consultation_id)
        enter_queue(comment, submission, consultation, since)
        db.session.flush()


def _drop_own(actor: Actor, comment: Comment) -> datetime | None:
    """A new decision takes the place of one's own held one; a colleague's is refused with it."""
    query = select(HeldDecision, User.name).join(User, HeldDecision.decided_by == User.id)
    found = db.session.execute(query.where(HeldDecision.comment_id == comment.id)).first()
    if found is None:
        return None
    held, name = found
    if held.decided_by != actor.user_id and held.seen_revision == comment.revision:
        raise Stale(
            "decided_meanwhile",
            number=comment.number,
            outcome=held.outcome,
            name=name,
            at=held.decided_at,
        )
    since: datetime | None = held.since
    db.session.delete(held)
    db.session.flush()
    return since


def _refuse_open_appeal(comment: Comment) -> None:
    if open_appeal(comment.id) is not None:
        raise DomainError("appeal_open", status=409, number=comment.number)
