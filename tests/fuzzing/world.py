"""A portal in which every screen has something to show, put back as it was after each harm."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DataError, IntegrityError
from werkzeug.test import TestResponse

from portal.jobs.console import staff
from portal.jobs.demo.people import SIGN_INS
from portal.models import Submission, db
from tests.fixtures import apps
from tests.fixtures.desk import Desk
from tests.journeys.test_screens import BY_BUTTON, fill

ANONYMOUS = "anonymous"
CHARSETS = ("text/", "application/atom+xml", "application/xml")


@dataclass
class World:
    """The portal, who visits it, and what its database refused behind the back of the domain."""

    app: Flask
    folder: Path
    kept: Path
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
        copy(self.kept, self.folder)
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


def copy(source: Path, target: Path) -> None:
    """A portal's folder as another, whatever is in that one."""
    for left in ("radd.db-wal", "radd.db-shm"):
        (target / left).unlink(missing_ok=True)
    shutil.copyfile(source / "radd.db", target / "radd.db")
    if not (target / "attachments").exists():
        shutil.copytree(source, target, dirs_exist_ok=True)


def build(template: Path, folder: Path) -> None:
    """The demo and all that its screens may show, as a folder to copy."""
    folder.mkdir()
    apps.sqlite_copy(template, folder)
    with apps.lent(folder) as app:
        fill(app)
        db.session.commit()
        db.session.execute(db.text("PRAGMA wal_checkpoint(TRUNCATE)"))


@contextmanager
def world(kept: Path, folder: Path) -> Iterator[World]:
    """A portal of its own, made of a folder that `build` made."""
    shutil.copytree(kept, folder)
    refused: list[str] = []

    def note(context: ExceptionContext) -> None:
        """What should have been refused in words, and met a rule of the database instead.

        Two who act at once meet UNIQUE, which is told as such; no other rule may be met.
        """
        error = str(context.original_exception)
        told = "UNIQUE" in error or "unique" in error
        if isinstance(context.sqlalchemy_exception, IntegrityError | DataError) and not told:
            refused.append(error)

    with apps.lent(folder) as app:
        people = {ANONYMOUS: app.test_client()}
        for email, _role in SIGN_INS:
            people[email] = Desk(app, staff(email)).client
        db.session.execute(db.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.remove()
        with_sessions = folder.parent / "with-sessions"
        shutil.copytree(folder, with_sessions)
        event.listen(Engine, "handle_error", note)
        try:
            yield World(app, folder, with_sessions, people, refused)
        finally:
            event.remove(Engine, "handle_error", note)
