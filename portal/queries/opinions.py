"""The expert committee's opinions: on a comment, or once on all of a group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from portal.models import Comment, CommentGroupMember, GroupOpinion, Opinion, User, db

Member = CommentGroupMember


@dataclass(frozen=True, slots=True)
class OpinionView:
    """An opinion; `group_id` where it is on a whole group."""

    by: str
    user_id: int
    text: str
    at: datetime
    group_id: int | None = None


def opinions(comment_id: int) -> tuple[OpinionView, ...]:
    """The committee's opinions on a comment and on the group that it is in. Two queries."""
    own = (
        select(Opinion, User.name)
        .join(User, Opinion.given_by == User.id)
        .where(Opinion.comment_id == comment_id)
        .order_by(Opinion.id)
    )
    on_group = _with_members(select(GroupOpinion, User.name)).join(
        User, GroupOpinion.given_by == User.id
    )
    return (
        *(_view(each, name) for each, name in db.session.execute(own)),
        *(
            _view(each, name, each.group_id)
            for each, name in db.session.execute(on_group.where(Member.comment_id == comment_id))
        ),
    )


def _view(opinion: Opinion | GroupOpinion, name: str, group_id: int | None = None) -> OpinionView:
    return OpinionView(name, opinion.given_by, opinion.text, opinion.given_at, group_id)


def _with_members(query: Any) -> Any:
    """A query over GroupOpinion with a row for each member that is in the group now."""
    return query.join(
        Member, (Member.group_id == GroupOpinion.group_id) & Member.left_at.is_(None)
    ).order_by(GroupOpinion.id)


def count_opinions(comment_ids: Collection[int]) -> dict[int, int]:
    """How many opinions there are on each of these comments. Two queries."""
    own = (
        select(Opinion.comment_id, func.count())
        .where(Opinion.comment_id.in_(comment_ids))
        .group_by(Opinion.comment_id)
    )
    on_groups = (
        select(Member.comment_id, func.count())
        .join(GroupOpinion, GroupOpinion.group_id == Member.group_id)
        .where(Member.comment_id.in_(comment_ids), Member.left_at.is_(None))
        .group_by(Member.comment_id)
    )
    found: Counter[int] = Counter()
    for query in (own, on_groups):
        found.update({row[0]: row[1] for row in db.session.execute(query)})
    return dict(found)


def opinions_by_comment(
    consultation_id: int, comment_ids: Collection[int] | None = None
) -> dict[int, list[str]]:
    """The opinions of a consultation as the matrix shows them, those on a group on every member;
    of all its comments, or of some. Two queries."""
    here = [Comment.consultation_id == consultation_id]
    if comment_ids is not None:
        here.append(Comment.id.in_(comment_ids))
    own = (
        select(Opinion.comment_id, Opinion.text)
        .join(Comment, Opinion.comment_id == Comment.id)
        .where(*here)
        .order_by(Opinion.id)
    )
    on_groups = (
        _with_members(select(Member.comment_id, GroupOpinion.text).select_from(GroupOpinion))
        .join(Comment, Member.comment_id == Comment.id)
        .where(*here)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for query in (own, on_groups):
        rows: Iterable[Any] = db.session.execute(query)
        for comment_id, text in rows:
            found[comment_id].append(text)
    return dict(found)
