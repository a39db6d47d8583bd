"""Draft versions and their provisions. Triggers refuse to change what has been published."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.drafts import ProvisionKind
from portal.models.base import Base, code_of


class DraftVersion(Base):
    """One text of a document; `number` counts from 1. Immutable once `published_at` is set."""

    __tablename__ = "draft_version"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        CheckConstraint("published_at IS NULL OR source_sha256 <> ''", name="published_hashed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(500), default="")
    source: Mapped[str] = mapped_column(Text)
    source_sha256: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    provisions: Mapped[list[Provision]] = relationship(
        order_by="Provision.position", cascade="all, delete-orphan", lazy="raise"
    )


class Provision(Base):
    """A node of the text, in reading order: `position` from 0, `depth` from 0."""

    __tablename__ = "provision"
    __table_args__ = (
        UniqueConstraint("version_id", "eid"),
        UniqueConstraint("version_id", "position"),
        CheckConstraint("depth >= 0 AND position >= 0", name="place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("draft_version.id"))
    position: Mapped[int]
    depth: Mapped[int]
    eid: Mapped[str] = mapped_column(String(200))
    kind: Mapped[ProvisionKind] = mapped_column(code_of(ProvisionKind))
    number: Mapped[str] = mapped_column(String(40), default="")
    marker: Mapped[str] = mapped_column(Text, default="")
    heading: Mapped[str] = mapped_column(Text, default="")
    heading_en: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")


class ChangeReason(Base):
    """The drafter's own reason for a changed provision that no comment asked for."""

    __tablename__ = "change_reason"
    __table_args__ = (
        UniqueConstraint("version_id", "eid"),
        CheckConstraint("reason <> ''", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("draft_version.id"))
    eid: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
