"""How the database is spoken to: SQLite's settings, and write transactions that wait in turn."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from portal.models import db

WRITES = "radd_writes"
# FULL: what has been acknowledged survives a power cut, also in WAL mode.
PRAGMAS = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What is erased is written over, and not left lying in the file.
    "PRAGMA secure_delete = ON",
)

# A server that does not answer, or to which no packet comes through, is told of in seconds
# (libpq, 34.1.2: the last in milliseconds).
NOT_FOR_MINUTES = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 20_000,
}


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # BEGIN is ours to say, below
        for pragma in PRAGMAS:
            connection.execute(pragma)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """A writer takes SQLite's lock at once, so that it can wait for it and never deadlocks."""
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def begin_write() -> None:
    """Begin this session's transaction as one that will write; what was read before is let go."""
    db.session.rollback()
    db.session.connection(execution_options={WRITES: True})


@contextmanager
def unit_of_work() -> Iterator[None]:
    """One write transaction: committed at the end, rolled back when anything is raised."""
    begin_write()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


@contextmanager
def write_aside() -> Iterator[Connection]:
    """One write transaction beside that of this session, which goes on reading what it read."""
    with db.engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        yield connection


@contextmanager
def snapshot() -> Iterator[None]:
    """Reads of this session that all see the same moment, whatever is written meanwhile."""
    db.session.rollback()
    postgresql = db.engine.dialect.name == "postgresql"
    level = {"isolation_level": "REPEATABLE READ"} if postgresql else {}
    db.session.connection(execution_options=level)
    try:
        yield
    finally:
        db.session.rollback()


def options(url: str) -> dict[str, Any]:
    """Engine options for `url`; makes the folder of an SQLite file when it is first connected."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 10}}
    return {
        "pool_pre_ping": True,
        "pool_size": 10,
        "max_overflow": 10,
        "connect_args": NOT_FOR_MINUTES,
    }


def make_folder(url: str) -> None:
    """The folder in which an SQLite database will lie."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
