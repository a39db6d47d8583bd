"""Finding the group of a comment when it arrives: a few queries, whatever came before it.

Copies are found by their text's key; other texts by the bands of their signature, and then held
against what a group has in common (`domain.near`). Arrivals of one consultation come one by one
(`intake` holds its row), so the same order gives the same groups on every database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from portal.domain.clustering import MOST_IN_A_BUCKET
from portal.domain.near import FEWEST, SAMPLE, alike, common, features, plain_words
from portal.formats.minhash import band_keys
from portal.models.base import db
from portal.models.comments import Comment
from portal.models.groups import CommentBand, CommentGroup, CommentGroupMember
from portal.models.studying import GroupOpinion

Member, Band = CommentGroupMember, CommentBand
# Of those that share a band only so many are read; whoever is alike shares several.
MOST_CANDIDATES = 12
# A group that is greater is not moved while somebody waits for a receipt.
MOST_MOVED = 200


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An earlier comment, its group if it has one, and what it is compared by."""

    id: int
    words: list[str]
    group_id: int | None
    size: int
    common: frozenset[str]

    def is_like(self, words: list[str], own: frozenset[str]) -> bool:
        if len(words) < FEWEST:
            return self.words == words
        return alike(own, self.common or features(self.words))


def words_of(comment: Comment) -> list[str]:
    """What two comments are compared by: their text and the wording that they propose."""
    return plain_words(f"{comment.text}\n{comment.proposed}")


def group_arrivals(comments: Iterable[Comment], now: datetime) -> None:
    """Let each comment join the group of those that say nearly the same, or found one."""
    for comment in comments:
        copy = _copy_of(comment, Comment.id < comment.id)
        _place(comment, copy, now)


def _place(comment: Comment, copy: tuple[Comment, int | None] | None, now: datetime) -> None:
    if copy is not None:
        first, group_id = copy
        _join([first.id, comment.id], group_id or _found(first, now), now)
    else:
        _look_up(comment, now)


def group_again(comment: Comment, now: datetime) -> None:
    """The same for a comment whose author changed it: it is looked up by its new words.

    Whom a moderator moved out stays out.
    """
    db.session.execute(delete(Band).where(Band.comment_id == comment.id))
    member = db.session.get(Member, comment.id)
    if member is not None and member.left_at is not None:
        return
    if member is not None:
        leave(member)
        _hand_on(member.group_id)
    db.session.flush()
    _place(comment, _copy_of(comment, Comment.id != comment.id), now)


def ungroup(comment: Comment) -> None:
    """Take a comment whose words go out of its group, and out of what others are held against."""
    db.session.execute(delete(Band).where(Band.comment_id == comment.id))
    member = db.session.get(Member, comment.id)
    if member is not None and member.left_at is None:
        leave(member)
        _hand_on(member.group_id)
    elif member is not None:
        db.session.delete(member)
    db.session.flush()


def leave(member: CommentGroupMember) -> None:
    """Take a member out of its group and forget that it was in."""
    resize(member.group_id, -1)
    db.session.delete(member)
    db.session.flush()


def _hand_on(group_id: int) -> None:
    """Somebody else of the group can be looked up, where who left was the one that could."""
    others = (
        select(Comment)
        .join(Member, Member.comment_id == Comment.id)
        .where(Member.group_id == group_id, Member.left_at.is_(None))
        .order_by(Comment.id)
    )
    banded = select(Band.comment_id).where(Band.comment_id == Comment.id)
    first = db.session.scalar(others.where(~banded.exists()).limit(1))
    if first is not None:
        _insert_bands(first, band_keys(words_of(first)))


def _copy_of(comment: Comment, which: ColumnElement[bool]) -> tuple[Comment, int | None] | None:
    """The first with the same text that nobody moved out, and its group."""
    query = (
        select(Comment, Member.group_id)
        .outerjoin(Member, Member.comment_id == Comment.id)
        .where(
            Comment.consultation_id == comment.consultation_id,
            Comment.text_key == comment.text_key,
            which,
            Member.left_at.is_(None),
        )
        .order_by(Comment.id)
        .limit(1)
    )
    found = db.session.execute(query).first()
    return (found[0], found[1]) if found else None


def _look_up(comment: Comment, now: datetime) -> None:
    words = words_of(comment)
    keys = band_keys(words)
    shared = select(Band.key, Band.comment_id).where(
        Band.consultation_id == comment.consultation_id, Band.key.in_(keys)
    )
    buckets = [tuple(row) for row in db.session.execute(shared)]
    candidates = _candidates(Counter(each for _key, each in buckets))
    own = features(words)
    good = [each for each in candidates if each.is_like(words, own)]
    if good:
        group_id = _join_best(comment, good, now)
        _pull_in([each for each in candidates if each not in good], group_id, now)
    full = Counter(key for key, _each in buckets)
    _insert_bands(comment, [key for key in keys if full[key] < MOST_IN_A_BUCKET])


