"""Earlier texts of comments, and the log of who looked at originals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.domain.accounts import Actor, administered
from portal.domain.visibility import FIELDS, LOGGED
from portal.models import Comment, CommentRevision, Consultation, OriginalLook, User, db
from portal.queries.comments import CommentView

PAGE = 100
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a comment said until `until`; `revision` is its last with this text."""

    revision: int
    text: str
    proposed: str
    grounds: str
    digest: str
    until: datetime


def earlier_texts(comment_ids: tuple[int, ...]) -> dict[int, tuple[Earlier, ...]]:
    """The earlier texts of comments that were edited, oldest first. One query."""
    query = select(CommentRevision).where(CommentRevision.comment_id.in_(comment_ids))
    found: dict[int, tuple[Earlier, ...]] = {}
    for each in db.session.scalars(query.order_by(CommentRevision.id)):
        earlier = Earlier(
            each.revision, each.text, each.proposed, each.grounds, each.digest, each.edited_at
        )
        found[each.comment_id] = (*found.get(each.comment_id, ()), earlier)
    return found


def text_at(comment: Comment, earlier: tuple[Earlier, ...], revision: int) -> Texts:
    """The texts of a comment as they were at one of its revisions."""
    now = {field: getattr(comment, field) for field in FIELDS}
    for each in earlier:
        if each.revision >= revision:
            return {**now, "text": each.text, "proposed": each.proposed, "grounds": each.grounds}
    return now


def logged(views: Iterable[CommentView]) -> list[int]:
    """Of comments shown to staff whole, those of which a look is written down: their ids.

    What the public may not read is looked at, or whose name it may not know.
    """
    return [
        view.id
        for view in views
        if view.publication in LOGGED or view.confidential or view.private_name
    ]


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody saw an original."""

    id: int
    at: datetime
    by: str
    slug: str
    number: int


@dataclass(frozen=True, slots=True)
class LooksPage:
    looks: tuple[Look, ...]
    next: int | None


def looks(actor: Actor, *, before: int | None = None) -> LooksPage:
    """A hundred looks at most in what `actor` administers, newest first, from `before` back."""
    query = (
        select(OriginalLook, User.name, Consultation.slug, Comment.number)
        .join(User, OriginalLook.user_id == User.id)
        .join(Comment, OriginalLook.comment_id == Comment.id)
        .join(Consultation, Comment.consultation_id == Consultation.id)
        .order_by(OriginalLook.id.desc())
        .limit(PAGE + 1)
    )
    bodies = administered(actor)
    if bodies is not None:
        query = query.where(Consultation.body_id.in_(bodies))
    if before is not None:
        query = query.where(OriginalLook.id < before)
    found = tuple(
        Look(look.id, look.at, name, slug, number)
        for look, name, slug, number in db.session.execute(query)
    )
    return LooksPage(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)
