"""The tree of the record: no gap, no second place, whoever adds to it and whenever they commit."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from flask import Flask

from portal.adapters.database import unit_of_work
from portal.adapters.signing import Keys, verified
from portal.domain.errors import DomainError
from portal.domain.merkle import leaf_hash, root
from portal.domain.record import Entry, leaf
from portal.domain.signed_notes import read, read_key
from portal.jobs.console import SYSTEM
from portal.models import (
    RecordCheckpoint,
    RecordEntry,
    RecordKey,
    RecordLeaf,
    RecordTile,
    db,
)
from portal.models.ledger import write_down, write_down_many
from portal.models.tree import tree
from portal.queries.proofs import first_covering, leaves, notes_until, public_keys
from portal.services import record
from tests.domain.test_merkle import plain
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.record import BASE, bring_up
from tests.fixtures.apps import START, Clock


def write(many: int = 1) -> None:
    """So many entries, committed."""
    with unit_of_work():
        for number in range(many):
            write_down(Entry.ACCOUNT_CHANGED, at=START, subject="x", content={"number": number})


def placed() -> list[int]:
    query = db.select(RecordLeaf.position).order_by(RecordLeaf.position)
    return [each for each in db.session.scalars(query) if each is not None]


def assert_whole(size: int) -> None:
    """Every place has one leaf, and the tiles are the tree of these leaves."""
    assert placed() == list(range(size))
    hashes = [leaf_hash(leaf.encode()) for leaf in leaves(0, size)]
    assert root(tree(), size) == plain(hashes)
    db.session.rollback()


def test_leaves_get_their_places_once(app: Flask) -> None:
    write(300)
    assert bring_up(app) == 300
    assert bring_up(app) == 0
    write(20)
    assert bring_up(app) == 320
    assert_whole(320)


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_an_entry_that_commits_late_comes_after_one_that_was_earlier_there(app: Flask) -> None:
    with db.engine.connect() as slow:
        entry = {"kind": "received", "at": START, "subject": "x", "commitment": "0", "salt": "0"}
        made_id = slow.execute(db.insert(RecordEntry).values(entry).returning(RecordEntry.id))
        early = made_id.scalar_one()
        slow.execute(db.insert(RecordLeaf).values(entry_id=early, leaf="early"))
        write(2)
        bring_up(app)
        slow.commit()
    bring_up(app)
    found = dict(db.session.execute(db.select(RecordLeaf.entry_id, RecordLeaf.position)).all())
    assert found[early] == 2
    assert_whole(3)


def test_two_at_once_leave_no_gap(app: Flask) -> None:
    write(1)
    failures: list[BaseException] = []

    def work(act: str) -> None:
        try:
            with app.app_context():
                for _each in range(8):
                    write(3) if act == "write" else bring_up(app)
                db.session.remove()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(act,)) for act in ("write", "place", "place")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failures == []
    bring_up(app)
    assert_whole(25)
    sizes = [read(note).size for note in notes_until(25)]
    assert sizes == sorted(set(sizes))


def test_checkpoints_are_signed_and_name_the_tree(app: Flask, clock: Clock) -> None:
    write(5)
    bring_up(app)
    note = read(notes_until(9)[0])
    name, public = read_key(public_keys()[0].verifier)
    assert (note.origin, note.size) == ("consult.example.org/record", 5)
    assert name == note.origin
    assert note.root == root(tree(), 5)
    assert verified(public, note.signature, note.signed)
    covering = first_covering(4)
    assert covering is not None
    assert covering.size == 5
    assert first_covering(5) is None


def test_what_is_in_the_record_is_never_changed(app: Flask) -> None:
    write(2)
    bring_up(app)
    write(1)
    for statement in (
        db.update(RecordLeaf).where(RecordLeaf.position == 0).values(position=7),
        db.update(RecordLeaf).where(RecordLeaf.position.is_(None)).values(leaf="x"),
        db.delete(RecordLeaf),
        db.update(RecordTile).values(hashes=b"\0" * 64),
        db.delete(RecordTile),
        db.update(RecordCheckpoint).values(note="x"),
        db.delete(RecordKey),
        db.update(RecordEntry).values(content=None),
    ):
        with pytest.raises(Exception, match="immutable"):
            db.session.execute(statement)
        db.session.rollback()


def test_a_key_is_changed_by_the_one_before(app: Flask, clock: Clock, tmp_path: Path) -> None:
    keys = Keys(app.extensions["settings"].data)
    with pytest.raises(DomainError, match="record_no_key"), unit_of_work():
        record.rotate(SYSTEM, clock(), keys)
    write(2)
    bring_up(app)
    with unit_of_work():
        record.rotate(SYSTEM, clock(), keys)
    first, second = public_keys()
    announced = read(notes_until(9)[-1])
    assert announced.size == 3
    assert verified(read_key(first.verifier)[1], announced.signature, announced.signed)
    content = db.session.scalars(
        db.select(RecordEntry.content).where(RecordEntry.kind == Entry.KEYS_CHANGED)
    ).one()
    assert content == {"key": second.verifier, "before": first.verifier}
    write(1)
    bring_up(app)
    newest = read(notes_until(9)[-1])
    assert verified(read_key(second.verifier)[1], newest.signature, newest.signed)


def test_without_its_key_nothing_is_signed(app: Flask, clock: Clock, tmp_path: Path) -> None:
    write(1)
    bring_up(app)
    write(1)
    elsewhere = Keys(tmp_path / "elsewhere")
    with unit_of_work():
        record.sequence()
    with pytest.raises(DomainError, match="record_key_missing"), unit_of_work():
        record.make_checkpoint(clock(), elsewhere, BASE)
    assert len(public_keys()) == 1
    assert bring_up(app) == 2


@pytest.fixture
def said(cast: Cast, place: Open, clock: Clock) -> list[str]:
    made.send(place, clock, "واحدة", email="a@example.org", name="سميرة")
    query = db.select(RecordLeaf.leaf).order_by(RecordLeaf.entry_id)
    return list(db.session.scalars(query))


def test_many_at_once_have_their_leaves_too(app: Flask, place: Open) -> None:
    said = [(f"comment {n}", {"comment": n, "hash": "x", "consultation": "gardens"}) for n in "abc"]
    with unit_of_work():
        write_down_many(Entry.EDITED, said, at=START, consultation_id=place.consultation.id)
    query = db.select(RecordEntry, RecordLeaf.leaf).outerjoin(RecordLeaf)
    for entry, kept in db.session.execute(query.where(RecordEntry.kind == Entry.EDITED)):
        assert kept == leaf(Entry.EDITED, START, entry.commitment, "gardens")
        assert entry.subject == f"comment {entry.content['comment']}"
    bring_up(app)
    entries = db.session.scalar(db.select(db.func.count(RecordEntry.id))) or 0
    assert_whole(entries)


def test_a_leaf_says_what_is_public_and_no_more(said: list[str], place: Open) -> None:
    received = said[-1]
    assert '"kind":"received"' in received
    assert '"consultation":"gardens"' in received
    for private in ("سميرة", "a@example.org", "واحدة"):
        assert all(private not in leaf for leaf in said)
    # While it was being prepared nobody knew of the consultation.
    before = [leaf for leaf in said if "consultation_created" in leaf or "version_" in leaf]
    assert before
    assert all("gardens" not in leaf for leaf in before)
