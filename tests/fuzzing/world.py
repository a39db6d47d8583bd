"""A portal in which every screen has something to show, put back as it was after each harm."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DataError, IntegrityError
from werkzeug.test import TestResponse

from portal.jobs.console import staff
from portal.jobs.demo.people import SIGN_INS
from portal.models import Submission, db
from tests.fixtures import apps, postgresql
from tests.fixtures.desk import Desk
from tests.journeys.test_screens import BY_BUTTON, fill

ANONYMOUS = "anonymous"
CHARSETS = ("text/", "application/atom+xml", "application/xml")


@dataclass
class World:
    """The portal, who visits it, and what its database refused behind the back of the domain."""

    app: Flask
    folder: Path
    kept: Kept
    people: dict[str, FlaskClient]
    refused: list[str]
    cookies: dict[str, dict[Any, Any]] = field(default_factory=dict)

    def doors(self, person: str) -> list[str]:
        """Where somebody comes in, and what no link leads to."""
        if person != ANONYMOUS:
            also = BY_BUTTON.get(person.removesuffix("@demo.example"), "")
            return ["/ar/desk/", "/ar/account/security", *([f"/ar/desk/{also}"] if also else [])]
        with self.app.app_context():
            codes = db.session.scalars(db.select(Submission.code).order_by(Submission.id))
            return ["/ar/", *(f"/ar/submissions/{code}" for code in codes)]

    def restore(self) -> None:
        """Database and files as they were at the beginning, and everybody signed in."""
        db.session.remove()
        db.engine.dispose()
        self.kept.lay(self.folder)
        for person, kept in self.cookies.items():
            self.people[person]._cookies = dict(kept)

    def begin(self) -> None:
        """Remember the cookies that people have by now, for `restore`."""
        self.cookies = {p: dict(c._cookies or {}) for p, c in self.people.items()}

    def ask(self, person: str, method: str, path: str, **sent: object) -> TestResponse:
        """An answer, asked for in a context of its own, as in a server."""
        db.session.rollback()
        with self.app.app_context():
            return self.people[person].open(path, method=method, **sent)  # type: ignore[arg-type]

    def harm(self, person: str, method: str, path: str, **sent: object) -> str:
        """What is wrong with the answer to something hostile; empty where nothing is."""
        self.refused.clear()
        try:
            answer = self.ask(person, method, path, **sent)
        except Exception as error:
            db.session.rollback()
            return f"{type(error).__name__}: {str(error)[:300]}"
        wrong = [each[:200] for each in self.refused]
        if answer.status_code >= 500:
            wrong.append(str(answer.status_code))
        kind = answer.headers.get("Content-Type", "")
        if kind.startswith(CHARSETS) and "charset=utf-8" not in kind.lower():
            wrong.append(f"{kind!r} names no charset")
        if answer.status_code != 304 and answer.data and not kind:
            wrong.append("no content type")
        answer.close()
        return "; ".join(wrong)


@dataclass(frozen=True)
class Kept:
    """What is harmed, before anything was: a folder, a database (`admin`, `url`) if it lies in
    none, and the cookies of people who are signed in."""

    folder: Path
    cookies: dict[str, str]
    admin: str = ""
    url: str = ""

    def lay(self, folder: Path) -> str:
        """Lay a copy into `folder`; gives the address of its database."""
        if not folder.exists():
            shutil.copytree(self.folder, folder)
        if not self.url:
            for left in ("radd.db-wal", "radd.db-shm"):
                (folder / left).unlink(missing_ok=True)
            shutil.copyfile(self.folder / "radd.db", folder / "radd.db")
            return ""
        name = self.url.rsplit("/", 1)[1]
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}_harmed" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}_harmed" TEMPLATE "{name}"')
        return f"{self.url}_harmed"


def build(folder: Path, admin: str = "") -> Kept:
    """The demo and all that its screens may show, and everybody of its staff signed in.

    On SQLite in `folder`, which has an empty database, or on the server of `admin`.
    """
    url = postgresql.create_database(admin, f"radd_fuzz_{apps.worker()}") if admin else ""
    if url:
        apps.migrate(folder, url)
    cookies = {}
    with apps.lent(folder, url) as app:
        fill(app)
        db.session.commit()
        name = app.config["SESSION_COOKIE_NAME"]
        for email, _role in SIGN_INS:
            cookie = Desk(app, staff(email)).client.get_cookie(name)
            assert cookie is not None
            cookies[email] = cookie.value
        if not url:
            db.session.execute(db.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.remove()
        db.engine.dispose()
    return Kept(folder, cookies, admin, url)


@contextmanager
def world(kept: Kept, folder: Path) -> Iterator[World]:
    """A portal of its own, made of what `build` made."""
    url = kept.lay(folder)
    refused: list[str] = []

    def note(context: ExceptionContext) -> None:
        """What should have been refused in words, and met a rule of the database instead.

        Two who act at once meet UNIQUE, which is told as such; no other rule may be met.
        """
        error = str(context.original_exception)
        told = "UNIQUE" in error or "unique" in error
        if isinstance(context.sqlalchemy_exception, IntegrityError | DataError) and not told:
            refused.append(error)

    with apps.lent(folder, url) as app:
        people = {ANONYMOUS: app.test_client()}
        for email, cookie in kept.cookies.items():
            people[email] = app.test_client()
            people[email].set_cookie(app.config["SESSION_COOKIE_NAME"], cookie)
        event.listen(Engine, "handle_error", note)
        try:
            yield World(app, folder, kept, people, refused)
        finally:
            event.remove(Engine, "handle_error", note)
