"""What an administrator does for people who lost a factor, a link or a device; and who may not."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.domain.accounts import Actor, Grant, Role
from portal.models import OutboxMail, Passkey, ProviderIdentity, RecordEntry, RoleGrant, User, db
from portal.queries.sessions import factors_of
from tests.factories.cast import Cast
from tests.fixtures.apps import Clock
from tests.fixtures.console import Console
from tests.fixtures.desk import Desk


@pytest.fixture
def approver(web: Flask, cast: Cast, clock: Clock) -> User:
    """Somebody with a passkey and a link to a provider."""
    user_id = cast.approver.user_id
    assert user_id is not None
    key = {"credential_id": "x", "public_key": b"x", "sign_count": 0, "name": "هاتف"}
    db.session.add(Passkey(user_id=user_id, added_at=clock(), **key))
    link = {"issuer": "https://id.example", "subject": "7"}
    db.session.add(ProviderIdentity(user_id=user_id, linked_at=clock(), **link))
    db.session.commit()
    return db.session.get_one(User, user_id)


def last_told() -> tuple[str, str]:
    mail = db.session.scalars(db.select(OutboxMail).order_by(OutboxMail.id.desc())).first()
    entry = db.session.scalars(db.select(RecordEntry).order_by(RecordEntry.id.desc())).first()
    assert mail is not None
    assert entry is not None
    return mail.params["what"], entry.subject


ACTS = [
    ("second-factor/reset", "reset", "second factor reset"),
    ("sign-on/unlink", "sign_on_unlinked", "single sign-on unlinked"),
    ("sessions/end", "sessions_ended", "all sessions ended"),
]


@pytest.mark.parametrize(("path", "mail", "entry"), ACTS)
def test_an_act_is_done_told_and_written_down(
    web: Flask, cast: Cast, approver: User, path: str, mail: str, entry: str
) -> None:
    theirs, boss = Desk(web, cast.approver), Desk(web, cast.administrator)
    action = f"/people/{approver.id}/{path}"
    assert f'action="/ar/desk{action}"' in boss.get("/people")
    assert boss.done(action, page="/people") == "/ar/desk/people"
    assert last_told() == (mail, f"account {approver.id}: {entry}")
    theirs.get("/", status=200 if path == "sign-on/unlink" else 302)
    gone = f'action="/ar/desk{action}"' not in boss.get("/people")
    assert gone is (path != "sessions/end")
    assert bool(factors_of(approver.id).passkeys) is (path != "second-factor/reset")


@pytest.mark.parametrize("path", [path for path, _mail, _entry in ACTS])
def test_the_administrator_of_another_body_reaches_nobody_here(
    web: Flask, cast: Cast, approver: User, path: str
) -> None:
    elsewhere = Grant(Role.ADMINISTRATOR, cast.elsewhere.id)
    outsider = db.session.get_one(User, cast.outsider.user_id)
    outsider.roles = [RoleGrant(role=elsewhere.role, body_id=elsewhere.body_id)]
    db.session.commit()
    boss = Desk(web, Actor(outsider.id, (elsewhere,)))
    page = boss.get("/people")
    assert outsider.email in page
    assert approver.email not in page
    before = db.session.scalar(db.select(db.func.count(RecordEntry.id)))
    boss.refused(f"/people/{approver.id}/{path}", status=403, page="/people")
    assert db.session.scalar(db.select(db.func.count(RecordEntry.id))) == before


def test_who_has_no_role_any_more_is_left_to_who_administers_all(
    web: Flask, cast: Cast, approver: User
) -> None:
    own = Grant(Role.ADMINISTRATOR, cast.body.id)
    drafter = db.session.get_one(User, cast.drafter.user_id)
    drafter.roles = [RoleGrant(role=own.role, body_id=own.body_id)]
    approver.roles = []
    db.session.commit()
    boss = Desk(web, Actor(drafter.id, (own,)))
    assert approver.email not in boss.get("/people")
    boss.refused(f"/people/{approver.id}/sessions/end", status=403, page="/people")
    assert approver.email in Desk(web, cast.administrator).get("/people")


def test_nobody_resets_their_own(web: Flask, cast: Cast) -> None:
    boss = Desk(web, cast.administrator)
    own = f"/people/{cast.administrator.user_id}"
    assert f"/ar/desk{own}/sessions/end" not in boss.get("/people")
    boss.refused(f"{own}/second-factor/reset", status=409, page="/people")


def test_the_command_lets_the_last_administrator_in_again(web: Flask, approver: User) -> None:
    console = Console(web)
    said = console.done("user", "reset-second-factor", "--email", "Approver@Example.org")
    assert "approver@example.org" in said.out
    assert not factors_of(approver.id).any
    assert last_told() == ("reset", f"account {approver.id}: second factor reset")
    refused = console.refused("user", "reset-second-factor", "--email", "nobody@example.org")
    assert "nobody@example.org" in refused


def test_the_command_gives_who_forgot_it_a_new_password(web: Flask, approver: User) -> None:
    console, words = Console(web), ("user", "set-password", "--password-stdin", "--email")
    hashed = approver.password_hash
    assert "12" in console.refused(*words, "approver@example.org", input="short\n")
    said = console.done(*words, "Approver@example.org", input="figs, slate and nine wells\n")
    assert "approver@example.org" in said.out
    assert approver.password_hash != hashed
    assert factors_of(approver.id).any, "the second factor is asked for as before"
    assert last_told() == ("password_changed", f"account {approver.id}: password changed")
