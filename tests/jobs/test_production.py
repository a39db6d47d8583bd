"""Radd as an operator runs it: production settings, PostgreSQL, granian, a worker beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from config import ROOT
from tests.fixtures import apps, postgresql
from tests.jobs.test_serve import free_port

FLASK = ("flask", "--app", "wsgi")
GRANIAN = (
    *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--workers", "2"),
    *("--blocking-threads", "4", "--workers-kill-timeout", "10s"),
)


@pytest.fixture(scope="module")
def production(postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a portal in production, on an empty database."""
    server = postgresql_url.rsplit("/", 1)[0]
    url = postgresql.create_database(f"{server}/postgres", f"production_{apps.worker()}")
    return {
        "PATH": os.environ["PATH"],
        "PORTAL_ENV": "production",
        "SECRET_KEY": "not-secret-but-long-and-varied-0123456789",
        "BASE_URL": "https://consult.example.jo",
        "SMTP_URL": "smtp://127.0.0.1:9",
        "DATABASE_URL": url,
        "PORTAL_DATA": str(tmp_path_factory.mktemp("production")),
    }


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def begin(environment: dict[str, str], words: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as file:
        command = [sys.executable, "-m", *words]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=file)


def answer(url: str, seconds: int = 30) -> str:
    """What is served at `url`, as soon as anything is."""
    # As the web server in front passes it on.
    asked = Request(url, headers={"Host": "consult.example.jo"})  # noqa: S310
    for _try in range(seconds * 10):
        try:
            with urlopen(asked, timeout=5) as served:  # noqa: S310
                return str(served.read().decode())
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"nothing is served at {url}")


def listens(process: subprocess.Popen[bytes], seconds: int = 30) -> bool:
    """True once a process answers SIGTERM itself: on a busy machine that takes its time."""
    status = Path(f"/proc/{process.pid}/status")
    for _try in range(seconds * 10):
        caught = next(line for line in status.read_text().splitlines() if "SigCgt" in line)
        if int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1:
            return True
        time.sleep(0.1)
    return False


def test_the_operators_page_is_true(production: dict[str, str], tmp_path: Path) -> None:
    assert run(production, *FLASK, "db", "upgrade").returncode == 0
    refused = run(production, *FLASK, "demo", "load")
    assert refused.returncode == 1
    assert "refused in production" in refused.stderr
    port = free_port()
    web = begin(production, (*GRANIAN, "--port", str(port), "wsgi:app"), tmp_path / "web")
    worker = begin(production, (*FLASK, "worker"), tmp_path / "worker")
    try:
        assert '"ready"' in answer(f"http://127.0.0.1:{port}/readyz")
        assert '<html lang="ar" dir="rtl">' in answer(f"http://127.0.0.1:{port}/ar/")
        assert worker.poll() is None
        assert listens(worker)
    finally:
        for process in (web, worker):
            process.terminate()
    assert web.wait(timeout=30) == 0
    assert worker.wait(timeout=30) == 0


@pytest.mark.parametrize("needed", ["SECRET_KEY", "BASE_URL", "SMTP_URL"])
def test_production_does_not_start_without(production: dict[str, str], needed: str) -> None:
    lacking = {key: value for key, value in production.items() if key != needed}
    refused = run(lacking, *FLASK, "routes")
    assert refused.returncode != 0
    assert f"{needed} is missing" in refused.stderr
    assert "Traceback" not in refused.stderr
