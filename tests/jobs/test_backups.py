"""Backup and restore, on both databases, while the portal is in use."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask

from portal.adapters import dumps, originals
from portal.application import create_app
from portal.models import Comment, Consultation, RecordEntry, Submission, db
from portal.services.imports import request_import
from tests.factories import consultations as made
from tests.factories.cast import make_cast
from tests.factories.consultations import Open
from tests.factories.record import bring_up
from tests.fixtures import apps, postgresql
from tests.fixtures.apps import Clock
from tests.fixtures.console import Console

EMPTY = "radd_restored"
FILE = b"a file that a draft was read from"
PROVED = ["signature", "tree", "opened", "stored", "kept_files", "kept_key", "kept_details"]


@pytest.fixture
def place(app: Flask, clock: Clock) -> Open:
    cast = make_cast()
    place = made.open_one(cast, clock)
    made.send(place, clock, "الأولى", "الثانية", name="سلمى", email="salma@example.org")
    name = originals.keep(app.extensions["settings"].data, FILE)
    request_import(cast.drafter, clock(), place.document, file_name="draft.md", file_sha256=name)
    db.session.commit()
    return place


@pytest.fixture
def elsewhere(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Console]:
    """Another, empty installation on the same kind of database."""
    folder, url = tmp_path_factory.mktemp("restored"), ""
    if dumps.kind_of(app.extensions["settings"].database_url) == dumps.POSTGRESQL:
        admin = postgresql.lent_server(Path(os.environ["RADD_TESTS"]))
        url = postgresql.create_database(admin, f"{EMPTY}_{os.urandom(6).hex()}")

    def switch() -> Console:
        db.session.remove()
        db.engine.dispose()
        other = create_app(apps.settings(folder, url))
        other.extensions["clock"] = Clock()
        return Console(other)

    return switch


def rows() -> tuple[list[str], list[str]]:
    comments = db.session.scalars(db.select(Comment.text).order_by(Comment.number))
    leaves = db.session.scalars(db.select(RecordEntry.commitment).order_by(RecordEntry.id))
    return list(comments), list(leaves)


def test_what_was_there_comes_back(
    app: Flask, place: Open, elsewhere: Callable[[], Console], tmp_path: Path
) -> None:
    file = tmp_path / "radd.backup"
    bring_up(app)
    told = Console(app).done("backup", "create", str(file), "--json").json
    assert told["files"] == 4, "the file that was kept, the record's key, two of people's details"
    assert file.stat().st_mode & 0o777 == 0o600
    before = rows()
    other = elsewhere()
    with other.app.app_context():
        back = other.done("backup", "restore", str(file), "--json").json
        assert (back["files"], back["schema"], back["upgrade"]) == (4, told["schema"], False)
        assert [each["code"] for each in back["record"]] == PROVED
        assert all(each["holds"] for each in back["record"])
        assert rows() == before
        sender = db.session.execute(db.select(Submission.name, Submission.email)).one()
        assert tuple(sender) == ("سلمى", "salma@example.org"), "the keys came back with it"
        data = other.app.extensions["settings"].data
        kept = [path for path in (data / "files").rglob("*") if path.is_file()]
        assert [originals.load(data, path.name) for path in kept] == [FILE]
        assert "not empty" in other.refused("backup", "restore", str(file))
        db.session.remove()
        db.engine.dispose()


def test_a_backup_holds_one_moment_while_comments_arrive(
    app: Flask, place: Open, clock: Clock, elsewhere: Callable[[], Console], tmp_path: Path
) -> None:
    acknowledged, enough = [], Event()
    consultation_id = place.consultation.id

    def go_on_sending() -> None:
        with app.app_context():
            there = replace(place, consultation=db.session.get_one(Consultation, consultation_id))
            for number in range(60):
                made.send(there, clock, f"ملاحظة {number}", eid=None)
                acknowledged.append(number)
                if number == 3:
                    enough.set()
            db.session.remove()

    db.session.remove()
    sending = Thread(target=go_on_sending)
    sending.start()
    assert enough.wait(timeout=20)
    sure = len(acknowledged)
    Console(app).done("backup", "create", str(tmp_path / "radd.backup"))
    sending.join()
    other = elsewhere()
    with other.app.app_context():
        other.done("backup", "restore", str(tmp_path / "radd.backup"))
        texts, leaves = rows()
        assert texts == ["الأولى", "الثانية", *(f"ملاحظة {n}" for n in range(len(texts) - 2))]
        assert len(texts) - 2 >= sure
        received = db.select(db.func.count()).where(RecordEntry.kind == "received")
        assert db.session.scalar(received) == len(texts) - 1, "two comments came in one sending"
        assert len(set(leaves)) == len(leaves)
        db.session.remove()
        db.engine.dispose()


def wrong_after_restore(app: Flask, elsewhere: Callable[[], Console], file: Path) -> list[str]:
    """What a restore of a backup made now finds wrong; it says so, and leaves with status 1."""
    db.session.commit()
    Console(app).done("backup", "create", str(file))
    other = elsewhere()
    with other.app.app_context():
        restored = other("backup", "restore", str(file))
        checked = other("record", "check", "--json")
        assert (restored.status, checked.status) == (1, 1)
        wrong = [each["code"] for each in checked.json if not each["holds"]]
        assert restored.out.count("✗") == len(wrong)
        assert "Something does not hold" in restored.out
        db.session.remove()
        db.engine.dispose()
    return wrong


def test_a_text_changed_before_the_backup_is_found_by_the_restore(
    app: Flask, place: Open, elsewhere: Callable[[], Console], tmp_path: Path
) -> None:
    """The digests of the backup are right, what is in it is not what the record has."""
    bring_up(app)
    db.session.execute(db.update(Comment).where(Comment.number == 2).values(text="الثالثة"))
    assert wrong_after_restore(app, elsewhere, tmp_path / "radd.backup") == ["stored"]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_file_and_keys_that_are_gone_are_missed_by_the_restore(
    app: Flask, place: Open, elsewhere: Callable[[], Console], tmp_path: Path
) -> None:
    bring_up(app)
    data = app.extensions["settings"].data
    originals.place_of(data, hashlib.sha256(FILE).hexdigest()).unlink()
    next(data.glob("record-key-*.pem")).unlink()
    next(data.glob("personal-key-*.key")).unlink()
    wrong = wrong_after_restore(app, elsewhere, tmp_path / "radd.backup")
    assert wrong == ["kept_files", "kept_key", "kept_details"]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_what_was_never_signed_is_restored_and_said(
    app: Flask, place: Open, elsewhere: Callable[[], Console], tmp_path: Path
) -> None:
    Console(app).done("backup", "create", str(tmp_path / "radd.backup"))
    other = elsewhere()
    with other.app.app_context():
        restored = other.done("backup", "restore", str(tmp_path / "radd.backup"))
        assert "Nothing was signed yet" in restored.out
        db.session.remove()
        db.engine.dispose()


def test_a_backup_is_written_over_nothing(web: Flask, tmp_path: Path) -> None:
    console, file = Console(web), tmp_path / "radd.backup"
    console.done("backup", "create", str(file))
    assert "already" in console.refused("backup", "create", str(file))
    assert "no folder" in console.refused("backup", "create", str(tmp_path / "no" / "x"))


def harmed(file: Path, how: str) -> bytes:
    data = file.read_bytes()
    if how == "cut off":
        return data[: len(data) // 2]
    if how == "something else":
        return b"PK\x03\x04 is a zip"
    out = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(data)) as before,
        tarfile.open(fileobj=out, mode="w:gz") as after,
    ):
        for member in before:
            inside = before.extractfile(member)
            assert inside is not None
            content = inside.read()
            if how == "a byte changed" and member.name == "database":
                content = content[:4000] + bytes([content[4000] ^ 1]) + content[4001:]
            if how == "out of the folder" and member.name == "database":
                member.name = "../database"
            if how == "newer" and member.name == "manifest.json":
                content = content.replace(b'"schema": "', b'"schema": "9')
            if how == "of PostgreSQL" and member.name == "manifest.json":
                content = content.replace(b'"sqlite"', b'"postgresql"')
            member.size = len(content)
            after.addfile(member, io.BytesIO(content))
    return out.getvalue()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("cut off", "no backup of Radd, or is cut off"),
        ("something else", "no backup of Radd"),
        ("a byte changed", "damaged: database"),
        ("out of the folder", "no file of a backup"),
        ("newer", "newer Radd"),
        ("of PostgreSQL", "is of postgresql"),
    ],
)
def test_what_is_no_good_backup_is_refused_and_nothing_is_written(
    web: Flask, tmp_path: Path, how: str, said: str
) -> None:
    file = tmp_path / "radd.backup"
    Console(web).done("backup", "create", str(file))
    file.write_bytes(harmed(file, how))
    folder = tmp_path / "elsewhere"
    settings = apps.settings(folder)
    web.extensions["settings"] = replace(settings)
    assert said in Console(web).refused("backup", "restore", str(file))
    assert list(folder.iterdir()) == []
