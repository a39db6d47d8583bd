"""Commands of the record: checkpoints, bundles, verification, witnesses, time stamps."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask

from portal.adapters.fetching import fetch
from portal.domain.errors import DomainError
from portal.domain.signed_notes import read
from portal.jobs import recording
from portal.jobs.witness import watch
from portal.models import Comment, db
from portal.queries.proofs import newest_checkpoint, stamp_of
from tests.factories import consultations as made
from tests.factories import record
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.console import Console

CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
[v3]
extendedKeyUsage = critical,timeStamping
"""


@pytest.fixture
def console(app: Flask) -> Console:
    return Console(app)


def test_a_bundle_is_written_and_verified(
    console: Console, app: Flask, cast: Cast, place: Open, clock: Clock, tmp_path: Path
) -> None:
    codes = record.send_all(cast, place, clock)
    record.publish(cast, place, clock)
    folder, receipt = tmp_path / "bundle", tmp_path / "receipt.json"
    console.done("record", "bundle", "gardens", "--output", str(folder))
    assert "files in it already" in console.refused(
        "record", "bundle", "gardens", "--output", str(folder)
    )
    receipt.write_bytes(record.receipt(codes[1]))
    said = console.done("record", "verify", str(folder), "--receipt", str(receipt), "--json").json
    assert {each["holds"] for each in said} == {True}
    note = tmp_path / "kept.txt"
    note.write_text(console.done("record", "checkpoint", "--json").json["checkpoint"])
    kept = console("record", "verify", str(folder), "--witness", str(note))
    assert kept.status == 0
    (folder / "matrix.json").write_bytes(b"[]")
    broken = console("record", "verify", str(folder))
    assert broken.status == 1
    assert broken.out.count("✗") == 1
    assert console("record", "verify", str(tmp_path)).status == 1


