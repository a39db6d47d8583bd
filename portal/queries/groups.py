"""Reads about groups of comments that say nearly the same. A group of one is no group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from portal.domain.comment_groups import Progress
from portal.domain.draft_comparison import WordOp, word_changes
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.domain.visibility import Audience
from portal.models import (
    Comment,
    CommentGroup,
    CommentGroupMember,
    GroupDecision,
    Submission,
    User,
    Waiting,
    db,
)
from portal.queries.comments import CommentView, Received, load_views, select_views

Member = CommentGroupMember
PAGE = 25
GROUPS = 50


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in the list; `opening` is how its founder begins."""

    id: int
    number: int
    size: int
    opening: str


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """Fifty groups at most, the greatest first; `next` is `(size, id)` to begin after."""

    groups: tuple[GroupRow, ...]
    next: tuple[int, int] | None


def groups_page(consultation_id: int, after: tuple[int, int] | None = None) -> GroupsPage:
    """The groups of a consultation. One query."""
    query = (
        select(CommentGroup, Comment)
        .join(Comment, Comment.id == CommentGroup.founder_id)
        .where(CommentGroup.consultation_id == consultation_id, CommentGroup.size > 1)
        .order_by(CommentGroup.size.desc(), CommentGroup.id)
        .limit(GROUPS + 1)
    )
    if after is not None:
        size, group_id = after
        same = (CommentGroup.size == size) & (CommentGroup.id > group_id)
        query = query.where((CommentGroup.size < size) | same)
    rows = tuple(
        GroupRow(group.id, first.number, group.size, (first.text or first.proposed)[:160])
        for group, first in db.session.execute(query)
    )
    more = len(rows) > GROUPS
    rows = rows[:GROUPS]
    return GroupsPage(rows, (rows[-1].size, rows[-1].id) if more else None)


def find_group(consultation_id: int, group_id: int) -> CommentGroup | None:
    """The mapped group of this consultation, of two members at least."""
    group = db.session.get(CommentGroup, group_id)
    if group is None or group.consultation_id != consultation_id or group.size < 2:
        return None
    return group


def group_of(comment_id: int) -> GroupRow | None:
    """The group that a comment is in, where it is one of several."""
    query = (
        select(CommentGroup, Comment.number)
        .join(Member, Member.group_id == CommentGroup.id)
        .join(Comment, Comment.id == CommentGroup.founder_id)
        .where(Member.comment_id == comment_id, Member.left_at.is_(None), CommentGroup.size > 1)
    )
    found = db.session.execute(query).first()
    return GroupRow(found[0].id, found[1], found[0].size, "") if found else None


def count_group(group_id: int) -> Received:
    """Received, distinct texts, distinct senders: always the three together."""
    query = (
        select(
            func.count(),
            func.count(func.distinct(Comment.text_key)),
            func.count(func.distinct(Submission.sender_key)),
        )
        .select_from(Member)
        .join(Comment, Comment.id == Member.comment_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .where(Member.group_id == group_id, Member.left_at.is_(None))
    )
    return Received(*db.session.execute(query).one())


def count_waiting_in(group_id: int) -> int:
    """How many of its members wait for a moderator."""
    query = (
        select(func.count())
        .select_from(Member)
        .join(Waiting, Waiting.comment_id == Member.comment_id)
        .where(Member.group_id == group_id, Member.left_at.is_(None))
    )
    return db.session.scalar(query) or 0


@dataclass(frozen=True, slots=True)
class Variant:
    """A member, and how its words differ from those of who founded the group; none: a copy."""

    comment: CommentView
    ops: tuple[WordOp, ...]

    @property
    def is_copy(self) -> bool:
        return all(op.op.value == "equal" for op in self.ops)


@dataclass(frozen=True, slots=True)
class MembersPage:
    """Twenty-five members at most, by arrival; `next` is the id to begin after."""

    founder: CommentView
    variants: tuple[Variant, ...]
    next: int | None


def members_page(group: CommentGroup, after: int = 0) -> MembersPage:
    """Who is in a group, beside the common text. Three queries, whatever its size."""
    query = (
        select(Member.comment_id)
        .where(Member.group_id == group.id, Member.left_at.is_(None), Member.comment_id > after)
        .order_by(Member.comment_id)
        .limit(PAGE + 1)
    )
    ids = list(db.session.scalars(query))
    shown = ids[:PAGE]
    chosen = select_views().where(Comment.id.in_([*shown, group.founder_id]))
    views = {each.id: each for each in load_views(chosen, group.consultation_id, Audience.STAFF)}
    founder = views[group.founder_id]
    variants = tuple(
        Variant(views[each], word_changes(said(founder), said(views[each]))) for each in shown
    )
    return MembersPage(founder, variants, shown[-1] if len(ids) > PAGE else None)


def said(view: CommentView) -> str:
    """The text of a comment and the wording that it proposes, as staff see them."""
    parts = (view.words.text, view.words.proposed)
    return "\n\n".join("".join(str(piece) for piece in part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision for the whole group, and how far it is."""

    id: int
    outcome: Outcome
    ground: Ground | None
    note: str
    by: str
    at: datetime
    status: Progress
    done: int
    skipped: int
    claimed: int
    total: int
    changed_at: datetime
    begins_at: datetime | None


def decisions_of(group_id: int) -> tuple[DecisionView, ...]:
    """The decisions made for a group, newest first."""
    query = (
        select(GroupDecision, User.name)
        .join(User, GroupDecision.decided_by == User.id)
        .where(GroupDecision.group_id == group_id)
        .order_by(GroupDecision.id.desc())
    )
    return tuple(
        DecisionView(
            each.id,
            each.outcome,
            each.ground,
            each.note,
            name,
            each.created_at,
            each.status,
            each.done,
            each.skipped,
            each.claimed,
            each.total,
            each.changed_at,
            each.begins_at,
        )
        for each, name in db.session.execute(query)
    )


def find_decision(group_id: int, decision_id: int) -> GroupDecision | None:
    """The mapped decision of this group."""
    made = db.session.get(GroupDecision, decision_id)
    return made if made is not None and made.group_id == group_id else None
