"""Loading the demo, and the sign-ins that come with it."""

from __future__ import annotations

from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from portal.adapters.database import unit_of_work
from portal.domain.errors import DomainError
from portal.jobs.console import run_or_exit
from portal.jobs.demo.appointments import load_appointments
from portal.jobs.demo.bylaw import load_bylaw
from portal.jobs.demo.people import PASSWORD, SIGN_INS, load_people
from portal.jobs.demo.reasons import load_reasons
from portal.models import PublicBody, User, db

commands = AppGroup("demo", help="Demo data, for trying things out.")


@commands.command("load")
def load_command() -> None:
    """Load the demo into an empty database; refused in production."""
    with run_or_exit():
        if current_app.extensions["settings"].production:
            raise DomainError("demo_in_production")
        if not is_empty():
            raise DomainError("demo_not_empty")
        db.session.rollback()
        load_demo(current_app.extensions["clock"]())
    click.echo(sign_ins())


def is_empty() -> bool:
    """True where nobody and no body is in the database."""
    people = db.session.scalar(select(User.id).limit(1))
    return people is None and db.session.scalar(select(PublicBody.id).limit(1)) is None


def load_demo(now: datetime) -> None:
    """Everything in one transaction: all of the demo or none."""
    with unit_of_work():
        people = load_people(now)
        load_bylaw(people, now)
        load_appointments(people, now)
        load_reasons(people, now)


def sign_ins() -> str:
    """The demo's addresses and their password."""
    lines = [f"  {email:<28} {role}" for email, role in SIGN_INS]
    return "\n".join([f"Demo sign-ins (password: {PASSWORD})", *lines])