def test_the_database_is_held_against_its_record(
    console: Console, app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    assert "no key yet" in console.refused("record", "check")
    record.send_all(cast, place, clock)
    record.bring_up(app)
    made.send(place, clock, "لم توقّع بعد")
    told = console.done("record", "check", "--json").json
    codes = ["signature", "tree", "opened", "stored", "kept_files", "kept_key", "kept_details"]
    assert [each["code"] for each in told] == codes
    assert told[3]["comments"] == 7
    for change in (
        db.update(Comment).where(Comment.number == 3).values(text="شتيمه"),
        db.update(Comment).where(Comment.number == 6).values(digest="0" * 64),
        db.update(Comment).where(Comment.number == 1).values(number=8),
    ):
        before = db.session.scalars(db.select(Comment).order_by(Comment.id)).all()
        kept = [(each.id, each.text, each.digest, each.number) for each in before]
        db.session.execute(change)
        db.session.commit()
        said = console("record", "check")
        assert (said.status, said.out.count("✗")) == (1, 1)
        for number, text, digest, ref in kept:
            was = {"text": text, "digest": digest, "number": ref}
            db.session.execute(db.update(Comment).where(Comment.id == number).values(was))
        db.session.commit()
    assert console.done("record", "check").out.count("✓") == 7
    (key,) = app.extensions["settings"].data.glob("record-key-*.pem")
    key.rename(key.with_suffix(".aside"))
    assert "not here" in console("record", "check").out


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_key_is_changed_and_the_old_one_is_gone(
    console: Console, app: Flask, place: Open
) -> None:
    assert "no key yet" in console.refused("record", "rotate")
    console.done("record", "checkpoint")
    data = app.extensions["settings"].data
    (before,) = data.glob("record-key-*.pem")
    console.done("record", "rotate")
    (after,) = data.glob("record-key-*.pem")
    assert after != before
    console.done("record", "checkpoint")
    before.write_bytes(after.read_bytes())
    after.unlink()
    assert console.done("record", "checkpoint").out  # nothing new to sign


class Portal:
    """What a portal answers to a witness."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.instead: dict[str, bytes] = {}

    def __call__(self, url: str) -> bytes:
        path = url.removeprefix("https://example.org")
        if path in self.instead:
            return self.instead[path]
        with self.app.app_context():
            answer = self.app.test_client().get(path)
        if answer.status_code != 200:
            raise OSError(f"{path}: {answer.status_code}")
        return answer.data


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_witness_keeps_what_continues_and_sees_what_does_not(
    app: Flask, place: Open, clock: Clock, tmp_path: Path
) -> None:
    portal, url, folder = Portal(app), "https://example.org/record", tmp_path / "witness"
    with pytest.raises(DomainError, match="witness_away"):
        watch(portal, url, folder)
    record.bring_up(app)
    first = watch(portal, url, folder)
    assert watch(portal, url, folder) == first
    made.send(place, clock, "واحدة")
    record.bring_up(app)
    second = watch(portal, url, folder)
    assert second.size > first.size
    assert read((folder / "checkpoint.txt").read_text()) == second
    assert (folder / f"checkpoint-{first.size}.txt").exists()
    kept = (folder / "checkpoint.txt").read_bytes()
    early = (folder / f"checkpoint-{first.size}.txt").read_bytes()
    portal.instead["/record/checkpoint"] = early
    with pytest.raises(DomainError, match="witness_shrunk"):
        watch(portal, url, folder)
    assert (folder / f"disputed-{first.size}.txt").read_bytes() == early
    larger = kept.replace(b"\n%d\n" % second.size, b"\n%d\n" % (second.size + 1))
    portal.instead["/record/checkpoint"] = larger
    with pytest.raises(DomainError, match="witness_key"):
        watch(portal, url, folder)
    assert (folder / "checkpoint.txt").read_bytes() == kept


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_record_that_was_written_anew_is_seen(
    app: Flask, place: Open, clock: Clock, tmp_path: Path
) -> None:
    """A tree of the right size, signed with the right key, that is another tree."""
    record.bring_up(app)
    portal, url, folder = Portal(app), "https://example.org/record", tmp_path / "witness"
    first = watch(portal, url, folder)
    made.send(place, clock, "واحدة")
    record.bring_up(app)
    asked = f"/record/proofs/consistency?first={first.size}&size={newest_size()}"
    said = json.loads(portal(f"https://example.org{asked}"))
    portal.instead[asked] = json.dumps({"proof": said["proof"][1:]}).encode()
    with pytest.raises(DomainError, match="witness_forked"):
        watch(portal, url, folder)
    portal.instead[asked] = b'{"proof": 7}'
    with pytest.raises(DomainError, match="witness_note"):
        watch(portal, url, folder)


def newest_size() -> int:
    newest = newest_checkpoint()
    assert newest is not None
    return newest.size


@contextmanager
def authority(folder: Path) -> Iterator[str]:
    """An authority for time stamps on loopback: OpenSSL answers."""
    folder.mkdir()
    (folder / "tsa.conf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=root (example)", "-days",
            "3650", "-keyout", f"{folder}/root.key", "-out", f"{folder}/root.pem")  # fmt: skip
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=stamps (example)",
            "-keyout", f"{folder}/signer.key", "-out", f"{folder}/signer.csr")  # fmt: skip
    openssl("x509", "-req", "-in", f"{folder}/signer.csr", "-CA", f"{folder}/root.pem", "-CAkey",
            f"{folder}/root.key", "-days", "3650", "-extfile", f"{folder}/tsa.conf", "-extensions",
            "v3", "-out", f"{folder}/signer.pem")  # fmt: skip

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query, reply = folder / "query.tsq", folder / "reply.tsr"
            query.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            openssl("ts", "-reply", "-config", f"{folder}/tsa.conf", "-queryfile", str(query),
                    "-out", str(reply))  # fmt: skip
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(reply.read_bytes())

        def log_message(self, *_arguments: object) -> None:
            """Nothing is said."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def openssl(*words: str) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_checkpoints_are_stamped_where_an_authority_is_set(
    app: Flask, place: Open, clock: Clock, tmp_path: Path
) -> None:
    settings = app.extensions["settings"]
    with authority(tmp_path / "tsa") as url:
        roots = tmp_path / "tsa" / "root.pem"
        stamping = replace(settings, timestamp_url=url, timestamp_roots=roots)
        recording.record(stamping, clock())
        newest = newest_checkpoint()
        assert newest is not None
        assert newest.stamped_by == url
        token = stamp_of(newest.size)
        assert token is not None
        note, kept = tmp_path / "note.txt", tmp_path / "kept.tsr"
        note.write_text(newest.note)
        kept.write_bytes(token)
        openssl("ts", "-verify", "-data", str(note), "-in", str(kept), "-CAfile", str(roots))
        assert app.test_client().get(f"/record/checkpoints/{newest.size}.tsr").data == token
        # An authority that others do not know proves nothing to them: it is asked again later.
        made.send(place, clock, "واحدة")
        unknown = replace(stamping, timestamp_roots=tmp_path / "tsa" / "signer.pem")
        (tmp_path / "tsa" / "tsa.conf").write_text("")
        recording.record(unknown, clock())
        assert newest_size() > newest.size
        assert stamp_of(newest_size()) is None


@pytest.mark.parametrize(
    ("said", "length", "why"),
    [(b"x" * (1024 * 1024 + 2), 1024 * 1024 + 2, "too large"), (b"x", 100, "Incomplete")],
)
def test_what_is_too_large_or_breaks_off_is_not_fetched(said: bytes, length: int, why: str) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_arguments: object) -> None:
            """Nothing is said."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    with pytest.raises(OSError, match=why):
        fetch(f"http://127.0.0.1:{server.server_address[1]}/")
    server.shutdown()
    server.server_close()
