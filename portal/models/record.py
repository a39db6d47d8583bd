"""The record: the append-only log that makes the rest checkable (triggers refuse changes)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.record import Entry
from portal.models.base import Base, code_of

_WAITS = text("position IS NULL")


class RecordEntry(Base):
    """One thing that happened, written in the transaction of what it records.

    `commitment` is `SHA256(salt || SHA256(canonical JSON))` in hex: it says nothing of the
    content to who has not the salt, and lets a text be erased while the log stays whole.
    `content` is kept where nothing in it is private (`domain.record.OPENED`), to be shown with
    the salt. `actor_id` is for the activity log of the desk and is no part of the leaf.
    """

    __tablename__ = "record_entry"
    __table_args__ = (Index("ix_record_entry_subject", "consultation_id", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Entry] = mapped_column(code_of(Entry))
    at: Mapped[datetime]
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    subject: Mapped[str] = mapped_column(String(200))
    commitment: Mapped[str] = mapped_column(String(64))
    salt: Mapped[str] = mapped_column(String(64))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    written: Mapped[RecordLeaf] = relationship(lazy="raise")


class RecordLeaf(Base):
    """The leaf of an entry, byte for byte, and its place in the tree.

    Written with the entry; `position` (from 0, without a gap) is given once, after the commit,
    by `models.tree`, and a trigger refuses any other change.
    """

    __tablename__ = "record_leaf"
    __table_args__ = (
        Index("ix_record_leaf_waiting", "entry_id", sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("record_entry.id"), primary_key=True)
    leaf: Mapped[str] = mapped_column(Text)
    position: Mapped[int | None] = mapped_column(unique=True)


class RecordTree(Base):
    """The one row whose lock makes those who add to the tree wait for one another."""

    __tablename__ = "record_tree"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int]


class RecordTile(Base):
    """A tile of the tree (`domain.tiles`): up to 256 hashes of 32 bytes; it only grows."""

    __tablename__ = "record_tile"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hashes: Mapped[bytes] = mapped_column(LargeBinary)


class RecordKey(Base):
    """A public key of the record, as `NAME+ID+BASE64`; the newest signs."""

    __tablename__ = "record_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    verifier: Mapped[str] = mapped_column(String(300), unique=True)
    made_at: Mapped[datetime]


class RecordCheckpoint(Base):
    """A signed statement of the tree's size and root (`domain.signed_notes`)."""

    __tablename__ = "record_checkpoint"

    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    key_id: Mapped[int] = mapped_column(ForeignKey("record_key.id"))


class RecordStamp(Base):
    """A time stamp (RFC 3161) of a checkpoint's note by an authority elsewhere."""

    __tablename__ = "record_stamp"

    size: Mapped[int] = mapped_column(
        ForeignKey("record_checkpoint.size"), primary_key=True, autoincrement=False
    )
    token: Mapped[bytes] = mapped_column(LargeBinary)
    authority: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]
