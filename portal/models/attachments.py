"""Files sent with comments: what is known of each. Their bytes lie in `adapters.attachments`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.attachments import MAX_BYTES, FileKind, Scan, Standing
from portal.domain.grounds import Ground
from portal.models.base import Base, code_of
from portal.models.personal import Sealed


class Attachment(Base):
    """A file of a comment or, while the comment is not sent yet, one that is kept for its form.

    `token` is what the form carries; `stored` is its name on the disk. Both are unguessable and
    neither is ever shown to anybody else. `sha256` and `size` are of what is kept; `sent_sha256`
    is of what was sent (an image is drawn anew). Triggers keep all of that once it belongs to a
    comment. `position` counts the files of a comment from 1. `standing` follows the newest
    decision on the comment; `taken_back_at` is when its author took the file back.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint("comment_id", "position"),
        CheckConstraint("(comment_id IS NULL) = (position IS NULL)", name="has_place"),
        CheckConstraint(f"0 < size AND size <= {MAX_BYTES}", name="size_within"),
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("(standing = 'withheld') = (ground IS NOT NULL)", name="ground_given"),
        CheckConstraint("comment_id IS NOT NULL OR standing = 'held'", name="decided_when_sent"),
        CheckConstraint("scan <> 'infected' OR standing <> 'shown'", name="infected_not_shown"),
        CheckConstraint(
            "taken_back_at IS NULL OR standing <> 'shown'", name="taken_back_not_shown"
        ),
        Index("ix_attachment_kept", "comment_id", "kept_at"),
        Index("ix_attachment_scan", "scan", "id"),
        Index("ix_attachment_standing", "standing", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    stored: Mapped[str] = mapped_column(String(64), unique=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    position: Mapped[int | None]
    name: Mapped[str] = mapped_column(Sealed("attachment.name"))
    kind: Mapped[FileKind] = mapped_column(code_of(FileKind))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    sent_sha256: Mapped[str] = mapped_column(String(64))
    kept_at: Mapped[datetime]
    standing: Mapped[Standing] = mapped_column(code_of(Standing), default=Standing.HELD)
    ground: Mapped[Ground | None] = mapped_column(code_of(Ground))
    scan: Mapped[Scan] = mapped_column(code_of(Scan), default=Scan.UNSCANNED)
    scan_said: Mapped[str] = mapped_column(String(200), default="")
    scanned_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]
