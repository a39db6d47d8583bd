"""Draft versions and their provisions. Triggers refuse to change what has been published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.drafts import DraftFormat, ImportStatus, ProvisionKind, Relation, Tracked
from portal.models.base import Base, code_of


class DraftVersion(Base):
    """One text of a document; `number` counts from 1. Immutable once `published_at` is set.

    `revision` counts the corrections to a working version; one that saw an older one is refused.
    `file_sha256` names the file it was read from, `page_lines` the line of `source` at which each
    page of a PDF begins, and `to_confirm` says that somebody must still compare it with the pages.
    `text_sha256` is the digest of the provisions as published (`source_sha256` that of the source
    they were found in). `file_warnings` are those of the reader, as `{code, line, params}`.
    """

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
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    format: Mapped[DraftFormat] = mapped_column(
        code_of(DraftFormat),
        default=DraftFormat.TEXT,
        server_default=DraftFormat.TEXT.value,
    )
    file_name: Mapped[str] = mapped_column(String(255), default="", server_default="")
    file_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    page_lines: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")
    to_confirm: Mapped[bool] = mapped_column(default=False, server_default=false())
    text_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    file_warnings: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, default=list, server_default="[]"
    )

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
    text_en: Mapped[str] = mapped_column(Text, default="", server_default="")


class DraftImport(Base):
    """A file on its way into a document's working version, as a job with progress (per cent).

    `translation`: it holds the English of the working version, not its text. `error_code` and
    `error_params` say why it was refused. `attempts` counts how often a worker took it up;
    `report` says of a translation what did not match: `{matched, left, missing}`.
    """

    __tablename__ = "draft_import"
    __table_args__ = (
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        CheckConstraint("(status = 'failed') = (error_code <> '')", name="failed_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(255))
    file_sha256: Mapped[str] = mapped_column(String(64))
    tracked: Mapped[Tracked] = mapped_column(code_of(Tracked))
    translation: Mapped[bool] = mapped_column(default=False)
    status: Mapped[ImportStatus] = mapped_column(code_of(ImportStatus))
    progress: Mapped[int] = mapped_column(default=0)
    error_code: Mapped[str] = mapped_column(String(60), default="")
    error_params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("draft_version.id"))
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    begun_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class DraftEdit(Base):
    """A correction to a working version; `before` is what undoing it brings back.

    `before` is the compressed JSON of the provisions (`models.structure`). Where the correction is
    `undone`, it is what doing it again brings back.
    """

    __tablename__ = "draft_edit"
    __table_args__ = (UniqueConstraint("version_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("draft_version.id"))
    number: Mapped[int]
    act: Mapped[str] = mapped_column(String(24))
    eid: Mapped[str] = mapped_column(String(200), default="")
    before: Mapped[bytes] = mapped_column(LargeBinary)
    undone: Mapped[bool] = mapped_column(default=False, server_default=false())
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class ProvisionMatch(Base):
    """A provision of `version_id` beside the one it comes from in the published version before.

    For a working version only what the drafter confirmed is kept; when it is published all are,
    and never change. A split or merged provision has several rows.
    """

    __tablename__ = "provision_match"
    __table_args__ = (
        UniqueConstraint("version_id", "old_eid", "new_eid"),
        CheckConstraint("old_eid <> '' OR new_eid <> ''", name="names_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("draft_version.id"))
    old_eid: Mapped[str] = mapped_column(String(200), default="")
    new_eid: Mapped[str] = mapped_column(String(200), default="")
    relation: Mapped[Relation] = mapped_column(code_of(Relation))
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime | None]


class ChangeReason(Base):
    """The drafter's own reason for a changed provision that no comment asked for.

    `eid` is its id in that version; one that is gone is named as `domain.citations.gone` does.
    """

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
