"""One decision for a whole group: ordered at once, carried out some hundreds at a time."""

from __future__ import annotations

from datetime import datetime

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
    Comment,
    CommentGroup,
    CommentGroupMember,
    Consultation,
    GroupDecision,
    Submission,
    Waiting,
    db,
)
from portal.models.deciding_many import Case, settle_many

Member = CommentGroupMember
BATCH = 200


def order(
    actor: Actor,
    now: datetime,
    group: CommentGroup,
    outcome: Outcome,
    ground: Ground | None = None,
    note: str = "",
) -> GroupDecision:
    """Decide for all members that wait now; `carry_on` does it. Later arrivals wait anew.

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
        last_comment_id=0,
    )
    waiting = _members(made).with_only_columns(func.count(), maintain_column_froms=True)
    made.total = db.session.scalar(waiting.order_by(None)) or 0
    if not made.total:
        raise DomainError("group_nothing_waits", status=409)
    db.session.add(made)
    db.session.flush()
    return made


def direct(now: datetime, made: GroupDecision, wish: Order) -> None:
    """Stop it, or take it up again. Raises `group_decision_state` (409) where that says nothing."""
    db.session.refresh(made, with_for_update=True)
    made.status = follow_order(made.status, wish)
    made.changed_at = now


def at_work() -> list[int]:
    """The decisions that are to be carried on, oldest first."""
    query = select(GroupDecision.id).where(GroupDecision.status.in_(AT_WORK))
    return list(db.session.scalars(query.order_by(GroupDecision.id)))


def carry_on(now: datetime, decision_id: int, batch: int = BATCH) -> bool:
    """Decide for the next members; True while there may be more. Nothing where it was stopped,
    or where another worker holds it."""
    query = select(GroupDecision).where(
        GroupDecision.id == decision_id, GroupDecision.status.in_(AT_WORK)
    )
    held = query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    made = db.session.scalar(held)
    if made is None:
        return False
    made.status, made.changed_at = Progress.RUNNING, now
    cases = _next(made, batch)
    if cases:
        consultation = db.session.get_one(Consultation, cases[0].comment.consultation_id)
        decision = Decision(made.outcome, 0, made.ground, made.note)
        made.done += settle_many(made.decided_by, now, consultation, cases, decision)
        made.last_comment_id = cases[-1].comment.id
    if len(cases) < batch:
        # Who is missing was changed, withdrawn or decided meanwhile.
        made.status, made.skipped = Progress.DONE, max(0, made.total - made.done)
    db.session.flush()
    return made.status is not Progress.DONE


def _next(made: GroupDecision, batch: int) -> list[Case]:
    query = _members(made).limit(batch).with_for_update(of=Comment)
    found = db.session.execute(query.execution_options(populate_existing=True))
    return [Case(*row) for row in found]


def _members(made: GroupDecision) -> Select[Comment, Submission, datetime]:
    """Members that wait since before it was ordered, in order; one edited since waits anew."""
    return (
        select(Comment, Submission, Waiting.since)
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
