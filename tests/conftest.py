"""Fixtures that every test may ask for; each is a few lines, the work is in tests/fixtures."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from portal.adapters import passwords
from portal.models import db
from tests.factories.cast import Cast, make_cast
from tests.factories.consultations import Open, open_one
from tests.fixtures import apps, browser, live, postgresql
from tests.fixtures.apps import COMMON, Clock
from tests.fixtures.browser import Visitor
from tests.fixtures.live import Live

BOTH = ("sqlite", "postgresql")


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run makes the common folder; those that it starts inherit its name."""
    if apps.worker() == "main":
        os.environ[COMMON] = tempfile.mkdtemp(prefix="radd-tests-")


# What takes longest, the longest first: begun last, one process works while the others wait.
LONGEST = (
    "tests/journeys/test_screens.py",
    "tests/journeys/test_chain.py",
    "tests/reliability",
    "tests/journeys",
    "tests/services/test_life_property.py",
    "tests/web/test_access.py",
    "tests/jobs/test_production.py",
    "tests/jobs/test_serve.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the long tests to the front; all else stays in its order."""

    def turn(item: pytest.Item) -> int:
        places = (at for at, path in enumerate(LONGEST) if item.nodeid.startswith(path))
        return next(places, len(LONGEST))

    items.sort(key=turn)


def pytest_unconfigure(config: pytest.Config) -> None:
    """However the run ended, nothing of it goes on running or is left behind."""
    if apps.worker() == "main":
        common = Path(os.environ.pop(COMMON))
        postgresql.stop(common)
        shutil.rmtree(common)


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """Passwords are hashed as in service, but with parameters that take no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(1, 8, 1))
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database to copy."""
    folder = tmp_path_factory.mktemp("template")
    apps.migrate(folder)
    with apps.running(folder) as app, app.app_context():
        from_wal = "PRAGMA wal_checkpoint(TRUNCATE)"
        db.session.execute(db.text(from_wal))
    return folder


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated PostgreSQL database of this test process."""
    admin = postgresql.lent_server(Path(os.environ[COMMON]))
    url = postgresql.create_database(admin, f"radd_{apps.worker()}")
    apps.migrate(tmp_path_factory.mktemp("pg"), url)
    return url


@pytest.fixture(params=BOTH)
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The portal with an empty, migrated database: each test runs on SQLite and PostgreSQL."""
    if request.param == "sqlite":
        yield from _on_sqlite(request, tmp_path)
        return
    url: str = request.getfixturevalue("postgresql_url")
    apps.empty(url)
    with apps.lent(tmp_path, url) as running:
        yield running


@pytest.fixture
def web(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The portal on SQLite alone: for pages, whose queries the tests of `app` run on both."""
    yield from _on_sqlite(request, tmp_path)


def _on_sqlite(request: pytest.FixtureRequest, folder: Path) -> Iterator[Flask]:
    apps.sqlite_copy(request.getfixturevalue("sqlite_template"), folder)
    with apps.lent(folder) as running:
        yield running


@pytest.fixture
def clock(request: pytest.FixtureRequest) -> Clock:
    """The clock of the portal under test; it stands still until a test moves it."""
    if "served" in request.fixturenames:
        running: Flask = request.getfixturevalue("served").app
    else:
        running = request.getfixturevalue("app" if "app" in request.fixturenames else "web")
    stopped: Clock = running.extensions["clock"]
    return stopped


@pytest.fixture
def cast(web: Flask) -> Cast:
    """Who works with the portal. On both databases where the tests of a folder are."""
    return make_cast()


@pytest.fixture
def place(cast: Cast, clock: Clock) -> Open:
    """An open consultation with a draft."""
    return open_one(cast, clock)


@pytest.fixture
def client(web: Flask) -> FlaskClient:
    """A visitor without a session."""
    return web.test_client()


@pytest.fixture
def served(sqlite_template: Path, tmp_path: Path) -> Iterator[Live]:
    """The portal behind a real server, on an empty SQLite database of its own."""
    apps.sqlite_copy(sqlite_template, tmp_path)
    with live.served(tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all journeys of this test process."""
    with browser.chromium() as running:
        yield running


@pytest.fixture
def visitor(chromium: Browser, served: Live) -> Iterator[Visitor]:
    """Opens pages of the served portal: `visitor.page(width=360, script=False)`.

    At the end no page may have had an error in the console, a refusal by the content policy or
    a request that failed.
    """
    visiting = Visitor(chromium, served.url)
    yield visiting
    visiting.leave()
    assert visiting.watch.problems == []
