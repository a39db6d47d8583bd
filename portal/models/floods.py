"""How fast comments come. No address is kept: a block of them is known by a digest for a day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class SendingPace(Base):
    """Until when the turns of a place or a consultation are given (`domain.floods`).

    `whose` is `consultation 12`, or the digest of a block of addresses under a key that changes
    each day. Gone once it is past.
    """

    __tablename__ = "sending_pace"
    __table_args__ = (Index("ix_sending_pace_busy_until", "busy_until"),)

    whose: Mapped[str] = mapped_column(String(64), primary_key=True)
    busy_until: Mapped[datetime]


class SendingCount(Base):
    """What came through the portal to a consultation in one minute; kept for a day.

    `received` submissions, of which `marked` were sent in a way worth a look; `waited` were asked
    to wait for their turn, `worked` to show some work.
    """

    __tablename__ = "sending_count"
    __table_args__ = (Index("ix_sending_count_minute", "minute"),)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    minute: Mapped[datetime] = mapped_column(primary_key=True)
    received: Mapped[int] = mapped_column(default=0)
    marked: Mapped[int] = mapped_column(default=0)
    waited: Mapped[int] = mapped_column(default=0)
    worked: Mapped[int] = mapped_column(default=0)
