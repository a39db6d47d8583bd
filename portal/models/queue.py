"""What waits for a moderator: the queue, who looks at what, decisions that can still be undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.domain.submissions import Channel, SenderClass
from portal.models.base import Base, code_of


class Waiting(Base):
    """A comment that waits for a moderator since `since`: narrow, and gone once it is decided.

    It repeats what the queue is narrowed by, so that a page of it costs the same however many
    wait. `place` is `DOCUMENT:ARTICLE` (`3:art_4`), by the document's id.
    """

    __tablename__ = "waiting"
    __table_args__ = (
        Index("ix_waiting_since", "since", "comment_id"),
        Index("ix_waiting_body", "body_id", "since", "comment_id"),
        Index("ix_waiting_consultation", "consultation_id", "since", "comment_id"),
        Index("ix_waiting_place", "consultation_id", "place", "since", "comment_id"),
        Index("ix_waiting_channel", "body_id", "channel", "since", "comment_id"),
        Index("ix_waiting_class", "body_id", "sender_class", "since", "comment_id"),
    )

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("public_body.id"))
    place: Mapped[str] = mapped_column(String(220), default="")
    channel: Mapped[Channel] = mapped_column(code_of(Channel))
    sender_class: Mapped[SenderClass] = mapped_column(code_of(SenderClass))
    since: Mapped[datetime]


class Claim(Base):
    """Somebody looks at a comment, until it lapses."""

    __tablename__ = "claim"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    until: Mapped[datetime]


class HeldDecision(Base):
    """A decision in the seconds in which it can be undone: nothing of it is on record yet.

    It becomes a `ModerationDecision` at `takes_effect_at`, or vanishes when it is undone. `batch`
    names those that were made by one press; `since` gives the comment its place back.
    """

    __tablename__ = "held_decision"
    __table_args__ = (Index("ix_held_decision_by", "decided_by", "decided_at"),)

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    seen_revision: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(code_of(Outcome))
    ground: Mapped[Ground | None] = mapped_column(code_of(Ground))
    note: Mapped[str] = mapped_column(Text, default="")
    spans: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    decided_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime]
    takes_effect_at: Mapped[datetime] = mapped_column(index=True)
    batch: Mapped[str] = mapped_column(String(32))
    since: Mapped[datetime | None]


class SavedFilter(Base):
    """A way of looking at a list that somebody keeps; `query` is that of its address.

    `screen` is the list: empty for the queue of moderation, else the slug of the consultation
    whose study it is of.
    """

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("user_id", "screen", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    screen: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(String(500))
