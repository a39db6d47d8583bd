"""The moderation queue: what waits, oldest first, a page at a time, whatever waits behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    func,
    literal,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import aliased

from portal.domain.accounts import Actor, Role
from portal.domain.bilingual import Bilingual
from portal.domain.comments import Publication
from portal.domain.given_numbers import whole
from portal.domain.hints import HintKind
from portal.domain.submissions import Channel, SenderClass
from portal.models import Claim, Comment, Consultation, Submission, User, Waiting, db
from portal.queries.hints import with_hint

PAGE = 50
COUNTED = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Cursor(NamedTuple):
    """A place in the queue: since when the comment there waits, and its id."""

    since: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.since - _EPOCH) // timedelta(microseconds=1)}-{self.id}"


def cursor_of(typed: str) -> Cursor | None:
    """A cursor from an address; None for anything else."""
    since, _, number = typed.partition("-")
    if not (since.isascii() and since.isdecimal() and len(since) < 18):
        return None
    place = whole(number)
    if place is None:
        return None
    try:
        return Cursor(_EPOCH + timedelta(microseconds=int(since)), place)
    except OverflowError:
        return None


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose queue: a member of staff and the bodies they moderate for (None: all)."""

    user_id: int | None
    body_ids: tuple[int, ...] | None


