"""Files of an edition of many rows: made once by the job, kept, and given as they were made."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from flask import Flask

from portal.domain.editions import RunStatus
from portal.formats.matrix_files import writing
from portal.formats.matrix_files.edition import FILE_LANGUAGES
from portal.jobs import edition_files
from portal.jobs import editions as job
from portal.models import EditionRun, db
from portal.queries.edition_runs import FileView, files_of
from portal.services import matrices
from tests.factories.answers import answer, closed
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

FILE = "/ar/consultations/gardens/matrix/1/file"
ALL = [(name, language) for name in ("docx", "iso") for language in FILE_LANGUAGES]


@pytest.fixture
def run_id(cast: Cast, place: Open, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> int:
    """A publication that was asked for; its two rows are many, its formats two heavy ones and a
    light one."""
    few = {name: writing.FORMATS[name] for name in ("docx", "iso", "csv")}
    monkeypatch.setattr(edition_files, "FORMATS", few)
    monkeypatch.setattr(writing, "AT_ONCE", 1)
    closed(cast, place, clock, "المدة قصيرة", "الرسم مرتفع")
    answer(cast, clock, place, 1, 2)
    run = matrices.request_edition(cast.approver, clock(), place.consultation.id)
    db.session.commit()
    return run.id


def status(run_id: int) -> RunStatus:
    db.session.rollback()
    return db.session.get_one(EditionRun, run_id, populate_existing=True).status


def made(run_id: int) -> list[tuple[str, str]]:
    db.session.rollback()
    return [(each.format, each.language) for each in files_of(run_id)]


def test_the_heavy_ones_are_made_once_and_given_as_they_were_made(
    app: Flask, clock: Clock, run_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    job.carry_out(app)
    assert status(run_id) is RunStatus.DONE
    assert made(run_id) == ALL

    def fails(*_anything: object) -> None:
        raise AssertionError("it was kept, and is not written again")

    monkeypatch.setattr("portal.web.public.matrix_files.write", fails)
    client = app.test_client()
    for file in files_of(run_id):
        answered = client.get(
            f"{FILE}.{writing.FORMATS[file.format].extension}", query_string=asked(file)
        )
        assert hashlib.sha256(answered.data).hexdigest() == file.sha256
        assert len(answered.data) == file.size
        assert file.name in answered.headers["Content-Disposition"]
    before = files_of(run_id)
    clock.pass_(hours=1)
    job.carry_out(app)
    assert files_of(run_id) == before


def asked(file: FileView) -> dict[str, str]:
    return {"language": file.language}


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_one_that_cannot_be_made_is_left_out_and_the_others_are_there(
    app: Flask, run_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = writing.write

    def fails_for_english(
        format: object, edition: object, rows: object, language: str, path: object
    ) -> None:
        if language == "en":
            raise ValueError("a fault")
        write(format, edition, rows, language, path)  # type: ignore[arg-type]

    monkeypatch.setattr(edition_files, "write", fails_for_english)
    job.carry_out(app)
    assert status(run_id) is RunStatus.DONE
    assert made(run_id) == [each for each in ALL if each[1] != "en"]
    # Whoever asks for it gets it all the same: it is written then.
    answered = app.test_client().get(f"{FILE}.docx?language=en")
    assert (answered.status_code, answered.data[:2]) == (200, b"PK")


def test_a_worker_killed_among_the_files_makes_only_those_that_are_missing(
    app: Flask, clock: Clock, run_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, written = writing.write, list[str]()

    def killed(*args: object) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(str(args[3]))
        write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(edition_files, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        job.carry_out(app)
    assert status(run_id) is RunStatus.FILING
    before = files_of(run_id)
    assert len(before) == 2
    # Who asks is told to wait, and no other begins, until it is sure that nobody makes them.
    assert app.test_client().get(f"{FILE}.iso.xlsx?language=ar").status_code == 503
    assert app.test_client().get(f"{FILE}.csv?language=ar").status_code == 200
    monkeypatch.setattr(edition_files, "write", write)
    job.carry_out(app)
    assert files_of(run_id) == before
    clock.moment += matrices.FILE_KILLED_AFTER + timedelta(seconds=1)
    job.carry_out(app)
    assert status(run_id) is RunStatus.DONE
    assert made(run_id) == ALL
    assert files_of(run_id)[:2] == before
