"""What a machine saw in a comment when it arrived, and the words it looks for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.hints import HintKind
from portal.models.base import Base, code_of
from portal.models.personal import Sealed


class CommentHint(Base):
    """One hint: characters `start` up to `end` of `field`; both 0 where it is about no words."""

    __tablename__ = "comment_hint"
    __table_args__ = (
        CheckConstraint('0 <= "start" AND "start" <= "end"', name="ends"),
        Index("ix_comment_hint_comment", "comment_id", "kind"),
        Index("ix_comment_hint_kind", "kind", "comment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    kind: Mapped[HintKind] = mapped_column(code_of(HintKind))
    field: Mapped[str] = mapped_column(String(20), default="")
    start: Mapped[int] = mapped_column(default=0)
    end: Mapped[int] = mapped_column(default=0)
    detail: Mapped[str] = mapped_column(Sealed("comment_hint.detail"), default="")


class InsultWord(Base):
    """One change to the list of insults: only added to, the newest row of a word counts.

    `key` is the folded word; `listed` is False where it was taken from the list.
    """

    __tablename__ = "insult_word"
    __table_args__ = (Index("ix_insult_word_key", "key", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(100))
    key: Mapped[str] = mapped_column(String(100))
    listed: Mapped[bool]
    changed_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[datetime]
