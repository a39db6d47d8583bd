"""Who looks at a comment: so that two people do not do the same work."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.domain.accounts import Actor
from portal.domain.errors import Stale
from portal.models import Claim, Comment, User, Waiting, db


def take(
    actor: Actor, now: datetime, comment: Comment, *, minutes: int, over: bool = False
) -> Claim | None:
    """Claim a comment that waits, or renew one's claim; gives the claim that stands now.

    Somebody else's stays theirs while it lasts, unless it is taken `over` knowingly. None where
    the comment does not wait.
    """
    if actor.user_id is None or db.session.get(Waiting, comment.id) is None:
        return None
    claim = db.session.get(Claim, comment.id, populate_existing=True)
    until = now + timedelta(minutes=minutes)
    if claim is None:
        return _first(Claim(comment_id=comment.id, user_id=actor.user_id, until=until))
    if claim.user_id == actor.user_id or claim.until <= now or over:
        claim.user_id, claim.until = actor.user_id, until
    return claim


def _first(claim: Claim) -> Claim | None:
    try:
        with db.session.begin_nested():
            db.session.add(claim)
    except IntegrityError:  # a colleague opened it in the same moment
        return db.session.get(Claim, claim.comment_id, populate_existing=True)
    return claim


def refuse_others(actor: Actor, now: datetime, comment: Comment) -> None:
    """Raise `claimed` where a colleague's claim has not lapsed; a lapsed one never stands in the
    way of a decision made in good faith."""
    query = (
        select(Claim.until, User.name)
        .join(User, Claim.user_id == User.id)
        .where(Claim.comment_id == comment.id, Claim.user_id != actor.user_id, Claim.until > now)
    )
    found = db.session.execute(query).first()
    if found is not None:
        raise Stale("claimed", number=comment.number, name=found[1], until=found[0])
