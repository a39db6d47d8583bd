"""Comments: one point on one target."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.comments import TEXT_LIMIT, CommentType, Publication
from portal.domain.drafts import Standing
from portal.models.base import Base, code_of

SOME_PROPOSAL = text("proposed <> ''")


class Comment(Base):
    """One point. Its target is the consultation, or a document, or a provision of a version.

    `number` is its reference in the consultation, from 1, without a gap. `place` says where in a
    document without a text here it belongs, in the source's own words (an axis of a plan).
    `revision` counts what was done to it; an act that saw an older one is refused. `text_key` is
    the digest of the folded text: equal keys are one distinct text. `digest` commits to the
    canonical content under `salt` (hex), and is what the matrix shows: without the salt nobody
    can tell by it what a short text that is not public may have said. `erased_at` is when its
    words went at the sender's request, with the salt: a trigger lets none come back.
    """

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        ForeignKeyConstraint(["version_id", "eid"], ["provision.version_id", "provision.eid"]),
        CheckConstraint("version_id IS NULL OR document_id IS NOT NULL", name="version_has_doc"),
        CheckConstraint("eid IS NULL OR version_id IS NOT NULL", name="eid_has_version"),
        CheckConstraint("quoted = '' OR eid IS NOT NULL", name="quoted_has_eid"),
        CheckConstraint(
            "text <> '' OR proposed <> '' OR erased_at IS NOT NULL", name="says_something"
        ),
        CheckConstraint(
            f"length(text) <= {TEXT_LIMIT} AND length(proposed) <= {TEXT_LIMIT}"
            f" AND length(grounds) <= {TEXT_LIMIT}",
            name="lengths",
        ),
        Index("ix_comment_queue", "publication", "id"),
        Index("ix_comment_place", "consultation_id", "document_id", "eid"),
        Index("ix_comment_text_key", "consultation_id", "text_key", "id"),
        # What the check of the matrix reads of every comment, without the comments themselves.
        Index(
            "ix_comment_check",
            "consultation_id",
            "number",
            "id",
            "document_id",
            "version_id",
            "eid",
            "publication",
        ),
        Index(
            "ix_comment_proposes",
            "consultation_id",
            "id",
            sqlite_where=SOME_PROPOSAL,
            postgresql_where=SOME_PROPOSAL,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("draft_version.id"))
    eid: Mapped[str | None] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(500), default="")
    quoted: Mapped[str] = mapped_column(Text, default="")
    type: Mapped[CommentType] = mapped_column(code_of(CommentType))
    text: Mapped[str] = mapped_column(Text)
    proposed: Mapped[str] = mapped_column(Text, default="")
    grounds: Mapped[str] = mapped_column(Text, default="")
    publication: Mapped[Publication] = mapped_column(code_of(Publication))
    revision: Mapped[int] = mapped_column(default=0)
    text_key: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    salt: Mapped[str] = mapped_column(String(64), default="", server_default="")
    erased_at: Mapped[datetime | None]


class CommentAnchor(Base):
    """Where a comment stands in one version: the one it was made on, or a later one.

    `eid` is the provision in that version, empty where it is gone; `start` and `end` count
    characters of the provision's words (`domain.reading`), None where the comment is about the
    whole of it. `exact`, `prefix` and `suffix` are the TextQuoteSelector of the W3C's Web
    Annotation. `near_eid` is the nearest place offered for an orphan; `placed_by` who took it.
    """

    __tablename__ = "comment_anchor"
    __table_args__ = (
        UniqueConstraint("comment_id", "version_id"),
        CheckConstraint('("start" IS NULL) = ("end" IS NULL)', name="both_ends"),
        CheckConstraint('"start" IS NULL OR "start" < "end"', name="some_words"),
        CheckConstraint("(standing = 'orphaned') = (eid = '')", name="orphan_has_no_place"),
        Index("ix_comment_anchor_version", "version_id", "eid"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("draft_version.id"))
    standing: Mapped[Standing] = mapped_column(code_of(Standing))
    eid: Mapped[str] = mapped_column(String(200), default="")
    start: Mapped[int | None]
    end: Mapped[int | None]
    exact: Mapped[str] = mapped_column(Text, default="")
    prefix: Mapped[str] = mapped_column(String(64), default="")
    suffix: Mapped[str] = mapped_column(String(64), default="")
    near_eid: Mapped[str] = mapped_column(String(200), default="")
    placed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    placed_at: Mapped[datetime | None]
