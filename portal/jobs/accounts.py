"""`flask user …`: the first administrator, invitations, who there is."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from portal.adapters.database import unit_of_work
from portal.domain.accounts import STAFF_ROLES, Role
from portal.domain.errors import DomainError
from portal.jobs.console import SYSTEM, as_json, run_or_exit
from portal.models import User, db
from portal.queries.accounts import body_id_of, find_by_email, list_staff
from portal.services.accounts import create_user, invite, set_password
from portal.services.second_factor import clear

commands = AppGroup("user", help="Accounts of staff.")
_FROM_STDIN = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input."
)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


@commands.command("create-admin")
@click.option("--email", required=True)
@click.option("--name", required=True)
@_FROM_STDIN
def create_admin(email: str, name: str, password_stdin: bool) -> None:
    """Create an administrator of the whole portal; asks for the password."""
    password = _password(password_stdin)
    with run_or_exit(), unit_of_work():
        now = current_app.extensions["clock"]()
        roles = ((Role.ADMINISTRATOR, None),)
        user = create_user(now, email=email, name=name, password=password, roles=roles)
        click.echo(f"{user.email} is an administrator.")


@commands.command("invite")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", type=click.Choice([role.value for role in STAFF_ROLES]), required=True)
@click.option("--body", default=None, help="Slug of the public body; all bodies by default.")
def invite_command(email: str, name: str, role: str, body: str | None) -> None:
    """Invite somebody by mail to a role of a public body."""
    with run_or_exit(), unit_of_work():
        now = current_app.extensions["clock"]()
        inviter = next((each for each in list_staff() if each.administers_all), None)
        if inviter is None:
            raise DomainError("no_administrator")
        actor = SYSTEM._replace(user_id=inviter.id)
        body_id = body_id_of(body) if body else None
        invite(actor, now, email=email, name=name, role=Role(role), body_id=body_id)
        click.echo(f"An invitation to {email} waits in the outbox.")


def _account(email: str) -> User:
    """The active account with that address; raises `no_such_account`."""
    found = find_by_email(email)
    if found is None:
        raise DomainError("no_such_account", email=email)
    return db.session.get_one(User, found.id)


@commands.command("reset-second-factor")
@click.option("--email", required=True)
def reset_second_factor(email: str) -> None:
    """Take away the second factor of somebody who lost it; their sessions end."""
    with run_or_exit(), unit_of_work():
        user = _account(email)
        clear(current_app.extensions["clock"](), None, user)
        click.echo(f"{user.email} signs in with the password alone, and is told by mail.")


@commands.command("set-password")
@click.option("--email", required=True)
@_FROM_STDIN
def set_password_command(email: str, password_stdin: bool) -> None:
    """Give somebody who forgot it a new password; their sessions end."""
    password = _password(password_stdin)
    with run_or_exit(), unit_of_work():
        user = _account(email)
        set_password(current_app.extensions["clock"](), None, user, password)
        click.echo(f"{user.email} signs in with the new password, and is told by mail.")


@commands.command("list")
@click.option("--json", "for_programs", is_flag=True, help="One JSON document instead of words.")
def list_command(for_programs: bool) -> None:
    """List the members of staff with their roles."""
    with run_or_exit():
        people = list_staff()
        if for_programs:
            as_json([person.as_dict() for person in people])
            return
        for person in people:
            held = ", ".join(f"{g.role.value}@{g.body or '*'}" for g in person.roles)
            click.echo(f"{person.email}\t{person.name}\t{held}")
