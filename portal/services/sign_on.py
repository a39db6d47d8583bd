"""Single sign-on: whose account somebody opens whom a provider vouches for. None is made."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from portal.domain.accounts import Actor, check_reach_over
from portal.domain.errors import DomainError
from portal.domain.second_factor import AccessChange
from portal.domain.sign_on import Vouched
from portal.models import ProviderIdentity, User, db
from portal.models.entering import locked, tell_change


def enter(now: datetime, issuer: str, vouched: Vouched, *, production: bool) -> User:
    """The account of whom a provider vouches for.

    The first time it is the one with the address that the provider has verified; from then on
    the one that is linked to the subject, whatever address it has. Raises `sign_on_unknown`,
    `sign_on_unverified`, `sign_on_other`, `sign_on_closed` (403).
    """
    known = ProviderIdentity.issuer == issuer, ProviderIdentity.subject == vouched.subject
    user_id = db.session.scalar(select(ProviderIdentity.user_id).where(*known))
    user = locked(user_id) if user_id else _by_address(vouched)
    if not user.active or (user.demo and production):
        raise DomainError("sign_on_closed", status=403)
    if user_id is None:
        _link(now, issuer, vouched, user)
    return user


def _by_address(vouched: Vouched) -> User:
    if not vouched.email:
        raise DomainError("sign_on_unverified", status=403)
    query = select(User.id).where(User.email == vouched.email.strip().lower())
    user_id = db.session.scalar(query)
    if user_id is None:
        raise DomainError("sign_on_unknown", status=403, email=vouched.email[:254])
    return locked(user_id)


def _link(now: datetime, issuer: str, vouched: Vouched, user: User) -> None:
    """An address that went to somebody else does not open the account of who had it before."""
    if db.session.get(ProviderIdentity, (user.id, issuer)) is not None:
        raise DomainError("sign_on_other", status=403, email=user.email)
    db.session.add(
        ProviderIdentity(user_id=user.id, issuer=issuer, subject=vouched.subject, linked_at=now)
    )
    tell_change(now, user.id, user, AccessChange.SIGN_ON_LINKED)


def unlink(actor: Actor, now: datetime, user: User) -> None:
    """Forget who somebody is at providers: by themselves, or by an administrator.

    Raises `not_allowed`, `not_found`.
    """
    if actor.user_id != user.id:
        check_reach_over(actor, [held.body_id for held in user.roles])
    theirs = ProviderIdentity.user_id == user.id
    gone = delete(ProviderIdentity).where(theirs).returning(ProviderIdentity.user_id)
    if not db.session.scalars(gone).all():
        raise DomainError("not_found", status=404)
    tell_change(now, actor.user_id, user, AccessChange.SIGN_ON_UNLINKED)
