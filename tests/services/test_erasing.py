"""Erasing what somebody sent: nothing of it is left anywhere, and the record still holds."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from portal.adapters import originals
from portal.adapters.database import unit_of_work
from portal.domain.accounts import CITIZEN
from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.row_refs import RowRef
from portal.formats.record_files.bundles import bundle_file
from portal.formats.record_files.checking import Finding, Key
from portal.formats.record_files.checking_program import look
from portal.formats.record_files.checking_receipt import check_receipt
from portal.jobs import editions as edition_jobs
from portal.models import EditionFile, Submission, db
from portal.queries.edition_runs import is_filing
from portal.queries.frozen_rows import find_row
from portal.queries.matrices import editions
from portal.queries.own_record import own_findings
from portal.queries.people import find_sent
from portal.queries.proofs import public_keys
from portal.queries.receipts import counted_rows
from portal.services import satisfaction
from portal.services.people import erase
from tests.factories import consultations as made
from tests.factories import record
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.console import Console
from tests.models.test_sealed import at_rest

NAME, ADDRESS, SENTENCE = "رامي الظاهر", "a@example.org", "لم يقنعني هذا الجواب أبدا"
# What the second submission of `record.send_all` says, and what its author says of the answer.
SAID = ("شتيمة", "قبل التعديل", "بعد التعديل", "أسحبها", SENTENCE, NAME)


@pytest.fixture
def code(app: Flask, cast: Cast, place: Open, clock: Clock) -> str:
    """Comments withheld, edited, withdrawn; published under a name, answered, spoken of."""
    codes = record.send_all(cast, place, clock)
    mine = find_sent(codes[1])
    assert mine is not None
    mine.name, mine.name_public = NAME, True
    db.session.commit()
    record.bring_up(app)
    record.publish(cast, place, clock)
    edition_jobs.carry_out(app)
    satisfaction.say(clock(), codes[1], RowRef(4), satisfied=False, sentence=SENTENCE)
    db.session.commit()
    record.bring_up(app)
    return codes[1]


def erased(app: Flask, clock: Clock, code: str) -> None:
    with unit_of_work():
        mine = find_sent(code)
        assert mine is not None
        erase(CITIZEN, clock(), mine)
    record.bring_up(app)


def verdict(found: list[Finding]) -> dict[str, bool | None]:
    return {each.code: each.holds for each in found}


def test_nothing_of_it_is_left_in_the_database(
    app: Flask, place: Open, clock: Clock, code: str, tmp_path: Path
) -> None:
    there = at_rest(tmp_path)
    assert [each for each in SAID if each.encode() not in there] == []
    erased(app, clock, code)
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as raw:
            raw.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    there = at_rest(tmp_path)
    assert [each for each in SAID if each.encode() in there] == []
    mine = db.session.scalars(db.select(Submission).where(Submission.code == code)).one()
    assert (mine.name, mine.email, mine.name_public) == ("", "", False)


def test_the_row_stays_and_the_record_holds(
    app: Flask, place: Open, clock: Clock, code: str, tmp_path: Path
) -> None:
    kept, before = record.receipt(code), editions(place.consultation.id)[0]
    old = record.bundle(tmp_path / "before", place)
    was = find_row(before.id, "4")
    assert was is not None
    assert was.cells["submitter"] == NAME
    erased(app, clock, code)
    row = find_row(before.id, "4")
    assert row is not None
    for name in ("ref", "hash", "received", "disposition", "response"):
        assert row.cells[name] == was.cells[name]
    assert (row.cells["comment"], row.cells["submitter"]) == ([], "")
    assert row.cells["publication"] == "withdrawn"
    assert row.cells["erased"]
    after = editions(place.consultation.id)[0]
    assert after.file.digest != before.file.digest
    assert made.statuses(place)[2:5] == [Publication.WITHDRAWN] * 3

    found = verdict(list(look(record.bundle(tmp_path / "after", place))))
    assert found.pop("erased") is None
    assert set(found.values()) <= {True, None}
    assert found["edition"]
    assert found["hashes"]
    assert verdict(list(look(old)))["edition"], "who kept the bundle of before can check it still"
    own = verdict(list(own_findings()))
    assert own["stored"]
    assert own["erased_here"] is None
    rows = counted_rows("gardens", [3, 4, 5])
    known = [Key(each.verifier) for each in public_keys()]
    assert False not in verdict(list(check_receipt(kept, known, rows))).values()
    again = verdict(list(check_receipt(record.receipt(code), known, rows)))
    assert again["receipt_words"] is None
    assert False not in again.values()


def test_a_row_that_is_not_erased_is_not_passed_off_as_one(
    app: Flask, place: Open, clock: Clock, code: str, tmp_path: Path
) -> None:
    erased(app, clock, code)
    folder = record.bundle(tmp_path / "bundle", place)
    matrix = json.loads((folder / "matrix.json").read_bytes())
    matrix[0]["erased"] = matrix[3]["erased"]
    (folder / "matrix.json").write_text(
        json.dumps(matrix, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    )
    assert verdict(list(look(folder)))["edition"] is False


def test_files_of_the_edition_are_made_anew(
    app: Flask, place: Open, clock: Clock, code: str
) -> None:
    edition = editions(place.consultation.id)[0].id
    data = app.extensions["settings"].data
    kept = originals.keep(data, "ملف فيه بعد التعديل".encode())
    with unit_of_work():
        file = EditionFile(edition_id=edition, format="pdf", language="ar", name="f.pdf",
                           sha256=kept, size=1, made_at=clock())  # fmt: skip
        db.session.add(file)
    zipped = bundle_file(data, "gardens", 1)
    zipped.parent.mkdir(parents=True)
    zipped.write_bytes(b"made before")
    written = data / "exports" / "matrices" / f"{edition}-key.xlsx"
    written.parent.mkdir()
    written.write_bytes(b"made before")
    Console(app).done("person", "erase", code, "--yes")
    assert db.session.scalars(db.select(EditionFile.id)).all() == []
    assert not originals.place_of(data, kept).exists()
    assert not zipped.exists()
    assert not written.exists()
    assert is_filing(edition), "a worker makes them of the rows as they are now"


def test_it_is_erased_once_and_the_database_lets_nothing_else_go(
    app: Flask, place: Open, clock: Clock, code: str
) -> None:
    erased(app, clock, code)
    mine = find_sent(code)
    assert mine is not None
    with pytest.raises(DomainError, match="erased_already"):
        erase(CITIZEN, clock(), mine)
    for statement in (
        "UPDATE comment SET text = 'back' WHERE number = 4",
        "UPDATE comment SET erased_at = NULL WHERE number = 4",
        "UPDATE matrix_row SET folded = '' WHERE ref = '1'",
        "UPDATE matrix_row SET disposition = 'noted' WHERE ref = '4'",
        "UPDATE record_entry SET salt = '' WHERE kind = 'received'",
        "UPDATE record_entry SET commitment = salt WHERE kind = 'moderated'",
        "DELETE FROM comment_revision",
    ):
        with pytest.raises(DBAPIError, match="immutable"):
            db.session.execute(db.text(statement))
        db.session.rollback()


def test_the_console_gives_out_and_erases_by_address(
    app: Flask, place: Open, clock: Clock, code: str, tmp_path: Path
) -> None:
    console, file = Console(app), tmp_path / "person.zip"
    assert (
        console.done("person", "export", ADDRESS, "--output", str(file), "--json").json[
            "submissions"
        ]
        == 1
    )
    told = json.loads(zipfile.ZipFile(io.BytesIO(file.read_bytes())).read("data.json"))
    (sent,) = told["submissions"]
    assert (sent["sender"]["email"], sent["sender"]["name"]) == (ADDRESS, NAME)
    assert [each["text"] for each in sent["comments"]] == ["شتيمة", "بعد التعديل", "أسحبها"]
    assert [each["text"] for each in sent["earlier"]] == ["قبل التعديل"]
    assert sent["satisfaction"][0]["sentence"] == SENTENCE
    assert file.stat().st_mode & 0o777 == 0o600
    done = console.done("person", "erase", ADDRESS, "--yes", "--json").json
    assert done["erased"] == ["gardens 3", "gardens 4", "gardens 5"]
    assert "Nothing was sent" in console.refused("person", "export", ADDRESS, "--output", str(file))


def test_a_new_key_seals_everything(app: Flask, place: Open, clock: Clock, code: str) -> None:
    keys = app.extensions["personal_keys"]
    before = keys.current
    done = Console(app).done("person", "reseal", "--json").json
    assert done["key"] != before
    assert done["values"] > 0
    assert keys.ids() == (done["key"],)
    mine = find_sent(code)
    assert mine is not None
    assert (mine.name, mine.email) == (NAME, ADDRESS)
