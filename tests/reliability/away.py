"""The database away for a while: PostgreSQL killed and left so, SQLite locked by another."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.reliability.people import Crew, form_of, send
from tests.reliability.processes import Portal, Process


@dataclass
class Lock:
    """Somebody else writes into the file of SQLite, and goes on writing."""

    file: Path
    connection: sqlite3.Connection | None = None

    def kill(self) -> None:
        self.connection = sqlite3.connect(self.file, timeout=60, isolation_level=None)
        self.connection.execute("BEGIN IMMEDIATE")

    def start(self) -> None:
        assert self.connection is not None
        self.connection.close()


def stay_away(running: Portal, crew: Crew, seconds: float) -> Iterator[str]:
    """Whatever is wrong about how the portal takes it, and comes back by itself.

    The same form is sent all the while, and received once at the end.
    """
    database = running.database or Lock(running.data / "radd.db")
    texts = (f"ملاحظة {secrets.token_hex(8)}",)
    form, before = form_of(texts), _alive(running)
    database.kill()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield from _wrong(send(running.url, form), texts[0])
        time.sleep(0.5)
    database.start()
    crew.receipts[crew.receipt(form)] = texts
    crew.wait_for(5)
    if _alive(running) != before:
        yield "a process did not outlive it"


def _wrong(answer: requests.Response, text: str) -> Iterator[str]:
    if answer.status_code != 503:
        yield f"while the database was away a form was answered with {answer.status_code}"
    if not answer.headers.get("Retry-After", "").isdigit():
        yield "nobody is told when to come again"
    if text not in answer.text:
        yield "the form is not kept"


def _alive(running: Portal) -> list[str]:
    """Web and workers that go on running."""
    processes = {name: part for name, part in running.parts.items() if isinstance(part, Process)}
    return [n for n, each in processes.items() if each.running and each.running.poll() is None]