def reach_of(actor: Actor) -> Reach:
    """What the roles of `actor` reach."""
    bodies = {grant.body_id for grant in actor.grants if grant.role is Role.MODERATOR}
    if None in bodies:
        return Reach(actor.user_id, None)
    return Reach(actor.user_id, tuple(sorted(body for body in bodies if body is not None)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the queue is narrowed to. `place` is `DOCUMENT_ID:ARTICLE`; `before`: waits since
    before; `mine`: claimed by who asks; `free`: not claimed by anybody else."""

    consultation_id: int | None = None
    place: str = ""
    channel: Channel | None = None
    sender_class: SenderClass | None = None
    hint: HintKind | None = None
    before: datetime | None = None
    mine: bool = False
    free: bool = False


@dataclass(frozen=True, slots=True)
class Queued:
    """A comment in the queue. `since`: when it came to wait; None where it does not."""

    id: int
    slug: str
    title: Bilingual
    number: int
    eid: str | None
    place: str
    publication: Publication
    revision: int
    channel: Channel
    sender_class: SenderClass
    received_at: datetime
    late: bool
    opening: str
    since: datetime | None = None
    claimed_by: str = ""
    claimed_until: datetime | None = None

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.since or self.received_at, self.id)


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Fifty comments at most; `next` is the cursor to begin after, None at the end."""

    items: tuple[Queued, ...]
    next: Cursor | None


def waiting_page(
    reach: Reach,
    wanted: Wanted,
    now: datetime,
    *,
    after: Cursor | None = None,
    limit: int = PAGE,
    backwards: bool = False,
) -> QueuePage:
    """What waits, oldest first; `backwards`: the nearest before `after`, in the same order.

    One query; each body's part is read along an index and only as far as the page goes.
    """
    chosen = _narrow(reach, wanted, now, after, limit + 1, backwards)
    claimed = aliased(Claim)
    query = (
        select(Comment, Submission, Consultation, chosen.c.since, User.name, claimed.until)
        .select_from(chosen)
        .join(Comment, Comment.id == chosen.c.comment_id)
        .join(Submission, Comment.submission_id == Submission.id)
        .join(Consultation, Comment.consultation_id == Consultation.id)
        .outerjoin(claimed, (claimed.comment_id == Comment.id) & (claimed.until > now))
        .outerjoin(User, claimed.user_id == User.id)
        .order_by(*_order(chosen.c, backwards))
    )
    items = tuple(_queued(row) for row in db.session.execute(query))
    more = len(items) > limit
    items = items[:limit]
    if backwards:
        return QueuePage(items[::-1], None)
    return QueuePage(items, items[-1].cursor if more else None)


def _order(columns: Any, backwards: bool) -> tuple[Any, Any]:
    if backwards:
        return columns.since.desc(), columns.comment_id.desc()
    return columns.since, columns.comment_id


def _narrow(
    reach: Reach,
    wanted: Wanted,
    now: datetime,
    after: Cursor | None,
    limit: int,
    backwards: bool = False,
) -> Any:
    """The ids of a page, from narrow rows: a limited part for each body, joined and cut again."""
    conditions = _conditions(reach, wanted, now)
    if after is not None:
        here = tuple_(Waiting.since, Waiting.comment_id)
        there = tuple_(literal(after.since, Waiting.since.type), literal(after.id))
        conditions.append(here < there if backwards else here > there)
    parts = []
    for body_id in _bodies(reach, wanted):
        part = select(Waiting.comment_id, Waiting.since).where(*conditions)
        if body_id is not None:
            part = part.where(Waiting.body_id == body_id)
        ordered = part.order_by(*_order(Waiting, backwards)).limit(limit).subquery()
        parts.append(select(ordered.c.comment_id, ordered.c.since))
    if len(parts) == 1:
        return parts[0].subquery("chosen")
    every = union_all(*parts).subquery()
    query = select(every.c.comment_id, every.c.since)
    return query.order_by(*_order(every.c, backwards)).limit(limit).subquery("chosen")


def _bodies(reach: Reach, wanted: Wanted) -> tuple[int | None, ...]:
    """The bodies to read one by one; a consultation has one, which the caller checked."""
    if reach.body_ids is None or wanted.consultation_id is not None:
        return (None,)
    return reach.body_ids or (0,)


def _conditions(reach: Reach, wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.consultation_id is not None:
        found.append(Waiting.consultation_id == wanted.consultation_id)
    if wanted.place:
        found.append(Waiting.place == wanted.place)
    if wanted.channel:
        found.append(Waiting.channel == wanted.channel)
    if wanted.sender_class:
        found.append(Waiting.sender_class == wanted.sender_class)
    if wanted.hint:
        found.append(with_hint(wanted.hint, Waiting.comment_id))
    if wanted.before:
        found.append(Waiting.since < wanted.before)
    if wanted.mine:
        own = select(Claim.comment_id).where(Claim.user_id == reach.user_id, Claim.until > now)
        found.append(Waiting.comment_id.in_(own))
    if wanted.free:
        others = select(Claim.comment_id).where(Claim.user_id != reach.user_id, Claim.until > now)
        found.append(Waiting.comment_id.not_in(others))
    return found


def _queued(row: Row[*tuple[Any, ...]]) -> Queued:
    comment, submission, of, since, name, until = row
    return Queued(
        id=comment.id,
        slug=of.slug,
        title=Bilingual(of.title_ar, of.title_en),
        number=comment.number,
        eid=comment.eid,
        place=comment.place,
        publication=comment.publication,
        revision=comment.revision,
        channel=submission.channel,
        sender_class=submission.sender_class,
        received_at=submission.received_at,
        late=submission.late,
        opening=(comment.text or comment.proposed)[:160],
        since=since,
        claimed_by=name or "",
        claimed_until=until,
    )


def waiting_since(comment_id: int) -> datetime | None:
    """Since when a comment waits; None where it does not."""
    return db.session.scalar(select(Waiting.since).where(Waiting.comment_id == comment_id))


def count_waiting(reach: Reach, wanted: Wanted, now: datetime) -> int:
    """How many wait, counted up to one more than `COUNTED`: beyond it, 'more than'."""
    chosen = _narrow(reach, wanted, now, None, COUNTED + 1)
    return db.session.scalar(select(func.count()).select_from(chosen)) or 0


def status_page(
    reach: Reach,
    wanted: Wanted,
    status: Publication,
    *,
    after: int = 0,
    limit: int = PAGE,
) -> QueuePage:
    """Comments in one status, by id: what was decided, for who looks a decision up again."""
    query: Select[*tuple[Any, ...]] = (
        select(Comment, Submission, Consultation, literal(None), literal(""), literal(None))
        .join(Submission, Comment.submission_id == Submission.id)
        .join(Consultation, Comment.consultation_id == Consultation.id)
        .where(Comment.publication == status, Comment.id > after)
        .order_by(Comment.id)
        .limit(limit + 1)
    )
    if reach.body_ids is not None:
        query = query.where(Consultation.body_id.in_(reach.body_ids))
    if wanted.consultation_id is not None:
        query = query.where(Comment.consultation_id == wanted.consultation_id)
    if wanted.place:
        document, _, article = wanted.place.partition(":")
        below = Comment.eid.startswith(f"{article}__", autoescape=True)
        query = query.where(Comment.document_id == int(document))
        query = query.where((Comment.eid == article) | below)
    if wanted.channel:
        query = query.where(Submission.channel == wanted.channel)
    if wanted.sender_class:
        query = query.where(Submission.sender_class == wanted.sender_class)
    if wanted.hint:
        query = query.where(with_hint(wanted.hint))
    if wanted.before:
        query = query.where(Submission.received_at < wanted.before)
    items = tuple(_queued(row) for row in db.session.execute(query))
    more = len(items) > limit
    items = items[:limit]
    return QueuePage(items, items[-1].cursor if more else None)
