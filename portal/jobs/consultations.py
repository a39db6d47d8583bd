"""`flask consultation …`: create, list, open, extend, withdraw."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from portal.adapters.database import unit_of_work
from portal.domain.bilingual import Bilingual
from portal.domain.consultations import phase
from portal.domain.errors import DomainError
from portal.domain.particulars import Particulars
from portal.formats.dates import AMMAN, in_amman
from portal.jobs.console import JSON, SYSTEM, as_json, run_or_exit, tell
from portal.models import Consultation
from portal.queries.accounts import body_id_of, list_bodies
from portal.queries.consultations import dates, find_consultation, list_all
from portal.services import accounts, consultations

commands = AppGroup("consultation", help="Consultations: create, list, open, extend, withdraw.")
MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"])
REASON = click.option("--reason", required=True, help="Why, in Arabic.")


def typed(moment: datetime) -> datetime:
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
@click.option("--purpose", default="", help="What it is for, in Arabic.")
@click.option("--purpose-en", default="")
@click.option("--negotiable", default="", help="What is open to change, in Arabic.")
@click.option("--negotiable-en", default="")
@click.option("--fixed", default="", help="What is not open to change, in Arabic.")
@click.option("--fixed-en", default="")
@click.option("--contact", default="", help="Whom the public can ask.")
@JSON
def create_command(
    slug: str,
    body: str | None,
    body_name: str,
    opens: datetime | None,
    closes: datetime,
    contact: str,
    for_programs: bool,
    **words: str,
) -> None:
    """Create a consultation named SLUG, in preparation. Dates may lie in the past (an import)."""
    with run_or_exit():
        with unit_of_work():
            particulars = Particulars(
                title=_both(words, "title"),
                opens_at=typed(opens) if opens else now(),
                closes_at=typed(closes),
                purpose=_both(words, "purpose"),
                negotiable=_both(words, "negotiable"),
                fixed=_both(words, "fixed"),
                contact=contact,
            )
            body_id = _body(body, body_name)
            made = consultations.create(
                SYSTEM, now(), body_id=body_id, slug=slug, particulars=particulars
            )
        tell(for_programs, _state(made), f"{slug} is in preparation.")


def _both(words: dict[str, str], name: str) -> Bilingual:
    return Bilingual(words[name], words[f"{name}_en"])


def _state(consultation: Consultation) -> dict[str, Any]:
    """A consultation after what was done to it, for programs."""
    return {
        "slug": consultation.slug,
        "phase": phase(dates(consultation), now()).value,
        "opens": in_amman(consultation.opens_at).isoformat(timespec="minutes"),
        "closes": in_amman(consultation.closes_at).isoformat(timespec="minutes"),
    }


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
@JSON
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
@JSON
def open_command(slug: str, at_once: bool, short_reason: str, for_programs: bool) -> None:
    """Announce SLUG; it opens and closes by the clock, on the dates that it was given."""
    with run_or_exit():
        with unit_of_work():
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
                as_dated=True,
            )
        state = _state(consultation)
        tell(for_programs, state, f"{slug} is announced: {state['opens']} to {state['closes']}.")


@commands.command("extend")
@click.argument("slug")
@click.option("--closes", type=MOMENT, default=None, help="The new deadline, Amman time.")
@click.option("--days", type=click.IntRange(1, 3650), default=None, help="Or: so many days more.")
@REASON
@click.option("--reason-en", default="")
@JSON
def extend_command(
    slug: str, closes: datetime | None, days: int | None, for_programs: bool, **words: str
) -> None:
    """Give SLUG a later deadline, before the present one, with a reason."""
    with run_or_exit():
        with unit_of_work():
            consultation = find(slug)
            new = typed(closes) if closes else consultation.closes_at + timedelta(days=days or 0)
            reason = _both(words, "reason")
            consultations.extend(SYSTEM, now(), consultation, closes_at=new, reason=reason)
        state = _state(consultation)
        tell(for_programs, state, f"{slug} closes at {state['closes']}.")


@commands.command("withdraw")
@click.argument("slug")
@REASON
@click.option("--reason-en", default="")
@JSON
def withdraw_command(slug: str, for_programs: bool, **words: str) -> None:
    """Withdraw SLUG, with a reason; its comments and record stay."""
    with run_or_exit():
        with unit_of_work():
            consultation = find(slug)
            consultations.withdraw(SYSTEM, now(), consultation, reason=_both(words, "reason"))
        tell(for_programs, _state(consultation), f"{slug} is withdrawn.")
