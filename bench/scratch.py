"""Scratch databases for benchmarks: SQLite in a folder, PostgreSQL as the tests start it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from flask import Flask

from tests.fixtures import apps, postgresql

_open = ExitStack()
atexit.register(_open.close)


def folder() -> Path:
    """A folder that goes when the benchmarks are over."""
    made = Path(tempfile.mkdtemp(prefix="radd-bench-"))
    _open.callback(shutil.rmtree, made, ignore_errors=True)
    return made


def app(database: str, name: str) -> Flask:
    """The portal with an empty, migrated database on `sqlite` or `postgresql`."""
    place, url = folder(), ""
    if database == "postgresql":
        place.chmod(0o755)
        url = postgresql.create_database(_server(), name)
    apps.migrate(place, url)
    return _open.enter_context(apps.running(place, url))


_servers: list[str] = []


def _server() -> str:
    if not _servers:
        place = folder()
        place.chmod(0o755)
        _servers.append(postgresql.lent_server(place))
        _open.callback(postgresql.stop, place)
    return _servers[0]
