"""What the clock asks for: openings and closings told, mail handed over, what was left lying.

That is imports whose worker was killed, and an index of search that is not built yet. And the
record's tree is brought up to date and signed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import click
from flask import Flask, current_app

from portal.adapters.database import unit_of_work
from portal.jobs import editions, looking
from portal.jobs.attachments import look_after
from portal.jobs.console import as_json, run_or_exit
from portal.jobs.group_decisions import carry_out
from portal.jobs.imports import take_up_left
from portal.jobs.posting import hand_over
from portal.jobs.recording import record
from portal.jobs.retention import run_daily
from portal.jobs.search import index_what_is_missing
from portal.jobs.sheets import take_up_left as take_up_sheets
from portal.queries.clockwork import untold
from portal.services.clockwork import tell
from portal.services.floods import forget
from portal.services.moderation import settle_due


@dataclass(frozen=True, slots=True)
class Done:
    """What a run of the clock's work came to."""

    opened: int
    closed: int
    sent: int
    waiting: int
    read_in: int = 0
    settled: int = 0
    recorded: int = 0
    expired: int = 0


def run(app: Flask, now: datetime) -> Done:
    """Do what is due, each thing in a transaction of its own; run as often as you like."""
    opened = closed = 0
    for consultation_id, event in untold(now):
        with unit_of_work():
            told = tell(now, consultation_id, event)
        opened += told and event == "opening"
        closed += told and event == "closing"
    settled = 0
    while True:
        with unit_of_work():
            taken = settle_due(now)
        settled += taken
        if not taken:
            break
    with unit_of_work():
        forget(now)
    index_what_is_missing()
    expired = run_daily(app, now)
    recorded = record(app.extensions["settings"], now)
    read_in = take_up_left(app, now) + take_up_sheets(app, now)
    sent, failed = hand_over(app, now)  # last: a server that hangs keeps nothing else waiting
    return Done(opened, closed, sent, failed, read_in, settled, recorded, expired)


@click.command("due")
@click.option("--json", "for_programs", is_flag=True, help="One JSON document instead of words.")
def due_command(for_programs: bool) -> None:
    """Do what the clock asks for: tell of openings and closings, hand waiting mail over."""
    with run_or_exit():
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        done = run(app, app.extensions["clock"]())
        looking.carry_out(app.extensions["clock"])
        carry_out(app.extensions["clock"])
        editions.carry_out(app)
        look_after(app.extensions["settings"], app.extensions["clock"]())
    if for_programs:
        as_json(asdict(done))
    else:
        click.echo(
            f"{done.settled} decisions took effect, {done.opened} opened, {done.closed} closed, "
            f"{done.sent} mails sent, {done.waiting} to try again, {done.read_in} files read in, "
            f"{done.recorded} leaves put into the tree of the record, "
            f"{done.expired} things deleted whose time was over."
        )
