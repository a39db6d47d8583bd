"""One decision for a whole group: ordered at once, carried out some hundreds at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from portal.domain.accounts import Actor
from portal.domain.comment_groups import (
    AT_WORK,
    UNFINISHED,
    Order,
    Progress,
    check_for_many,
    follow_order,
)
from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.moderation import Decision, Outcome
from portal.models import (
    Claim,
    Comment,
    CommentGroup,
    CommentGroupMember,
    Consultation,
    GroupDecision,
    Submission,
    Waiting,
    db,
)
from portal.models.deciding_many import COLUMNS, Case, settle_many

Member = CommentGroupMember
BATCH = 300
AT_ONCE = timedelta(0)


def order(
    actor: Actor,
    now: datetime,
    group: CommentGroup,
    outcome: Outcome,
    ground: Ground | None = None,
    note: str = "",
    *,
    undo_for: timedelta = AT_ONCE,
) -> GroupDecision:
    """Decide for all members that wait now; `carry_on` does it. Later arrivals wait anew.

    For `undo_for` nothing of it is done, and it can be undone (`direct`).

    Raises what `check_for_many` raises, `group_decision_open` (409) while another is unfinished,
    `group_nothing_waits` (409), `group_of_one` (409).
    """
    check_for_many(outcome, ground, note)
    db.session.refresh(group, with_for_update=True)
    if group.size < 2:
        raise DomainError("group_of_one", status=409)
    if _unfinished(group.id) is not None:
        raise DomainError("group_decision_open", status=409)
    made = GroupDecision(
        group_id=group.id,
        outcome=outcome,
        ground=ground,
        note=note.strip(),
        decided_by=actor.user_id,
        created_at=now,
        changed_at=now,
        status=Progress.WAITING,
        total=0,
        done=0,
        skipped=0,
        claimed=0,
        last_comment_id=0,
        begins_at=now + undo_for,
    )
    waiting = _members(made, now).with_only_columns(func.count(), maintain_column_froms=True)
    made.total = db.session.scalar(waiting.order_by(None)) or 0
    if not made.total:
        raise DomainError("group_nothing_waits", status=409)
    db.session.add(made)
    db.session.flush()
    return made


def direct(now: datetime, made: GroupDecision, wish: Order) -> None:
    """Stop it, take it up again, or undo it before it begins.

    Raises `undo_late`, and `group_decision_state` where that says nothing (both 409).
    """
    db.session.refresh(made, with_for_update=True)
    begun = made.begins_at is None or made.begins_at <= now or bool(made.last_comment_id)
    made.status = follow_order(made.status, wish, begun=begun)
    made.changed_at = now


def at_work(now: datetime, group_id: int | None = None) -> list[int]:
    """The decisions that are to be carried on, oldest first; of one group where it is named."""
    query = select(GroupDecision.id).where(GroupDecision.status.in_(AT_WORK), _begun(now))
    if group_id is not None:
        query = query.where(GroupDecision.group_id == group_id)
    return list(db.session.scalars(query.order_by(GroupDecision.id)))


def carry_on(now: datetime, decision_id: int, batch: int = BATCH) -> bool:
    """Decide for the next members; True while there may be more. Nothing before its time, where
    it was stopped, or where another worker holds it."""
    query = select(GroupDecision).where(
        GroupDecision.id == decision_id, GroupDecision.status.in_(AT_WORK), _begun(now)
    )
    held = query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    made = db.session.scalar(held)
    if made is None:
        return False
    made.status, made.changed_at = Progress.RUNNING, now
    cases = _next(made, now, batch)
    if cases:
        group = db.session.get_one(CommentGroup, made.group_id)
        consultation = db.session.get_one(Consultation, group.consultation_id)
        decision = Decision(made.outcome, 0, made.ground, made.note)
        free = [case for case in cases if not case.claimed]
        made.claimed += len(cases) - len(free)
        made.done += settle_many(made.decided_by, now, consultation, free, decision)
        made.last_comment_id = cases[-1].comment_id
    if len(cases) < batch:
        # Who is missing was changed, withdrawn or decided meanwhile.
        made.status = Progress.DONE
        made.skipped = max(0, made.total - made.done - made.claimed)
    db.session.flush()
    return made.status is not Progress.DONE


def _next(made: GroupDecision, now: datetime, batch: int) -> list[Case]:
    query = _members(made, now).limit(batch).with_for_update(of=Comment)
    return [Case._make(row) for row in db.session.execute(query)]


def _begun(now: datetime) -> ColumnElement[bool]:
    return or_(GroupDecision.begins_at.is_(None), GroupDecision.begins_at <= now)


def _members(made: GroupDecision, now: datetime) -> Select[*tuple[Any, ...]]:
    """Members that wait since before it was ordered, in order; one edited since waits anew."""
    looked_at = (
        select(Claim.comment_id)
        .where(Claim.comment_id == Comment.id, Claim.user_id != made.decided_by, Claim.until > now)
        .exists()
    )
    return (
        select(*COLUMNS, looked_at)
        .select_from(Member)
        .join(Comment, Comment.id == Member.comment_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .outerjoin(Waiting, Waiting.comment_id == Comment.id)
        .where(
            Member.group_id == made.group_id,
            Member.left_at.is_(None),
            Member.joined_at <= made.created_at,
            Member.comment_id > made.last_comment_id,
            _to_decide(made),
        )
        .order_by(Member.comment_id)
    )


def _to_decide(made: GroupDecision) -> ColumnElement[bool]:
    """What waits; what was sent in confidence waits for nobody and can only be spam."""
    waits = and_(Waiting.comment_id.is_not(None), Waiting.since <= made.created_at)
    if made.outcome is Outcome.SPAM:
        return or_(waits, Comment.publication == Publication.CONFIDENTIAL)
    return waits


def _unfinished(group_id: int) -> int | None:
    query = select(GroupDecision.id).where(
        GroupDecision.group_id == group_id, GroupDecision.status.in_(UNFINISHED)
    )
    return db.session.scalar(query.limit(1))
