"""The demo's people: made-up, one for each role, refused by a portal in production."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.domain.accounts import Actor, Grant, Role
from portal.models import PublicBody, db
from portal.services.accounts import create_user

PASSWORD = "olives-and-thyme-2026"  # noqa: S105 (said on screen; these accounts are demo only)
NAMES = {
    Role.MODERATOR: "مشرف تجريبي",
    Role.DRAFTER: "معدّة ردود تجريبية",
    Role.APPROVER: "معتمِد تجريبي",
    Role.COMMITTEE: "عضو لجنة تجريبي",
    Role.ADMINISTRATOR: "مدير نظام تجريبي",
}
# Another moderator rules on appeals.
SECOND = ("moderator-2@demo.example", "مشرفة تجريبية أخرى")
# Works for another public body, which is asked about a comment.
ASKED = ("asked@demo.example", "باحثة قانونية تجريبية")
SIGN_INS = (
    *((f"{role.value}@demo.example", role.value) for role in NAMES),
    (SECOND[0], Role.MODERATOR.value),
    (ASKED[0], "drafter of another body"),
)


@dataclass(frozen=True, slots=True)
class People:
    """The actors of the demo and the public body they work for."""

    body: PublicBody
    asked: PublicBody
    moderator: Actor
    drafter: Actor
    approver: Actor
    committee: Actor


def load_people(now: datetime) -> People:
    """The body and an account for each role."""
    body = PublicBody(
        slug="example-bureau",
        name_ar="ديوان تجريبي للتشريع (مثال)",
        name_en="Example bureau of legislation (example)",
    )
    db.session.add(body)
    db.session.flush()
    made = {role: _person(now, role, body.id) for role in NAMES}
    create_user(
        now,
        email=SECOND[0],
        name=SECOND[1],
        password=PASSWORD,
        roles=((Role.MODERATOR, body.id),),
        demo=True,
    )
    return People(
        body=body,
        asked=_another(now),
        moderator=made[Role.MODERATOR],
        drafter=made[Role.DRAFTER],
        approver=made[Role.APPROVER],
        committee=made[Role.COMMITTEE],
    )


def _another(now: datetime) -> PublicBody:
    """A second body, with one who works for it."""
    body = PublicBody(
        slug="example-ministry",
        name_ar="وزارة الخدمات الرقمية (مثال)",
        name_en="Ministry of digital services (example)",
    )
    db.session.add(body)
    db.session.flush()
    roles = ((Role.DRAFTER, body.id),)
    create_user(now, email=ASKED[0], name=ASKED[1], password=PASSWORD, roles=roles, demo=True)
    return body


def _person(now: datetime, role: Role, body_id: int) -> Actor:
    reach = None if role is Role.ADMINISTRATOR else body_id
    user = create_user(
        now,
        email=f"{role.value}@demo.example",
        name=NAMES[role],
        password=PASSWORD,
        roles=((role, reach),),
        demo=True,
    )
    return Actor(user.id, (Grant(role, reach),))
