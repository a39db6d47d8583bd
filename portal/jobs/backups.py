"""`flask backup …`: everything that must not be lost, in one file, and back from it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from portal.adapters import backups, dumps, schema
from portal.adapters.backups import Backup
from portal.domain.errors import DomainError
from portal.jobs.console import JSON, as_json, run_or_exit, tell
from portal.jobs.proving import all_hold, for_program, print_findings, prove_restored
from portal.models import db

commands = AppGroup("backup", help="One file with database, files and keys; and back from it.")
FILE = click.Path(dir_okay=False, path_type=Path)


@commands.command("create")
@click.argument("file", type=FILE)
@JSON
def create_command(file: Path, for_programs: bool) -> None:
    """Write FILE while the portal runs. It holds personal data and keys: encrypt it."""
    settings, now = current_app.extensions["settings"], current_app.extensions["clock"]()
    with run_or_exit():
        if not file.absolute().parent.is_dir():
            raise DomainError("backup_no_folder", folder=str(file.absolute().parent))
        at, url = _schema(), settings.database_url
        made = backups.create(settings.data, url, at, now, file.absolute())
        tell(for_programs, _state(made), f"{file}: {_words(made)}")


@commands.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@JSON
def restore_command(file: Path, for_programs: bool) -> None:
    """Put FILE back, into an empty database and an empty data folder, and prove the record.

    Nothing is written over. Status 1 where what was restored is not what the record has.
    """
    with run_or_exit():
        backup = _restore(file)
        _tell_restored(backup, for_programs)


def _restore(file: Path) -> Backup:
    settings = current_app.extensions["settings"]
    _refuse_occupied()
    settings.data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.data, prefix=".radd-restore-") as folder:
        backup = backups.unpack(file, Path(folder))
        _refuse_unfit(backup)
        db.session.remove()
        db.engine.dispose()
        dumps.load(settings.database_url, Path(folder) / backups.DATABASE)
        backups.settle(Path(folder), settings.data)
    return backup


def _tell_restored(backup: Backup, for_programs: bool) -> None:
    """What was restored, and whether it is what the record has; status 1 where it is not.

    Of an older schema nothing can be told before it is brought up.
    """
    older = backup.schema != schema.head()
    found = [] if older else prove_restored(current_app.extensions["settings"].data)
    if for_programs:
        as_json({**_state(backup), "upgrade": older, "record": for_program(found)})
    else:
        click.echo(f"Restored: {_words(backup)}")
        if older:
            click.echo("Now run: flask db upgrade, and then: flask record check")
        else:
            print_findings(found)
    if not all_hold(found):
        raise SystemExit(1)


def _schema() -> str:
    try:
        found = schema.found()
    except SQLAlchemyError as error:
        raise DomainError("backup_nothing") from error
    finally:
        db.session.rollback()
    if found is None:
        raise DomainError("backup_nothing")
    return found


def _refuse_occupied() -> None:
    settings = current_app.extensions["settings"]
    if not dumps.is_empty(settings.database_url):
        raise DomainError("restore_database_used")
    names = [name for name in backups.occupied(settings.data) if name != "secret_key"]
    if names:
        raise DomainError("restore_folder_used", names=", ".join(names[:5]))


def _refuse_unfit(backup: Backup) -> None:
    here = dumps.kind_of(current_app.extensions["settings"].database_url)
    if backup.database != here:
        raise DomainError("restore_other_database", of=backup.database, here=here)
    known = {each.revision for each in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()}
    if backup.schema not in known:
        raise DomainError("restore_newer", schema=backup.schema)


def _state(backup: Backup) -> dict[str, object]:
    return {
        "at": backup.at,
        "database": backup.database,
        "schema": backup.schema,
        "files": backup.files,
        "bytes": backup.size,
    }


def _words(backup: Backup) -> str:
    return (
        f"{backup.database} at schema {backup.schema} and {backup.files} files, "
        f"taken at {backup.at}, {backup.size:,} bytes."
    )