def _insert_bands(comment: Comment, keys: list[int]) -> None:
    rows = [
        {"consultation_id": comment.consultation_id, "key": key, "comment_id": comment.id}
        for key in dict.fromkeys(keys)
    ]
    if rows:
        db.session.execute(insert(Band), rows)


def _candidates(shared: Counter[int]) -> list[_Candidate]:
    """Those with most bands in common, without who was moved out. One query."""
    if not shared:
        return []
    ranked = sorted(shared, key=lambda each: (-shared[each], each))[:MOST_CANDIDATES]
    query = (
        select(Comment, Member.group_id, CommentGroup.size, CommentGroup.common)
        .outerjoin(Member, Member.comment_id == Comment.id)
        .outerjoin(CommentGroup, CommentGroup.id == Member.group_id)
        .where(Comment.id.in_(ranked), Member.left_at.is_(None))
        .order_by(Comment.id)
    )
    return [
        _Candidate(
            found.id,
            words_of(found),
            group_id,
            size or 1,
            _unpacked(kept) if (size or 0) > 2 else frozenset(),
        )
        for found, group_id, size, kept in db.session.execute(query)
    ]


def _join_best(comment: Comment, good: list[_Candidate], now: datetime) -> int:
    """The greatest group of those found takes the comment in, and the small ones with it."""
    grouped = [each for each in good if each.group_id is not None]
    best = min(grouped, key=lambda each: (-each.size, each.id), default=None)
    if best is None or best.group_id is None:
        group_id = _found(db.session.get_one(Comment, good[0].id), now)
    else:
        group_id = best.group_id
    single = [each.id for each in good if each.group_id is None]
    _join([*single, comment.id], group_id, now)
    for each in {one.group_id: one for one in grouped}.values():
        if each.group_id != group_id and each.size <= MOST_MOVED:
            _merge(each.group_id, group_id)
    return group_id


def _pull_in(others: list[_Candidate], group_id: int, now: datetime) -> None:
    """Who came before the group could be seen, and is like what it has in common."""
    kept = _unpacked(db.session.get_one(CommentGroup, group_id).common)
    single = [each.id for each in others if each.group_id is None]
    alike_now = [
        each.id for each in others if each.id in single and alike(features(each.words), kept)
    ]
    if alike_now:
        _join(alike_now, group_id, now)


def _found(first: Comment, now: datetime) -> int:
    group = CommentGroup(
        consultation_id=first.consultation_id,
        founder_id=first.id,
        common="",
        size=0,
        created_at=now,
    )
    db.session.add(group)
    db.session.flush()
    return group.id


def _join(comment_ids: list[int], group_id: int, now: datetime) -> None:
    """Add those that are in no group yet; what the group has in common follows its first."""
    there = set(
        db.session.scalars(select(Member.comment_id).where(Member.comment_id.in_(comment_ids)))
    )
    new = [each for each in dict.fromkeys(comment_ids) if each not in there]
    if not new:
        return
    rows = [{"comment_id": each, "group_id": group_id, "joined_at": now} for each in new]
    db.session.execute(insert(Member), rows)
    resize(group_id, len(new))


def resize(group_id: int | None, by: int) -> None:
    """Keep the count, and what the first members have in common while there are few."""
    query = update(CommentGroup).where(CommentGroup.id == group_id)
    size = db.session.scalar(query.values(size=CommentGroup.size + by).returning(CommentGroup.size))
    group = db.session.get_one(CommentGroup, group_id, populate_existing=True)
    if size is not None and (size - abs(by) < SAMPLE or not group.common):
        group.common = "\n".join(sorted(common(_first_members(group.id))))
        db.session.flush()


def _first_members(group_id: int) -> list[frozenset[str]]:
    query = (
        select(Comment)
        .join(Member, Member.comment_id == Comment.id)
        .where(Member.group_id == group_id, Member.left_at.is_(None))
        .order_by(Comment.id)
        .limit(SAMPLE)
    )
    return [features(words_of(each)) for each in db.session.scalars(query)]


def _merge(gone: int | None, into: int) -> None:
    """The members of one group become another's: the comment that came is like both."""
    moved = update(Member).where(Member.group_id == gone, Member.left_at.is_(None))
    counted = db.session.scalar(
        select(func.count()).where(Member.group_id == gone, Member.left_at.is_(None))
    )
    db.session.execute(moved.values(group_id=into))
    resize(gone, -(counted or 0))
    resize(into, counted or 0)
    _merge_opinions(gone, into)


def _merge_opinions(gone: int | None, into: int) -> None:
    """What the committee said of one group is said of the other; nothing of it is lost."""
    for opinion in db.session.scalars(select(GroupOpinion).where(GroupOpinion.group_id == gone)):
        own = (GroupOpinion.group_id == into, GroupOpinion.given_by == opinion.given_by)
        there = db.session.scalar(select(GroupOpinion).where(*own))
        if there is None:
            opinion.group_id = into
        else:
            there.text = f"{there.text}\n\n{opinion.text}"
            db.session.delete(opinion)
    db.session.flush()


def _unpacked(kept: str) -> frozenset[str]:
    return frozenset(kept.split("\n")) - {""}
