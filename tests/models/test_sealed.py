"""Details of senders at rest: whoever has the database alone reads none of them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade

from portal.adapters.personal_keys import KeyLost, Keyring
from portal.adapters.schema import MIGRATIONS
from portal.domain.submissions import SenderClass
from portal.models import Base, Comment, OutboxMail, Submission, db
from tests.factories import consultations as made
from tests.factories.cast import make_cast
from tests.fixtures.apps import Clock, running
from tests.models.test_record_of_before import MOMENT, put

NAME, ADDRESS = "سعاد المجهولة", "souad.unknown@example.org"
OFFICE = "مكتب لا يعرفه أحد"
SENDER: dict[str, Any] = {
    "sender_class": SenderClass.ACADEMIC,
    "name": NAME,
    "organisation": OFFICE,
    "email": ADDRESS,
}
PRIVATE = (NAME, ADDRESS, OFFICE)


def test_the_database_alone_tells_nobody(app: Flask, clock: Clock, tmp_path: Path) -> None:
    place = made.open_one(make_cast(), clock)
    made.send(place, clock, "ملاحظة بلا اسم", **SENDER)
    kept = db.session.scalars(db.select(Submission)).one()
    assert (kept.name, kept.email, kept.organisation) == (NAME, ADDRESS, OFFICE)
    mail = db.session.scalars(db.select(OutboxMail)).one()
    assert (mail.recipient, mail.params["code"]) == (ADDRESS, kept.code)
    said = db.session.scalar(db.select(Comment.text)) or ""
    raw = at_rest(tmp_path)
    assert said.encode() in raw, "it is read as it lies there"
    assert [each for each in PRIVATE if each.encode() in raw] == []
    assert kept_keys(tmp_path) == {0o600}


def at_rest(folder: Path) -> bytes:
    """All that the database has: the very bytes of its files, or every row as the server has it."""
    if db.engine.dialect.name == "postgresql":
        rows = (
            db.session.scalars(db.text(f"SELECT t::text FROM {table} t"))  # noqa: S608
            for table in Base.metadata.tables
        )
        return "".join(each for told in rows for each in told).encode()
    db.session.remove()
    return b"".join(each.read_bytes() for each in folder.glob("radd.db*"))


def kept_keys(folder: Path) -> set[int]:
    return {each.stat().st_mode & 0o777 for each in folder.glob("personal-*.key")}


def test_an_address_is_known_again_and_cannot_be_guessed(web: Flask, clock: Clock) -> None:
    place = made.open_one(make_cast(), clock)
    for words in ("الأولى", "الثانية"):
        made.send(place, clock, words, **SENDER)
    told = db.select(Submission.sender_key, Submission.email)
    (first, _), (second, _) = db.session.execute(told).all()
    assert first == second
    with_address = db.select(db.func.count()).where(Submission.email != "")
    assert db.session.scalar(with_address) == 2, "whether there is one can be asked"
    keys: Keyring = web.extensions["personal_keys"]
    assert Keyring(web.extensions["settings"].data).blind("x") == keys.blind("x")


def test_what_is_sealed_opens_in_its_own_column_and_with_its_own_key(tmp_path: Path) -> None:
    keys = Keyring(tmp_path / "one")
    sealed = keys.seal(NAME, "submission.name")
    assert Keyring(tmp_path / "one").open(sealed, "submission.name") == NAME
    with pytest.raises(KeyLost):
        keys.open(sealed, "submission.email")
    with pytest.raises(KeyLost, match="1-"):
        Keyring(tmp_path / "two").open(sealed, "submission.name")
    with pytest.raises(KeyLost):
        keys.open(sealed[:-8] + "AAAAAAA=", "submission.name")
    with pytest.raises(KeyLost):
        keys.open(NAME, "submission.name")


def test_a_second_key_seals_and_the_first_still_opens(tmp_path: Path) -> None:
    keys, other = Keyring(tmp_path), Keyring(tmp_path)
    before = keys.seal(NAME, "submission.name")
    other.open(before, "submission.name")
    made_now = keys.add()
    after = keys.seal(NAME, "submission.name")
    assert after.startswith(f"{made_now}:")
    assert other.open(after, "submission.name") == NAME, "found although made elsewhere"
    assert keys.open(before, "submission.name") == NAME


def test_what_there_was_is_sealed_by_the_migration_and_comes_back(tmp_path: Path) -> None:
    with running(tmp_path):
        upgrade(directory=str(MIGRATIONS), revision="0021")
    with sqlite3.connect(tmp_path / "radd.db") as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        put(raw, "consultation", id=1, slug="gardens")
        put(raw, "submission", id=1, consultation_id=1, name=NAME, email=ADDRESS,
            code="A" * 16, organisation="", sender_class="academic", channel="portal",
            received_at=MOMENT, sender_key="k" * 64)  # fmt: skip
        put(raw, "outbox_mail", id=1, recipient=ADDRESS, params='{"code": "A"}')
    with running(tmp_path):
        upgrade(directory=str(MIGRATIONS), revision="0024")
        kept = db.session.execute(
            db.select(Submission.name, Submission.organisation, Submission.email)
        ).one()
        assert tuple(kept) == (NAME, "", ADDRESS)
        assert db.session.scalar(db.select(OutboxMail.params)) == {"code": "A"}
        assert db.session.scalar(db.select(Submission.sender_key)) != "k" * 64
    assert ADDRESS.encode() not in (tmp_path / "radd.db").read_bytes()
    with running(tmp_path):
        downgrade(directory=str(MIGRATIONS), revision="0021")
    with sqlite3.connect(tmp_path / "radd.db") as raw:
        assert raw.execute("SELECT name, email FROM submission").fetchall() == [(NAME, ADDRESS)]
        assert raw.execute("SELECT params FROM outbox_mail").fetchall() == [('{"code": "A"}',)]
