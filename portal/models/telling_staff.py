"""Mail to the staff on what was given to them: gathered, so that one leaves in an hour at most.

It names the comment and the consultation, and no person: what it is about is read at the desk.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import func, select

from portal.models.accounts import RoleGrant, User
from portal.models.base import db
from portal.models.comments import Comment
from portal.models.consultations import Consultation
from portal.models.ledger import post
from portal.models.notifications import OutboxMail

TEMPLATE = "desk_waits"
EVERY = timedelta(hours=1)
MOST = 20  # things that a mail names; the inbox has them all
NUMBERS = 10

Kind = Literal["given", "asked", "named"]


def tell_staff(
    now: datetime, people: Collection[int], kind: Kind, comments: Collection[int]
) -> None:
    """Let these people know that comments of one consultation were `given` to them, that their
    body is `asked` about them, or that they are `named` in a note on one."""
    if not people or not comments:
        return
    thing = _thing(kind, comments)
    query = select(User).where(User.id.in_(people), User.active).order_by(User.id)
    for user in db.session.scalars(query):
        _tell(now, user, thing)


def staff_of(body_id: int, roles: Collection[str]) -> set[int]:
    """Who holds one of these roles for that body and not for all."""
    query = select(RoleGrant.user_id).where(
        RoleGrant.body_id == body_id, RoleGrant.role.in_(tuple(roles))
    )
    return set(db.session.scalars(query))


def _thing(kind: Kind, comments: Collection[int]) -> dict[str, Any]:
    ids = sorted(comments)
    query = (
        select(Comment.number, Consultation.slug, Consultation.title_ar, Consultation.title_en)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Comment.id.in_(ids[:NUMBERS]))
        .order_by(Comment.number)
    )
    found = db.session.execute(query).all()
    _number, slug, ar, en = found[0]
    return {
        "kind": kind,
        "slug": slug,
        "title": {"ar": ar, "en": en},
        "numbers": [row[0] for row in found],
        "many": len(ids),
    }


def _tell(now: datetime, user: User, thing: dict[str, Any]) -> None:
    mine = (OutboxMail.user_id == user.id, OutboxMail.template == TEMPLATE)
    unsent = select(OutboxMail).where(*mine, OutboxMail.sent_at.is_(None))
    # One that was tried may be on its way at this moment: nothing more gets into it.
    untried = unsent.where(OutboxMail.attempts == 0).limit(1)
    waiting = db.session.scalar(untried.with_for_update())
    if waiting is not None:
        things, more = [*waiting.params["things"], thing], waiting.params["more"]
        waiting.params = {"things": things[:MOST], "more": more + (len(things) > MOST)}
        return
    tried = db.session.scalar(unsent.limit(1)) is not None
    last = now if tried else db.session.scalar(select(func.max(OutboxMail.sent_at)).where(*mine))
    params = {"things": [thing], "more": 0}
    mail = post(TEMPLATE, to=user.email, language=user.language, now=now, params=params)
    if mail is not None:
        mail.user_id = user.id
        mail.next_attempt_at = max(now, last + EVERY) if last else now
        db.session.flush()
