"""Files on their way into a draft: read by a job, refused in words, taken up again when killed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.adapters import originals
from portal.domain.drafts import ImportStatus, Tracked
from portal.domain.errors import DomainError
from portal.jobs import imports as job
from portal.jobs import queue, tick
from portal.models import DraftImport, DraftVersion, Provision, db
from portal.queries.imports import find_import
from portal.services import drafts, imports
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.fixtures.apps import START, Clock


@pytest.fixture
def place(cast: Cast) -> Open:
    ready = made.prepare(cast)
    version, _ = drafts.import_text(cast.drafter, START, ready.document, "المادة 1:\nقديم.")
    db.session.commit()
    return Open(ready.consultation, ready.document, version)


def ask(app: Flask, cast: Cast, place: Open, data: bytes, **more: Any) -> int:
    """Keep a file and lay it before the job."""
    sha256 = originals.keep(app.extensions["settings"].data, data)
    asked = imports.request_import(
        cast.drafter,
        app.extensions["clock"](),
        place.document,
        file_name="C:\\drafts\\law\u202e.txt",
        file_sha256=sha256,
        **more,
    )
    db.session.commit()
    return asked.id


def status(place: Open, import_id: int) -> tuple[ImportStatus, str]:
    db.session.rollback()
    found = find_import(place.document.id, import_id)
    assert found is not None
    return found.status, found.error_code


def texts(version: DraftVersion) -> list[str]:
    query = db.select(Provision.text).where(Provision.version_id == version.id)
    return list(db.session.scalars(query.order_by(Provision.position)))


def test_a_file_becomes_the_working_version(app: Flask, cast: Cast, place: Open) -> None:
    asked = ask(app, cast, place, DRAFT.encode())
    job.run(app, asked)
    found = find_import(place.document.id, asked)
    assert found is not None
    assert (found.status, found.progress, found.version) == (ImportStatus.DONE, 100, 2)
    assert (found.file_name, found.by) == ("law.txt", "drafter (example)")
    version = db.session.get_one(DraftVersion, place.version.id)
    assert version.source == DRAFT
    assert (version.file_name, version.file_sha256) == ("law.txt", found.file_sha256)


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\x00\x01", "not_text"), (b"", "draft_file_empty"), (b" \n", "draft_empty")],
)
def test_a_refused_file_says_why_and_leaves_what_there_was(
    app: Flask, cast: Cast, place: Open, data: bytes, code: str
) -> None:
    asked = ask(app, cast, place, data)
    job.run(app, asked)
    assert status(place, asked) == (ImportStatus.FAILED, code)
    assert texts(place.version) == ["قديم."]
    assert place.version.file_name == ""


def test_a_file_that_is_gone_or_damaged_is_not_read(app: Flask, cast: Cast, place: Open) -> None:
    asked = ask(app, cast, place, DRAFT.encode())
    for file in (app.extensions["settings"].data / "files").rglob("?" * 64):
        file.write_bytes(b"other")
    job.run(app, asked)
    assert status(place, asked) == (ImportStatus.FAILED, "file_unreadable")
    assert texts(place.version) == ["قديم."]


def test_progress_is_seen_while_the_file_is_read(
    app: Flask, cast: Cast, place: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(app, cast, place, DRAFT.encode())
    seen = []

    def read(_data: bytes, _name: str, _tracked: Tracked, progress: Any) -> Any:
        for percent in (2, 40, 41, 100):
            progress(percent)
            with db.engine.connect() as other:  # as a page would, beside the job
                query = db.select(DraftImport.status, DraftImport.progress)
                seen.append(tuple(other.execute(query).one()))
        raise DomainError("draft_empty")

    monkeypatch.setattr(job, "read_safely", read)
    job.run(app, asked)
    reading = ImportStatus.READING
    assert seen == [(reading, 0), (reading, 40), (reading, 40), (reading, 99)]


def test_one_that_no_worker_was_told_of_is_found_by_the_minutes_work(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    asked = ask(app, cast, place, DRAFT.encode())
    assert tick.run(app, clock()).read_in == 0, "whoever was told is given a moment"
    assert tick.run(app, clock.pass_(minutes=1)).read_in == 1
    assert status(place, asked)[0] is ImportStatus.DONE
    assert tick.run(app, clock.pass_(minutes=1)).read_in == 0


def test_a_killed_job_is_taken_up_again_and_given_up_in_the_end(
    app: Flask, cast: Cast, place: Open, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(app, cast, place, DRAFT.encode())

    def killed(*_args: Any) -> Any:
        raise KeyboardInterrupt

    for _ in range(imports.MOST_ATTEMPTS):
        with monkeypatch.context() as patched:
            patched.setattr(job, "read_safely", killed)
            with pytest.raises(KeyboardInterrupt):
                job.run(app, asked)
        assert status(place, asked)[0] is ImportStatus.READING
        job.run(app, asked)  # nobody takes what another may still be reading
        assert status(place, asked)[0] is ImportStatus.READING
        clock.pass_(minutes=6)
    assert tick.run(app, clock()).read_in == 1
    assert status(place, asked) == (ImportStatus.FAILED, "import_given_up")


def test_a_job_killed_once_is_read_by_the_next_run(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    asked = ask(app, cast, place, DRAFT.encode())
    imports.take_up(clock(), asked)
    db.session.commit()
    clock.moment += imports.KILLED_AFTER + timedelta(seconds=1)
    tick.run(app, clock())
    assert status(place, asked)[0] is ImportStatus.DONE


def test_one_file_of_a_document_at_a_time(app: Flask, cast: Cast, place: Open) -> None:
    ask(app, cast, place, DRAFT.encode())
    with pytest.raises(DomainError, match="import_under_way"):
        ask(app, cast, place, DRAFT.encode())


def test_a_translation_goes_beside_the_working_version(app: Flask, cast: Cast, place: Open) -> None:
    english = b"Article 1:\nOld.\n\nArticle 7:\nNowhere."
    asked = ask(app, cast, place, english, translation=True)
    job.run(app, asked)
    found = find_import(place.document.id, asked)
    assert found is not None
    assert found.report["matched"] == 1
    assert found.report["left"] == ["Article 7: Nowhere."]
    query = db.select(Provision.text, Provision.text_en)
    one = db.session.execute(query.where(Provision.version_id == place.version.id)).one()
    assert tuple(one) == ("قديم.", "Old.")


def test_there_must_be_a_working_version_to_translate(app: Flask, cast: Cast, place: Open) -> None:
    asked = ask(app, cast, place, b"Article 1:\nOld.", translation=True)
    drafts.publish_version(cast.drafter, START, place.consultation, place.version)
    db.session.commit()
    job.run(app, asked)
    assert status(place, asked) == (ImportStatus.FAILED, "no_working_version")


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [("", 5, "file_missing"), ("x", 0, "file_holds_nothing"), ("x", 26 << 20, "file_too_large")],
)
def test_what_is_no_file_is_not_even_kept(name: str, size: int, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        imports.check_file(name, size)


def test_originals_are_kept_whole_and_for_their_owner_alone(tmp_path: Path) -> None:
    name = originals.keep(tmp_path, b"draft")
    assert originals.keep(tmp_path, b"draft") == name
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert file.stat().st_mode & 0o777 == 0o600
    assert originals.load(tmp_path, name) == b"draft"
    assert originals.picture(tmp_path, name, 1) is None
    originals.keep_picture(tmp_path, name, 1, b"png")
    assert originals.picture(tmp_path, name, 1) == b"png"


def test_the_web_tells_a_worker_through_the_queue(
    app: Flask, cast: Cast, place: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(app, cast, place, DRAFT.encode())
    app.extensions["nudge"](asked)
    waiting = queue.queue_of(app)
    task = waiting.dequeue()
    assert task is not None
    waiting.execute(task)
    assert status(place, asked)[0] is ImportStatus.DONE
    monkeypatch.setitem(app.extensions, "read_import", lambda _id: (_ for _ in ()).throw(OSError()))
    app.extensions["nudge"](asked)  # a disk that is full loses nothing: the row is there
