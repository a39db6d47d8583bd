"""`flask record …`: checkpoints, bundles, verification, witnesses, the key."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from portal.adapters.database import unit_of_work
from portal.adapters.fetching import fetch
from portal.adapters.signing import Keys
from portal.domain.errors import DomainError
from portal.domain.signed_notes import read_key
from portal.formats.record_files.bundles import write_bundle
from portal.formats.record_files.checking import Finding
from portal.formats.record_files.checking_program import look
from portal.jobs.console import JSON, SYSTEM, as_json, run_or_exit, tell
from portal.jobs.matrices import edition_of, scope_of
from portal.jobs.proving import all_hold, for_program, print_findings, prove
from portal.jobs.recording import bring_up, stamp_newest
from portal.jobs.witness import watch
from portal.queries.bundles import bundle_of
from portal.queries.proofs import newest_checkpoint, public_keys
from portal.services.record import rotate

commands = AppGroup("record", help="The record: checkpoints, bundles, verification, witnesses.")
FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@commands.command("checkpoint")
@JSON
def checkpoint_command(for_programs: bool) -> None:
    """Place what waits, sign the tree as it stands, and say the newest checkpoint."""
    settings, now = current_app.extensions["settings"], current_app.extensions["clock"]()
    with run_or_exit():
        bring_up(settings, now)
        stamp_newest(settings, now)
        newest = newest_checkpoint()
        if newest is None:
            raise DomainError("record_waiting")
        tell(for_programs, {"size": newest.size, "checkpoint": newest.note}, newest.note.rstrip())


@commands.command("bundle")
@click.argument("slug")
@click.option("--output", type=FOLDER, required=True, help="A new or an empty folder.")
@click.option("--edition", type=int, default=None, help="Which edition; the newest by default.")
@JSON
def bundle_command(slug: str, output: Path, edition: int | None, for_programs: bool) -> None:
    """Write all by which an edition of SLUG can be checked without this portal."""
    settings, now = current_app.extensions["settings"], current_app.extensions["clock"]()
    with run_or_exit():
        bring_up(settings, now)
        stamp_newest(settings, now)
        scope = scope_of(slug)
        number = edition_of(scope.id, edition).file.number
        if output.exists() and any(output.iterdir()):
            raise DomainError("bundle_not_empty", folder=str(output))
        write_bundle(output, bundle_of(scope.id, number))
        tell(
            for_programs, {"edition": number, "folder": str(output)}, f"{output}: edition {number}."
        )


@commands.command("check")
@JSON
def check_command(for_programs: bool) -> None:
    """Check this portal's own database: its tree, entries, comments, files; after a restore."""
    with run_or_exit():
        found = list(prove(current_app.extensions["settings"].data))
    _tell(found, for_programs)


@commands.command("verify")
@click.argument("folder", type=FOLDER)
@click.option("--receipt", "receipts", multiple=True, type=FILE, help="A receipt to check with it.")
@click.option(
    "--witness", "witnesses", multiple=True, type=FILE, help="A checkpoint kept elsewhere."
)
@click.option("--key", default="", help="The key that you know the record by.")
@JSON
def verify_command(
    folder: Path,
    receipts: tuple[Path, ...],
    witnesses: tuple[Path, ...],
    key: str,
    for_programs: bool,
) -> None:
    """Check a bundle, and receipts against it; status 1 if anything does not hold. No database."""
    _tell(list(look(folder, receipts, witnesses, key)), for_programs)


def _tell(found: list[Finding], for_programs: bool) -> None:
    """Every finding; status 1 where one does not hold."""
    if for_programs:
        as_json(for_program(found))
    else:
        print_findings(found)
    if not all_hold(found):
        raise SystemExit(1)


@commands.command("witness")
@click.argument("url")
@click.argument("folder", type=FOLDER)
def witness_command(url: str, folder: Path) -> None:
    """Keep the newest checkpoint of the record at URL, if it continues the one kept before.

    URL is the address of a portal's record, https://…/record. No database. Status 1, and the reason
    on standard error, where the record was changed; for cron.
    """
    with run_or_exit():
        note = watch(fetch, url.rstrip("/"), folder)
        click.echo(f"{note.origin}: {note.size}")


@commands.command("rotate")
def rotate_command() -> None:
    """Change to a new key; the old one signs that, and is deleted."""
    settings, now = current_app.extensions["settings"], current_app.extensions["clock"]()
    keys = Keys(settings.data)
    with run_or_exit():
        before = public_keys()
        with unit_of_work():
            made = rotate(SYSTEM, now, keys)
            verifier = made.verifier
        keys.forget(read_key(before[-1].verifier)[1])
        click.echo(verifier)
