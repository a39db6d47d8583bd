"""The whole database as one file, taken while it is in use, and put back into an empty one.

SQLite by its own backup interface; PostgreSQL by its own pg_dump and pg_restore, which must be as
new as the server.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, create_engine, inspect, make_url

from portal.domain.errors import DomainError

SQLITE, POSTGRESQL = "sqlite", "postgresql"


def kind_of(url: str) -> str:
    """`sqlite` or `postgresql`."""
    return make_url(url).get_backend_name()


def dump(url: str, target: Path) -> None:
    """Write the database at one moment into the file `target`.

    Raises `dump_program_missing`, and `dump_failed` with what the program said.
    """
    if kind_of(url) == POSTGRESQL:
        wanted = ("--format=custom", "--no-owner", "--no-privileges", "--file", str(target))
        _run("pg_dump", make_url(url), *wanted)
        return
    path = make_url(url).database or ""
    if not Path(path).exists():
        raise DomainError("dump_failed", reason=f"no database at {path}")
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without one beside it
            found = copy.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        raise DomainError("dump_failed", reason=str(error)) from error
    if found != "ok":
        raise DomainError("dump_failed", reason=found)


def load(url: str, source: Path) -> None:
    """Fill the empty database at `url` from what `dump` wrote; whole or not at all.

    Raises `dump_program_missing`, `dump_failed`.
    """
    if kind_of(url) == POSTGRESQL:
        wanted = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        _run("pg_restore", make_url(url), *wanted, str(source))
        return
    target = Path(make_url(url).database or "")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(target)) as into:
            copy.backup(into)
            into.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        raise DomainError("dump_failed", reason=str(error)) from error


def is_empty(url: str) -> bool:
    """Whether there is no table yet; an SQLite file that is not there is empty."""
    path = make_url(url).database or ""
    if kind_of(url) == SQLITE and not Path(path).exists():
        return True
    engine = create_engine(url)
    try:
        return not inspect(engine).get_table_names()
    finally:
        engine.dispose()


def _run(program: str, url: URL, *words: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise DomainError("dump_program_missing", program=program)
    # The password goes by the environment: the words of a command are for everybody to see.
    secret = {"PGPASSWORD": url.password} if url.password else {}
    address = url.set(drivername=POSTGRESQL, password=None).render_as_string(hide_password=False)
    ran = subprocess.run(  # noqa: S603 (fixed words, and the operator's own settings)
        [found, *words[:-1], "--dbname", address, words[-1]]
        if program == "pg_restore"
        else [found, *words, "--dbname", address],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise DomainError("dump_failed", reason=" ".join(ran.stderr.split())[:500])
