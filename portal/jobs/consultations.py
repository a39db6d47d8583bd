"""`flask consultation …`: create, list, open, extend, withdraw."""

from __future__ import annotations

from datetime import datetime, timedelta

import click
from flask import current_app
from flask.cli import AppGroup

from portal.adapters.database import unit_of_work
from portal.domain.bilingual import Bilingual
from portal.domain.errors import DomainError
from portal.formats.dates import AMMAN
from portal.jobs.console import SYSTEM, as_json, run_or_exit
from portal.models import Consultation
from portal.queries.accounts import body_id_of, list_bodies
from portal.queries.consultations import find_consultation, list_all
from portal.services import accounts, consultations
from portal.services.consultations import Particulars

commands = AppGroup("consultation", help="Consultations: create, list, open, extend, withdraw.")
MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"])


def in_amman(moment: datetime) -> datetime:
    """A moment as typed, on Amman's clock."""
    return moment.replace(tzinfo=AMMAN)


def now() -> datetime:
    moment: datetime = current_app.extensions["clock"]()
    return moment


def find(slug: str) -> Consultation:
    """The consultation of that slug; raises `no_such_consultation`."""
    found = find_consultation(slug)
    if found is None:
        raise DomainError("no_such_consultation", slug=slug)
    return found


@commands.command("create")
@click.argument("slug")
@click.option("--title", required=True, help="Title in Arabic.")
@click.option("--title-en", default="", help="Title in English.")
@click.option("--body", default=None, help="Slug of the public body; needed where there are more.")
@click.option("--body-name", default="", help="Create the body under this Arabic name if missing.")
@click.option("--opens", type=MOMENT, default=None, help="When it opens, Amman time; now if left.")
@click.option("--closes", type=MOMENT, required=True, help="When it closes, Amman time.")
@click.option("--purpose", default="")
@click.option("--contact", default="")
def create_command(
    slug: str,
    title: str,
    title_en: str,
    body: str | None,
    body_name: str,
    opens: datetime | None,
    closes: datetime,
    purpose: str,
    contact: str,
) -> None:
    """Create a consultation named SLUG, in preparation. Dates may lie in the past (an import)."""
    with run_or_exit(), unit_of_work():
        particulars = Particulars(
            title=Bilingual(title, title_en),
            opens_at=in_amman(opens) if opens else now(),
            closes_at=in_amman(closes),
            purpose=Bilingual(purpose),
            contact=contact,
        )
        body_id = _body(body, body_name)
        consultations.create(SYSTEM, now(), body_id=body_id, slug=slug, particulars=particulars)
        click.echo(f"{slug} is in preparation.")


def _body(slug: str | None, name: str) -> int:
    known = list_bodies()
    if slug and name and slug not in {body.slug for body in known}:
        made = accounts.create_body(SYSTEM, now(), slug=slug, name_ar=name, name_en="")
        return made.id
    if slug is None and len(known) == 1:
        return known[0].id
    if slug is None:
        raise DomainError("body_missing_here")
    return body_id_of(slug)


@commands.command("list")
@click.option("--json", "for_programs", is_flag=True, help="One JSON document instead of words.")
def list_command(for_programs: bool) -> None:
    """List all consultations with their phase and deadline."""
    with run_or_exit():
        found = list_all(now())
        if for_programs:
            as_json([each.as_dict() for each in found])
            return
        for each in found:
            click.echo(f"{each.slug}\t{each.phase}\t{each.closes_at.isoformat()}\t{each.title.ar}")


@commands.command("open")
@click.argument("slug")
@click.option("--now", "at_once", is_flag=True, help="Open from this moment instead of its date.")
@click.option("--short-reason", default="", help="Why the period is under the minimum.")
def open_command(slug: str, at_once: bool, short_reason: str) -> None:
    """Announce SLUG; it opens and closes by the clock."""
    with run_or_exit(), unit_of_work():
        consultation = find(slug)
        if at_once:
            consultation.opens_at = now()
        consultations.announce(
            SYSTEM,
            now(),
            consultation,
            minimum_days=current_app.extensions["settings"].minimum_days,
            short_reason=short_reason,
            approver=True,
        )
        click.echo(f"{slug} is announced: {consultation.opens_at} to {consultation.closes_at}.")


@commands.command("extend")
@click.argument("slug")
@click.option("--closes", type=MOMENT, default=None, help="The new deadline, Amman time.")
@click.option("--days", type=int, default=None, help="Or: so many days more.")
@click.option("--reason", required=True)
def extend_command(slug: str, closes: datetime | None, days: int | None, reason: str) -> None:
    """Give SLUG a later deadline, before the present one, with a reason."""
    with run_or_exit(), unit_of_work():
        consultation = find(slug)
        new = in_amman(closes) if closes else consultation.closes_at + timedelta(days=days or 0)
        consultations.extend(SYSTEM, now(), consultation, closes_at=new, reason=Bilingual(reason))
        click.echo(f"{slug} closes at {new.isoformat()}.")


@commands.command("withdraw")
@click.argument("slug")
@click.option("--reason", required=True)
def withdraw_command(slug: str, reason: str) -> None:
    """Withdraw SLUG, with a reason; its comments and record stay."""
    with run_or_exit(), unit_of_work():
        consultations.withdraw(SYSTEM, now(), find(slug), reason=Bilingual(reason))
        click.echo(f"{slug} is withdrawn.")
