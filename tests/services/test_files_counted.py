"""Files are counted where their comments are: in the matrix and in the log of moderation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from portal.domain.attachments import FileWord
from portal.domain.grounds import Ground
from portal.domain.matrices import COLUMNS
from portal.domain.moderation import Outcome
from portal.formats.columns import files_words
from portal.models import Attachment, db
from portal.queries.matrices import all_rows
from portal.queries.openness import log_page
from portal.services import matrices, moderation
from portal.services.moderation import Decision
from tests.factories import consultations as made
from tests.factories.answers import answer
from tests.factories.attachments import send_with
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.formats.matrix_rows import csv_rows, row
from tests.formats.matrix_rows import made as written

SEEN = {"shown": 1, "withheld": {"copyright": 1}, "not_shown": 1}


def test_a_row_of_the_matrix_and_the_log_count_them(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    send_with(app, place, clock, "a.pdf", "b.pdf", "c.pdf")
    send_with(app, place, clock, "d.pdf", text="ثانية")
    made.send(place, clock, "ثالثة")
    first, second, third = made.comments(place)
    shown, withheld, *_rest = db.session.scalars(db.select(Attachment.id).order_by(Attachment.id))
    words = (FileWord(shown, None), FileWord(withheld, Ground.COPYRIGHT))
    for comment, decision in (
        (first, Decision(Outcome.PUBLISH, first.revision, files=words)),
        (second, Decision(Outcome.WITHHOLD, second.revision, Ground.INSULT)),
        (third, Decision(Outcome.PUBLISH, third.revision)),
    ):
        moderation.decide(cast.moderator, clock(), comment, decision)
    entries, _next = log_page(place.consultation.id)
    assert [entry.files for entry in entries] == [
        {},
        {},
        {"shown": 1, "withheld": {"copyright": 1}},
    ]
    clock.moment = place.consultation.closes_at
    answer(cast, clock, place, 1, 2, 3)
    edition = matrices.publish(cast.approver, clock(), place.consultation.id)
    rows = list(all_rows(edition.id))
    assert [each["files"] for each in rows] == [SEEN, {"not_shown": 1}, {}]
    assert "a.pdf" not in str(rows), "a count, not what people called them"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "ملف معروض، ملف محجوب (حقوق ملكية)، ملف غير معروض"),
        ("en", "1 file shown, 1 file withheld (Copyright), 1 file not shown"),
    ],
)
def test_they_are_said_in_words(web: Flask, tmp_path: Path, language: str, said: str) -> None:
    with force_locale(language):
        assert files_words(SEEN) == said
    (_head, *lines) = csv_rows(
        written("csv", [row("1", files=SEEN)], "ar" if language == "ar" else "en", tmp_path)
    )
    assert lines[0][COLUMNS.index("files")] == said


def test_an_edition_of_before_files_were_counted_is_read_as_it_was(
    web: Flask, tmp_path: Path
) -> None:
    before = {name: cell for name, cell in row("1").items() if name != "files"}
    (_head, line) = csv_rows(written("csv", [before], "ar", tmp_path))
    assert line[COLUMNS.index("files")] == ""
    assert "files" not in json.loads(written("json", [before], "ar", tmp_path))["rows"][0]
