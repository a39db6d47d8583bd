"""The activity log of the desk: who of the staff did what, and when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base


class StaffAct(Base):
    """One act of staff, written in the transaction of what it did (triggers refuse changes).

    `what` is the route (`desk.announce`) or the command (`consultations open`); `user_id` is null
    for a command at the console. `about` names the object by its numbers (`number 17`): never with
    words that anybody typed.
    """

    __tablename__ = "staff_act"
    __table_args__ = (
        Index("ix_staff_act_user", "user_id", "id"),
        Index("ix_staff_act_consultation", "consultation_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    what: Mapped[str] = mapped_column(String(80))
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    about: Mapped[str] = mapped_column(String(200))
