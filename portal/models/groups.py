"""Groups of comments that say nearly the same, found when each arrives."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.comment_groups import Progress
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.models.base import Base, code_of


class CommentBand(Base):
    """A key that a distinct text is looked up by: a band of its signature (`formats.minhash`).

    Only the first few texts with a key are kept: who shares it with more has found its group.
    """

    __tablename__ = "comment_band"
    __table_args__ = (
        Index("ix_comment_band_comment", "comment_id"),
        {"sqlite_with_rowid": False},
    )

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)


class CommentGroup(Base):
    """A group, known by who founded it. `size` counts its members; of one, it is no group.

    `common` are the features (`domain.near`) that its first members share, one a line: what a
    new comment is held against.
    """

    __tablename__ = "comment_group"
    __table_args__ = (Index("ix_comment_group_size", "consultation_id", "size"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    founder_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    common: Mapped[str] = mapped_column(Text, default="")
    size: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class CommentGroupMember(Base):
    """A comment in a group, or one that a moderator moved out of it (`left_at`), who stays out.

    `moved_by` is the moderator who moved it, out of a group or into this one.
    """

    __tablename__ = "comment_group_member"
    __table_args__ = (Index("ix_comment_group_member", "group_id", "comment_id"),)

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("comment_group.id"))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    moved_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class GroupDecision(Base):
    """One decision for all members of a group that wait, carried out some hundreds at a time.

    `done` were decided; `claimed` were left because a colleague was looking at them, and wait
    still; `skipped` were not decided either (changed, withdrawn, decided meanwhile, or not to be
    decided so). `last_comment_id` is how far it is. Nothing is done before `begins_at`. A worker
    that is killed loses nothing.
    """

    __tablename__ = "group_decision"
    __table_args__ = (
        CheckConstraint("outcome = 'publish' OR ground IS NOT NULL", name="ground_given"),
        Index("ix_group_decision_status", "status", "id"),
        Index("ix_group_decision_group", "group_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("comment_group.id"))
    outcome: Mapped[Outcome] = mapped_column(code_of(Outcome))
    ground: Mapped[Ground | None] = mapped_column(code_of(Ground))
    note: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    status: Mapped[Progress] = mapped_column(code_of(Progress))
    done: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    claimed: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    last_comment_id: Mapped[int] = mapped_column(default=0)
    begins_at: Mapped[datetime | None]
