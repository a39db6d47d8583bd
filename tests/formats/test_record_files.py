"""A bundle and receipts: they hold as they were made, and any byte that is changed is found."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.adapters.database import unit_of_work
from portal.adapters.signing import Keys
from portal.formats.record_files.checking import Finding, Key, canonical
from portal.formats.record_files.checking_bundle import TEXTS, Bundle, shows
from portal.formats.record_files.checking_program import look
from portal.formats.record_files.checking_receipt import check_receipt
from portal.formats.record_files.receipts import in_one_form
from portal.formats.record_words import WORDS
from portal.jobs.console import SYSTEM
from portal.models import Comment, db
from portal.queries.receipts import counted_rows
from portal.services.record import rotate
from tests.factories import record as made
from tests.factories.cast import make_cast
from tests.factories.consultations import open_one
from tests.fixtures import apps

FILES = (
    *("leaves.jsonl", "openings.jsonl", "comments.jsonl", "matrix.json"),
    *("checkpoints.json", "keys.json", "bundle.json"),
)
slowly = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class World:
    """A portal whose consultation is answered, its bundle, and the receipts of its senders."""

    app: Flask
    folder: Path
    receipts: tuple[bytes, ...]
    codes: tuple[str, ...]


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    data = tmp_path_factory.mktemp("record")
    apps.sqlite_copy(sqlite_template, data)
    with apps.running(data) as app:
        cast, clock = make_cast(), app.extensions["clock"]
        place = open_one(cast, clock)
        codes = made.send_all(cast, place, clock)
        made.bring_up(app)
        with unit_of_work():
            rotate(SYSTEM, clock(), Keys(data))
        made.publish(cast, place, clock)
        made.bring_up(app)
        folder = made.bundle(data / "bundle", place)
        receipts = tuple(made.receipt(code) for code in codes)
        yield World(app, folder, receipts, tuple(codes))


def failing(found: Iterator[Finding]) -> list[str]:
    return [each.code for each in found if each.holds is False]


def of(world: World, *receipts: bytes, folder: Path | None = None) -> Iterator[Finding]:
    """What is found of the bundle (or a changed one) and receipts."""
    files = []
    for number, data in enumerate(receipts):
        files.append(world.folder.parent / f"receipt-{number}.json")
        files[-1].write_bytes(data)
    return look(folder or world.folder, files)


def test_a_bundle_holds_with_every_receipt(world: World) -> None:
    found = list(of(world, *world.receipts))
    assert [each for each in found if each.holds is not True] == []
    codes = [each.code for each in found]
    assert codes[:4] == ["signature", "tree", "opened", "keys"]
    assert codes.count("receipt_rows") == codes.count("receipt_bundle") == 3
    assert set(codes) <= WORDS.keys()
    (texts,) = (each for each in found if each.code == "texts")
    assert (texts.params["texts"], texts.params["unseen"]) == (2, 4)


def test_nothing_that_is_not_public_is_in_a_bundle(world: World) -> None:
    everything = "\n".join(
        file.read_text(encoding="utf-8")
        for file in world.folder.iterdir()
        if file.suffix != ".html"
    )
    for hidden in ("0790000000", "شتيمة", "أسحبها", "كلام سري", "قبل التعديل", "a@example.org"):
        assert hidden not in everything, hidden
    for code in world.codes:
        assert code not in everything
    for receipt in map(json.loads, world.receipts):
        assert receipt["reference_salt"] not in everything
        for said in receipt["entries"][0]["comments"]:
            shown = said["content"]["number"] == 1
            assert (said["salt"] in everything) is shown, said["content"]


@slowly
@given(
    name=st.sampled_from(FILES),
    at=st.floats(0, 1, exclude_max=True),
    other=st.integers(1, 255),
)
def test_any_changed_byte_of_a_bundle_is_found(
    world: World, name: str, at: float, other: int
) -> None:
    changed = world.folder.parent / "changed"
    shutil.rmtree(changed, ignore_errors=True)
    shutil.copytree(world.folder, changed)
    data = bytearray((changed / name).read_bytes())
    data[int(at * len(data))] ^= other
    (changed / name).write_bytes(data)
    assert failing(of(world, folder=changed)), (name, int(at * len(data)))


@slowly
@given(which=st.integers(0, 2), at=st.floats(0, 1, exclude_max=True), other=st.integers(1, 255))
def test_any_changed_byte_of_a_receipt_is_found(
    world: World, which: int, at: float, other: int
) -> None:
    data = bytearray(world.receipts[which])
    data[int(at * len(data))] ^= other
    keys = [Key(text) for text in json.loads((world.folder / "keys.json").read_bytes())]
    assert failing(check_receipt(bytes(data), keys)), int(at * len(data))


@slowly
@given(number=st.integers(1, 6), at=st.floats(0, 1, exclude_max=True))
def test_any_changed_letter_of_a_stored_comment_is_found(
    world: World, number: int, at: float
) -> None:
    comment = db.session.scalars(db.select(Comment).where(Comment.number == number)).one()
    place = int(at * len(comment.text))
    was = comment.text[place]
    comment.text = comment.text[:place] + ("ب" if was != "ب" else "ت") + comment.text[place + 1 :]
    db.session.flush()
    code = world.codes[(0, 0, 1, 1, 1, 2)[number - 1]]
    found = failing(of(world, made.receipt(code)))
    db.session.rollback()
    assert found == ["receipt_words"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda rows: rows[1:], "edition"),
        (lambda rows: [{**rows[0], "hash": "0" * 64}, *rows[1:]], "edition"),
        (lambda rows: rows, None),
    ],
)
def test_a_row_taken_away_is_found(world: World, change: object, found: str | None) -> None:
    changed = world.folder.parent / "rows"
    shutil.rmtree(changed, ignore_errors=True)
    shutil.copytree(world.folder, changed)
    rows = json.loads((changed / "matrix.json").read_bytes())
    (changed / "matrix.json").write_bytes(canonical(change(rows)))  # type: ignore[operator]
    assert failing(of(world, folder=changed)) == ([found] if found else [])


def test_a_submission_that_is_kept_back_is_found(world: World) -> None:
    changed = world.folder.parent / "kept-back"
    shutil.copytree(world.folder, changed)
    lines = (changed / "openings.jsonl").read_bytes().splitlines(keepends=True)
    (changed / "openings.jsonl").write_bytes(b"".join(lines[1:]))
    found = list(of(world, world.receipts[0], folder=changed))
    assert {"complete", "rows", "receipt_bundle"} <= set(failing(iter(found)))


def test_a_receipt_from_before_an_edit_says_that_there_was_one(world: World) -> None:
    said = json.loads(world.receipts[1])
    early = in_one_form({**said, "entries": said["entries"][:1]})
    found = {each.code: each for each in of(world, early)}
    assert found["receipt_rows"].holds
    assert (found["receipt_changed"].holds, found["receipt_changed"].params) == (None, {"odd": [4]})
    late = {each.code for each in of(world, world.receipts[1])}
    assert "receipt_changed" not in late


def test_a_comment_that_was_received_twice_is_found(world: World) -> None:
    bundle = Bundle(world.folder)
    bundle._tell({0: ("received", {"comments": [{"number": 1, "hash": "x"}]})}, 9)
    assert "rows" in failing(bundle.findings())


def test_a_part_shows_words_of_its_comment_and_no_others() -> None:
    said = {
        **dict.fromkeys(("proposed_text", "grounds", "quoted_text", "place"), ""),
        **{"comment": "أولاً كذا. ثانياً كذا.", "provision": "art_2", "version": 1},
        "comment_type": "general",
    }
    row = {**said, **{name: [] for name in TEXTS}, "ref": "17.1"}
    assert shows({**row, "comment": ["أولاً كذا."]}, said)
    assert not shows({**row, "comment": ["غيره"]}, said)
    assert not shows({**row, "comment": ["أولاً كذا."], "ref": "17"}, said)
    assert shows({**row, "comment": [said["comment"]], "ref": "17"}, said)
    assert not shows({**row, "comment": [said["comment"]], "ref": "17", "version": 2}, said)


def test_the_keys_of_a_bundle_follow_one_another(world: World) -> None:
    bundle = Bundle(world.folder)
    assert len(bundle.keys) == 2
    bundle.openings = [each for each in bundle.openings if "key" not in each["content"]]
    assert failing(bundle.findings()) == ["keys"]
    assert failing(Bundle(world.folder).findings(pinned="another")) == ["signature"]


def test_an_earlier_checkpoint_kept_by_a_witness_is_of_this_tree(world: World) -> None:
    notes = json.loads((world.folder / "checkpoints.json").read_bytes())
    bundle = Bundle(world.folder)
    (seen,) = (each for each in bundle.findings(witnesses=[notes[0]]) if each.code == "witness")
    assert seen.holds
    bundle = Bundle(world.folder)
    bundle.leaves[0] = bundle.leaves[0].replace(b'"at":"2', b'"at":"1')
    assert "tree" in failing(bundle.findings())


def test_the_hash_of_a_withheld_text_cannot_be_guessed(world: World) -> None:
    """Who knows everything but the salt, the text among it, does not come to the hash."""
    rows = json.loads((world.folder / "matrix.json").read_bytes())
    receipt = json.loads(world.receipts[1])
    said = receipt["entries"][0]["comments"][0]
    assert said["content"]["comment"] == "شتيمة"
    known = (canonical(said["content"]), said["content"]["comment"].encode())
    guesses = {sha256(each).hexdigest() for each in known}
    assert rows[2]["publication"] == "withheld"
    assert rows[2]["hash"] not in guesses


def test_rows_are_counted_by_what_the_record_has(world: World) -> None:
    rows = counted_rows("gardens", [1, 4])
    assert rows is not None
    assert {number: len(hashes) for number, hashes in rows.items()} == {1: 1, 4: 2}
    assert counted_rows("nowhere", [1]) is None


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_program_runs_alone(world: World, lang: str) -> None:
    receipt = world.folder.parent / "alone.json"
    receipt.write_bytes(world.receipts[0])
    told = [sys.executable, "-I", str(world.folder / "verify.py"), "--lang", lang]
    ran = subprocess.run([*told, "--receipt", str(receipt)], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.count("✓") == 16
    assert "✗" not in ran.stdout
    receipt.write_bytes(world.receipts[0].replace("السابعة".encode(), "السادسة".encode()))
    ran = subprocess.run([*told, "--receipt", str(receipt)], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.count("✗") == 1
