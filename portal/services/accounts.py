"""Staff accounts: the first administrator, invitations, signing in, roles."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import func, select

from portal.adapters.passwords import hash_password, is_known, verify
from portal.domain.accounts import (
    INVITATION_FOR,
    Actor,
    Role,
    check_password,
    check_reach,
    check_reach_over,
)
from portal.domain.errors import DomainError
from portal.domain.record import Entry
from portal.domain.second_factor import AccessChange
from portal.domain.text import refuse_unsafe
from portal.formats.addresses import clean_email
from portal.models import Invitation, PublicBody, RoleGrant, User, db
from portal.models.entering import (
    check_not_locked,
    end_everything,
    fail,
    note_account,
    tell_change,
)
from portal.models.ledger import post, write_down
from portal.queries.sessions import factors_of

NAME_LIMIT = 120


def create_user(
    now: datetime,
    *,
    email: str,
    name: str,
    password: str,
    roles: tuple[tuple[Role, int | None], ...],
    demo: bool = False,
) -> User:
    """An account with its roles. Raises `email_bad`, `email_taken`, `name_missing`…"""
    email = clean_email(email)
    if db.session.scalar(select(User.id).where(User.email == email)):
        raise DomainError("email_taken", field="email", email=email)
    _check_password(password, email=email, name=name)
    user = User(
        email=email,
        name=_clean_name(name),
        password_hash=hash_password(password),
        session_stamp=secrets.token_urlsafe(32),
        demo=demo,
        created_at=now,
        roles=[RoleGrant(role=role, body_id=body_id) for role, body_id in roles],
    )
    db.session.add(user)
    db.session.flush()
    note_account(now, None, user, "created")
    return user


def _check_password(password: str, *, email: str, name: str) -> None:
    """Raise what `check_password` raises, or `password_known`."""
    rows = db.session.execute(select(PublicBody.slug, PublicBody.name_ar, PublicBody.name_en))
    places = [word for row in rows for word in row]
    check_password(password, email=email, name=name, places=places)
    if is_known(password):
        raise DomainError("password_known", field="password")


def _clean_name(name: str) -> str:
    refuse_unsafe(name, field="name")
    if not name.strip():
        raise DomainError("name_missing", field="name")
    return name.strip()[:NAME_LIMIT]


def sign_in(now: datetime, *, email: str, password: str, production: bool) -> User:
    """The account of who signs in. One answer for every failure: `sign_in_failed` (or locked).

    Demo accounts are refused in production whatever the password. The caller must commit, also
    when this raises: failures are counted.
    """
    user = db.session.scalar(select(User).where(User.email == email.strip().lower()))
    good = verify(user.password_hash if user else None, password)
    if user is None or not user.active or (user.demo and production):
        raise DomainError("sign_in_failed", field="password")
    check_not_locked(now, user, "password")
    if not good:
        fail(now, user)
        raise DomainError("sign_in_failed", field="password")
    if not factors_of(user.id).any:
        # Else the second factor ends the count: no four guesses for each giving of the password.
        user.failures, user.locked_until = 0, None
    return user


def change_password(now: datetime, user: User, *, current: str, new: str) -> None:
    """A new password; it ends every session begun with the old one.

    The caller must commit, also when this raises: failures are counted.
    """
    check_not_locked(now, user, "current")
    if not verify(user.password_hash, current):
        fail(now, user)
        raise DomainError("password_wrong", field="current")
    set_password(now, user.id, user, new)


def set_password(now: datetime, actor_id: int | None, user: User, new: str) -> None:
    """A new password for somebody, who is told by mail; their second factor is asked as ever.

    `actor_id` is None for the operator's command, by which who forgot theirs comes in again.
    """
    _check_password(new, email=user.email, name=user.name)
    user.password_hash = hash_password(new)
    end_everything(user)
    tell_change(now, actor_id, user, AccessChange.PASSWORD_CHANGED)


def invite(
    actor: Actor, now: datetime, *, email: str, name: str, role: Role, body_id: int | None
) -> str:
    """Invite somebody by mail; gives the token of the link, of which only a hash is kept."""
    email = clean_email(email)
    check_reach(actor, body_id)
    if role is Role.CITIZEN:
        raise DomainError("role_bad", field="role")
    if db.session.scalar(select(User.id).where(User.email == email)):
        raise DomainError("email_taken", field="email", email=email)
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email,
        name=_clean_name(name),
        role=role,
        body_id=body_id,
        token_hash=_hash(token),
        invited_by=actor.user_id or 0,
        created_at=now,
        expires_at=now + INVITATION_FOR,
    )
    db.session.add(invitation)
    params = {"name": invitation.name, "role": role.value, "token": token}
    post("invitation", to=email, language="ar", now=now, params=params)
    db.session.flush()
    what = {"invitation": invitation.id, "what": f"invited as {role.value}"}
    subject = f"invitation {invitation.id}: {what['what']}"
    write_down(Entry.ACCOUNT_CHANGED, at=now, subject=subject, content=what, actor_id=actor.user_id)
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_invitation(now: datetime, token: str) -> Invitation:
    """The invitation of a link; raises `invitation_over` where used, past or unknown."""
    query = select(Invitation).where(Invitation.token_hash == _hash(token))
    invitation = db.session.scalar(query)
    if invitation is None or invitation.accepted_at or invitation.expires_at <= now:
        raise DomainError("invitation_over", status=404)
    return invitation


def accept_invitation(now: datetime, token: str, *, password: str) -> User:
    """Make the account that an invitation is for."""
    invitation = find_invitation(now, token)
    user = create_user(
        now,
        email=invitation.email,
        name=invitation.name,
        password=password,
        roles=((invitation.role, invitation.body_id),),
    )
    invitation.accepted_at = now
    return user


def grant(actor: Actor, now: datetime, user: User, role: Role, body_id: int | None) -> None:
    """Give a role, once."""
    check_reach(actor, body_id)
    if role is Role.CITIZEN:
        raise DomainError("role_bad", field="role")
    if not any(held.role is role and held.body_id == body_id for held in user.roles):
        user.roles.append(RoleGrant(role=role, body_id=body_id))
        note_account(now, actor.user_id, user, f"granted {role.value}")


def revoke(actor: Actor, now: datetime, user: User, grant_id: int) -> None:
    """Take a role away. Raises `last_administrator`."""
    for held in list(user.roles):
        if held.id == grant_id:
            check_reach(actor, held.body_id)
            if held.role is Role.ADMINISTRATOR:
                _check_not_last(user)
            user.roles.remove(held)
            note_account(now, actor.user_id, user, f"revoked {held.role.value}")
            return
    raise DomainError("not_found", status=404)


def set_active(actor: Actor, now: datetime, user: User, *, active: bool) -> None:
    """Let an account in, or not; its sessions end with it."""
    check_reach_over(actor, [held.body_id for held in user.roles])
    if not active and any(held.role is Role.ADMINISTRATOR for held in user.roles):
        _check_not_last(user)
    user.active = active
    end_everything(user)
    note_account(now, actor.user_id, user, "activated" if active else "deactivated")


def _check_not_last(user: User) -> None:
    query = (
        select(func.count(func.distinct(User.id)))
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(User.active, RoleGrant.role == Role.ADMINISTRATOR, RoleGrant.body_id.is_(None))
        .where(User.id != user.id)
    )
    if not db.session.scalar(query):
        raise DomainError("last_administrator", status=409)


def create_body(
    actor: Actor, now: datetime, *, slug: str, name_ar: str, name_en: str
) -> PublicBody:
    """A further public body. Raises `slug_bad`, `slug_taken`, `name_missing`."""
    if (
        not slug
        or len(slug) > 80
        or not all(c.isascii() and (c.isalnum() or c == "-") for c in slug)
    ):
        raise DomainError("slug_bad", field="slug")
    if db.session.scalar(select(PublicBody.id).where(PublicBody.slug == slug)):
        raise DomainError("slug_taken", field="slug", slug=slug)
    if not name_ar.strip():
        raise DomainError("name_missing", field="name_ar")
    for field, words in (("name_ar", name_ar), ("name_en", name_en)):
        refuse_unsafe(words, field=field)
        if len(words) > 200:
            raise DomainError("text_long", field=field, maximum=200, length=len(words))
    body = PublicBody(slug=slug, name_ar=name_ar.strip(), name_en=name_en.strip())
    db.session.add(body)
    db.session.flush()
    write_down(
        Entry.ACCOUNT_CHANGED,
        at=now,
        subject=f"public body {slug}",
        content={"body": slug, "name": body.name_ar},
        actor_id=actor.user_id,
    )
    return body
