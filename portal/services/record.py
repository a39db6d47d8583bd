"""The tree of the record: leaves are placed, checkpoints signed, keys changed."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import select

from portal.adapters.signing import Keys
from portal.domain.accounts import Actor
from portal.domain.errors import DomainError
from portal.domain.merkle import root
from portal.domain.record import Entry
from portal.domain.signed_notes import body, key_id, read_key, verifier_key, written
from portal.models import RecordCheckpoint, RecordKey, RecordStamp, db
from portal.models.ledger import write_down
from portal.models.tree import lock_tree, place_leaves, tree


def sequence() -> int:
    """Give leaves that wait their place; how many. Run until it is 0."""
    before = lock_tree()
    return place_leaves(before) - before


def make_checkpoint(now: datetime, keys: Keys, base_url: str) -> RecordCheckpoint | None:
    """Sign the tree as it stands; None where its newest checkpoint says as much already.

    The first time, the key is made, named after the portal's address then. Raises
    `record_key_missing` where the key that signs is not on this machine.
    """
    size = lock_tree()
    if size == (newest_size() or 0):
        return None
    key = _newest_key() or _new_key(now, keys, _origin(base_url))
    return _sign(now, keys, key, size)


def newest_size() -> int | None:
    """The size of the newest checkpoint."""
    query = select(RecordCheckpoint.size).order_by(RecordCheckpoint.size.desc()).limit(1)
    return db.session.scalar(query)


def rotate(actor: Actor, now: datetime, keys: Keys) -> RecordKey:
    """Change to a new key: the old one, where it is still to be had, signs a tree that names it.

    Raises `record_no_key` before there is any.
    """
    size = lock_tree()
    old = _newest_key()
    if old is None:
        raise DomainError("record_no_key")
    name, public = read_key(old.verifier)
    new = _new_key(now, keys, name)
    write_down(
        Entry.KEYS_CHANGED,
        at=now,
        subject="key of the record",
        content={"key": new.verifier, "before": old.verifier},
        actor_id=actor.user_id,
    )
    db.session.flush()
    while (grown := place_leaves(size)) != size:
        size = grown
    if keys.has(public):
        _sign(now, keys, old, size)
    return new


def keep_stamp(now: datetime, size: int, token: bytes, authority: str) -> None:
    """Keep an authority's time stamp of a checkpoint; the first one stays."""
    if db.session.get(RecordStamp, size) is None:
        db.session.add(RecordStamp(size=size, token=token, authority=authority, at=now))
        db.session.flush()


def _newest_key() -> RecordKey | None:
    return db.session.scalar(select(RecordKey).order_by(RecordKey.id.desc()).limit(1))


def _new_key(now: datetime, keys: Keys, name: str) -> RecordKey:
    key = RecordKey(verifier=verifier_key(name, keys.make()), made_at=now)
    db.session.add(key)
    db.session.flush()
    return key


def _sign(now: datetime, keys: Keys, key: RecordKey, size: int) -> RecordCheckpoint:
    name, public = read_key(key.verifier)
    top = root(tree(), size)
    try:
        signature = keys.sign(public, body(name, size, top).encode())
    except OSError as error:
        raise DomainError("record_key_missing", reason=str(error)) from error
    note = written(name, size, top, key_id(name, public), signature)
    made = RecordCheckpoint(size=size, note=note, at=now, key_id=key.id)
    db.session.add(made)
    db.session.flush()
    return made


def _origin(base_url: str) -> str:
    """What the log is called for ever: its address when it began, without the scheme."""
    address = urlsplit(base_url)
    return f"{address.netloc}{address.path}/record"
