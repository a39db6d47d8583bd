"""The fixed cast of people: the same names do the same work in every test."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.accounts import Actor, Grant, Role
from portal.models import PublicBody, RoleGrant, User, db
from tests.fixtures.apps import START

PASSWORD = "olive-thyme-and-stone"
NO_LOGIN = "!"


@dataclass(frozen=True)
class Cast:
    """People as actors, and the two bodies they belong to. `author` needs no account."""

    body: PublicBody
    elsewhere: PublicBody
    moderator: Actor
    other_moderator: Actor
    drafter: Actor
    approver: Actor
    committee: Actor
    administrator: Actor
    outsider: Actor

    def staff(self) -> dict[str, Actor]:
        """Everybody with an account, by the name of their part."""
        return {name: each for name, each in vars(self).items() if isinstance(each, Actor)}


PARTS = {
    "moderator": (Role.MODERATOR,),
    "other_moderator": (Role.MODERATOR,),
    "drafter": (Role.DRAFTER,),
    "approver": (Role.APPROVER,),
    "committee": (Role.COMMITTEE,),
}


def email_of(part: str) -> str:
    """The address of a part of the cast."""
    return f"{part.replace('_', '-')}@example.org"


def make_cast() -> Cast:
    """Two bodies and everybody; flushed, not committed."""
    body = PublicBody(slug="bureau", name_ar="ديوان التشريع (مثال)", name_en="Bureau (example)")
    elsewhere = PublicBody(slug="elsewhere", name_ar="جهة أخرى (مثال)", name_en="Elsewhere")
    db.session.add_all([body, elsewhere])
    db.session.flush()
    every_desk_role = (Role.MODERATOR, Role.DRAFTER, Role.APPROVER, Role.COMMITTEE)
    people = {part: _person(part, roles, body.id) for part, roles in PARTS.items()}
    people["administrator"] = _person("administrator", (Role.ADMINISTRATOR,), None)
    people["outsider"] = _person("outsider", every_desk_role, elsewhere.id)
    db.session.add_all(people.values())
    db.session.flush()
    return Cast(
        body=body,
        elsewhere=elsewhere,
        **{part: _actor(person) for part, person in people.items()},
    )


def _actor(user: User) -> Actor:
    return Actor(user.id, tuple(Grant(each.role, each.body_id) for each in user.roles))


def _person(part: str, roles: tuple[Role, ...], body_id: int | None) -> User:
    return User(
        email=email_of(part),
        name=f"{part.replace('_', ' ')} (example)",
        password_hash=NO_LOGIN,
        session_stamp="s",
        created_at=START,
        roles=[RoleGrant(role=role, body_id=body_id) for role in roles],
    )
