"""Fixtures that every test may ask for; each is a few lines, the work is in tests/fixtures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.models import db
from tests.fixtures import apps, postgresql
from tests.fixtures.apps import Clock

BOTH = ("sqlite", "postgresql")


def _shared(factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of this run have in common."""
    base = factory.getbasetemp()
    return base.parent if apps.worker() != "main" else base


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
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated PostgreSQL database of this test process."""
    with postgresql.lent_server(_shared(tmp_path_factory)) as admin:
        url = postgresql.create_database(admin, f"radd_{apps.worker()}")
        apps.migrate(tmp_path_factory.mktemp("pg"), url)
        yield url


@pytest.fixture(params=BOTH)
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The portal with an empty, migrated database: each test runs on SQLite and PostgreSQL."""
    if request.param == "sqlite":
        yield from _on_sqlite(request, tmp_path)
        return
    url: str = request.getfixturevalue("postgresql_url")
    apps.empty(url)
    with apps.running(tmp_path, url) as running:
        yield running


@pytest.fixture
def web(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The portal on SQLite alone: for pages, whose queries the tests of `app` run on both."""
    yield from _on_sqlite(request, tmp_path)


def _on_sqlite(request: pytest.FixtureRequest, folder: Path) -> Iterator[Flask]:
    apps.sqlite_copy(request.getfixturevalue("sqlite_template"), folder)
    with apps.running(folder) as running:
        yield running


@pytest.fixture
def clock(request: pytest.FixtureRequest) -> Clock:
    """The clock of the portal under test; it stands still until a test moves it."""
    name = "app" if "app" in request.fixturenames else "web"
    running: Flask = request.getfixturevalue(name)
    stopped: Clock = running.extensions["clock"]
    return stopped


@pytest.fixture
def client(web: Flask) -> FlaskClient:
    """A visitor without a session."""
    return web.test_client()
