"""Consultations, their documents and the extensions of their period."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.drafts import DocumentKind
from portal.models.accounts import PublicBody
from portal.models.base import Base, code_of


class Consultation(Base):
    """A period of comment. Its phase is derived from these moments, never stored."""

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_reason_ar <> ''", name="withdrawn_why"),
        CheckConstraint("next_number > 0", name="next_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("public_body.id"), index=True)
    title_ar: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300), default="")
    purpose_ar: Mapped[str] = mapped_column(Text, default="")
    purpose_en: Mapped[str] = mapped_column(Text, default="")
    negotiable_ar: Mapped[str] = mapped_column(Text, default="")
    negotiable_en: Mapped[str] = mapped_column(Text, default="")
    fixed_ar: Mapped[str] = mapped_column(Text, default="")
    fixed_en: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(String(300), default="")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    short_reason: Mapped[str] = mapped_column(Text, default="")
    short_approved_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    announced_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_reason_ar: Mapped[str] = mapped_column(Text, default="")
    withdrawn_reason_en: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    concluded_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    # What the clock has already been answered for: mail about opening and closing goes once.
    opening_told_at: Mapped[datetime | None]
    closing_told_at: Mapped[datetime | None]
    next_number: Mapped[int] = mapped_column(default=1)
    # Comments are shown when they come and looked at after; else a moderator looks first.
    moderated_after: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    body: Mapped[PublicBody] = relationship(lazy="raise")
    documents: Mapped[list[Document]] = relationship(
        back_populates="consultation", order_by="Document.number", lazy="raise"
    )
    extensions: Mapped[list[Extension]] = relationship(
        order_by="Extension.announced_at", lazy="raise"
    )


class Extension(Base):
    """A later deadline, announced before the old one, which stays visible."""

    __tablename__ = "extension"
    __table_args__ = (
        CheckConstraint("new_closes_at > old_closes_at", name="later"),
        CheckConstraint("reason_ar <> ''", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    old_closes_at: Mapped[datetime]
    new_closes_at: Mapped[datetime]
    reason_ar: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text, default="")
    announced_at: Mapped[datetime]
    announced_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class Document(Base):
    """A document open for comment; `number` is its place in the consultation, from 1."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    kind: Mapped[DocumentKind] = mapped_column(code_of(DocumentKind))
    title_ar: Mapped[str] = mapped_column(String(500))
    title_en: Mapped[str] = mapped_column(String(500), default="")

    consultation: Mapped[Consultation] = relationship(back_populates="documents", lazy="raise")
