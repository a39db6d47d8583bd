"""Reads about staff."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from portal.domain.accounts import Grant, Role
from portal.domain.bilingual import Bilingual
from portal.domain.errors import DomainError
from portal.models import (
    Authenticator,
    Passkey,
    ProviderIdentity,
    PublicBody,
    RoleGrant,
    User,
    db,
)

CONFIRMED = Authenticator.confirmed_at.is_not(None)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A member of staff as a request needs them."""

    id: int
    name: str
    email: str
    session_stamp: str
    grants: tuple[Grant, ...]


def find_signed_in(user_id: int) -> SignedIn | None:
    """The active user with that id; two queries: the user, and all their grants."""
    user = db.session.get(User, user_id)
    if user is None or not user.active:
        return None
    grants = tuple(Grant(held.role, held.body_id) for held in user.roles)
    return SignedIn(user.id, user.name, user.email, user.session_stamp, grants)


def find_by_email(email: str) -> SignedIn | None:
    """The active user with that address, however it is spelt in case."""
    user_id = db.session.scalar(select(User.id).where(User.email == email.strip().lower()))
    return None if user_id is None else find_signed_in(user_id)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that somebody holds; `body` is the slug of the public body, None for all."""

    id: int
    role: Role
    body: str | None
    body_name: Bilingual | None


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff in the list of people; `linked`: a provider of sign-on lets them in."""

    id: int
    name: str
    email: str
    active: bool
    demo: bool
    second_factor: bool
    linked: bool
    roles: tuple[HeldRole, ...]

    @property
    def administers_all(self) -> bool:
        return self.active and any(
            held.role is Role.ADMINISTRATOR and held.body is None for held in self.roles
        )

    def as_dict(self) -> dict[str, object]:
        roles = [{"role": held.role.value, "body": held.body} for held in self.roles]
        return {"email": self.email, "name": self.name, "active": self.active, "roles": roles}


def list_staff(of: frozenset[int] | None = None) -> tuple[Person, ...]:
    """Everybody with an account, by name; `of` some bodies: who has a role there. Five queries."""
    with_app = select(Authenticator.user_id).where(CONFIRMED)
    with_second = set(db.session.scalars(with_app.union(select(Passkey.user_id))))
    linked = set(db.session.scalars(select(ProviderIdentity.user_id)))
    bodies = {body.id: body for body in db.session.scalars(select(PublicBody))}
    query = select(User).order_by(User.name, User.id)
    if of is not None:
        query = query.where(User.roles.any(RoleGrant.body_id.in_(of)))
    return tuple(
        Person(
            id=user.id,
            name=user.name,
            email=user.email,
            active=user.active,
            demo=user.demo,
            second_factor=user.id in with_second,
            linked=user.id in linked,
            roles=tuple(_held(grant, bodies) for grant in user.roles),
        )
        for user in db.session.scalars(query)
    )


def _held(grant: RoleGrant, bodies: dict[int, PublicBody]) -> HeldRole:
    body = bodies.get(grant.body_id) if grant.body_id else None
    name = Bilingual(body.name_ar, body.name_en) if body else None
    return HeldRole(grant.id, grant.role, body.slug if body else None, name)


@dataclass(frozen=True, slots=True)
class Body:
    """A public body."""

    id: int
    slug: str
    name: Bilingual


def list_bodies() -> tuple[Body, ...]:
    """All public bodies, by their Arabic names."""
    query = select(PublicBody).order_by(PublicBody.name_ar)
    return tuple(
        Body(body.id, body.slug, Bilingual(body.name_ar, body.name_en))
        for body in db.session.scalars(query)
    )


def body_id_of(slug: str) -> int:
    """The id of the public body with that slug; raises `no_such_body`."""
    found = db.session.scalar(select(PublicBody.id).where(PublicBody.slug == slug))
    if found is None:
        raise DomainError("no_such_body", slug=slug)
    return found
