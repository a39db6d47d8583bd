"""`flask person …`: what there is of a person, erasing it, and keys of personal details."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from portal.adapters import attachments as store
from portal.adapters.database import unit_of_work
from portal.adapters.erasing import forget_files
from portal.adapters.files import write_whole
from portal.domain.errors import DomainError
from portal.formats.person_files import archive
from portal.jobs.console import JSON, SYSTEM, run_or_exit, tell
from portal.models import Submission, db
from portal.queries.people import exported, find_sent, sent_by
from portal.services.people import Erased, erase
from portal.services.resealing import reseal_some

commands = AppGroup("person", help="What there is of a person: given out, erased, sealed anew.")
WHO = click.argument("who")


@commands.command("export")
@WHO
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@JSON
def export_command(who: str, output: Path, for_programs: bool) -> None:
    """Write all that WHO sent (a receipt's reference or an e-mail address) into a ZIP file."""
    data = current_app.extensions["settings"].data
    with run_or_exit():
        told = [exported(each) for each in _sent(who)]
        files = [
            (f"{content['reference']}/{each.name}", store.load(data, each.stored, each.sha256))
            for content, found in told
            for each in found
        ]
        write_whole(output, archive([content for content, _files in told], files))
        output.chmod(0o600)
        said = {"file": str(output), "submissions": len(told), "files": len(files)}
        tell(for_programs, said, f"{output}: {len(told)} submissions, {len(files)} files.")


@commands.command("erase")
@WHO
@click.option("--yes", is_flag=True, help="Do not ask: what is erased does not come back.")
@JSON
def erase_command(who: str, yes: bool, for_programs: bool) -> None:
    """Erase all that WHO sent (a receipt's reference or an e-mail address), for good."""
    with run_or_exit():
        ids = [each.id for each in _sent(who)]
        db.session.rollback()
        if not yes:
            click.confirm(f"{len(ids)} submissions will be erased for good. Go on?", abort=True)
        done = [found for each in ids if (found := _erase(each)) is not None]
    numbers = [f"{each.slug} {number}" for each in done for number in each.numbers]
    tell(for_programs, {"erased": numbers}, f"Erased: {', '.join(numbers) or 'nothing was left'}.")


@commands.command("reseal")
@JSON
def reseal_command(for_programs: bool) -> None:
    """Make a new key, seal all personal details with it, and delete the keys before."""
    keys = current_app.extensions["personal_keys"]
    with run_or_exit():
        before = keys.ids()
        made, changed = keys.add(), 0
        while True:
            with unit_of_work():
                some = reseal_some(made)
            changed += some
            if not some:
                break
        for each in before:
            keys.retire(each)
        tell(for_programs, {"key": made, "values": changed}, f"{made}: {changed} values.")


def _sent(who: str) -> list[Submission]:
    found = sent_by(who) if "@" in who else [each for each in (find_sent(who),) if each]
    if not found:
        raise DomainError("person_unknown")
    return found


def _erase(submission_id: int) -> Erased | None:
    """One submission; None where it was erased before."""
    app = current_app
    try:
        with unit_of_work():
            submission = db.session.get_one(Submission, submission_id)
            done = erase(SYSTEM, app.extensions["clock"](), submission)
    except DomainError as error:
        if error.code == "erased_already":
            return None
        raise
    forget_files(app.extensions["settings"].data, done.slug, done.files)
    return done
