"""The portal's processes as they run in service, each of which can be killed and begun again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import requests

from config import ROOT
from tests.fixtures import postgresql

TIGHT = "tests.reliability.tight"
RATE = "1000000 1000000"  # every visitor of this portal comes from one address


@dataclass
class Process:
    """A command in a group of its own, so that all of it dies at once."""

    words: tuple[str, ...]
    environment: dict[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", *self.words],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """SIGKILL, as a machine that fails: nobody is asked, nothing is put in order."""
        if self.running is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()


@dataclass
class Database:
    """A PostgreSQL server that writes to the disk as in service."""

    folder: Path
    url: str = ""

    def start(self) -> None:
        if self.url:
            postgresql.start_again(self.folder)
        else:
            admin = postgresql.start(self.folder, durable=True)
            self.url = postgresql.create_database(admin, "radd")

    def kill(self) -> None:
        postgresql.kill(self.folder)


@dataclass
class Portal:
    """Web, worker and database of one portal, and where it is."""

    data: Path
    port: int
    database: Database | None
    environment: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Process | Database] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def wait(self, seconds: float = 60) -> None:
        """Until it can serve."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with suppress(requests.RequestException):
                if requests.get(f"{self.url}/readyz", timeout=2).status_code == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(f"the portal did not come back: {self.logs()}")

    def logs(self) -> str:
        """The last that its processes said."""
        return "\n".join(file.read_text()[-2000:] for file in sorted(self.data.glob("*.log")))

    def restart(self, name: str) -> None:
        """Kill one part, and begin it again."""
        part = self.parts[name]
        part.kill()
        part.start()


@contextmanager
def portal(
    folder: Path, port: int, *, on_postgresql: bool, twice: bool, prepare: Callable[[Portal], None]
) -> Iterator[Portal]:
    """A migrated portal, what `prepare` puts into it, and then its processes running.

    `twice`: two web processes and two workers.
    """
    server = folder / "server"
    server.mkdir(mode=0o755)
    data = folder / "data"
    data.mkdir()
    made = Portal(data, port, Database(server) if on_postgresql else None)
    if made.database is not None:
        made.database.start()
        made.parts["database"] = made.database
    made.environment = _environment(made)
    try:
        _migrate(made)
        prepare(made)
        _begin(made, twice=twice)
        made.wait()
        yield made
    finally:
        for part in reversed(list(made.parts.values())):
            part.kill()


def _begin(made: Portal, *, twice: bool) -> None:
    granian = ("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(made.port))
    more = ("--workers", "2" if twice else "1", "--blocking-threads", "4", f"{TIGHT}:app")
    work = ("flask", "--app", TIGHT, "worker")
    words = {"web": (*granian, *more), "worker": work, **({"other worker": work} if twice else {})}
    for name, said in words.items():
        made.parts[name] = Process(said, made.environment, made.data / f"{name}.log")
        made.parts[name].start()


def _environment(made: Portal) -> dict[str, str]:
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {
        **plain,
        "PORTAL_ENV": "test",
        "SECRET_KEY": "not-secret-but-long-and-varied-0123456789",
        "PORTAL_DATA": str(made.data),
        "DATABASE_URL": made.database.url if made.database else "",
        "BASE_URL": made.url,
        "UNDO_SECONDS": "0",
        "BLOCK_RATE": RATE,
        "CONSULTATION_RATE": RATE,
    }


def _migrate(made: Portal) -> None:
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    done = subprocess.run(words, cwd=ROOT, env=made.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
