"""The record: the append-only log that makes the rest checkable (triggers refuse changes)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.record import Entry
from portal.models.base import Base, code_of


class RecordEntry(Base):
    """One leaf, written in the transaction of what it records.

    `commitment` is `SHA256(salt || SHA256(canonical JSON))` in hex: it says nothing of the
    content to who has not the salt, and lets a text be erased while the log stays whole.
    `actor_id` is for the activity log of the desk and is no part of the leaf.
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
