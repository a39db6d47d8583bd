"""Files of a published edition: made once, one after the other, and kept as they were made.

Those that cost little are not kept: a reader gets them as the rows are read.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog
from flask import Flask

from portal.adapters import originals
from portal.adapters.database import unit_of_work
from portal.domain.editions import RunStatus
from portal.formats.matrix_files.edition import FILE_LANGUAGES, FileLanguage
from portal.formats.matrix_files.writing import FORMATS, format_of, in_job, write
from portal.models import EditionFile, EditionRun, db
from portal.queries.edition_runs import files_of
from portal.queries.matrices import EditionHead, all_rows, head_of
from portal.services import matrices

log = structlog.get_logger()


def make_files(app: Flask, run_id: int) -> None:
    """Make the files of an edition that is out; nothing for a run that is not so far.

    A file that cannot be made is left out and logged: the others are there.
    """
    run = db.session.get(EditionRun, run_id)
    if run is None or run.status is not RunStatus.FILING:
        db.session.rollback()
        return
    head = head_of(run_id)
    wanted = [
        (name, language)
        for name in FORMATS
        for language in FILE_LANGUAGES
        if in_job(format_of(name, head.file), head.file)
    ]
    clock = app.extensions["clock"]
    with unit_of_work():
        taken = matrices.take_files(clock(), run_id, len(wanted))
    if not taken:
        return
    made = {(file.format, file.language) for file in files_of(run_id)}
    db.session.rollback()
    for done, (name, language) in enumerate(wanted, start=1):
        if (name, language) not in made:
            _make(app, head, name, language, clock(), done)
    with unit_of_work():
        matrices.end_files(clock(), run_id)


def _make(
    app: Flask, head: EditionHead, name: str, language: FileLanguage, now: datetime, done: int
) -> None:
    data = app.extensions["settings"].data
    format = format_of(name, head.file)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        try:
            write(format, head.file, partial(all_rows, head.id), language, path)
        except Exception as error:
            log.error("file not made", edition=head.id, format=name, exc_info=error)
            return
        finally:
            db.session.rollback()
        content = path.read_bytes()
    file = EditionFile(
        edition_id=head.id,
        format=name,
        language=language,
        name=head.file.file_name(format.extension, language),
        sha256=originals.keep(data, content),
        size=len(content),
        made_at=now,
    )
    with unit_of_work():
        matrices.keep_file(now, file, done=done)
