"""Public bodies, the staff who work for them, their roles and invitations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain.accounts import Role
from portal.models.base import Base, code_of


class PublicBody(Base):
    __tablename__ = "public_body"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name_ar: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")


class User(Base):
    """A member of staff. `session_stamp` changes with the password and ends older sessions;
    `language` is that in which they last signed in, and their mail is written in."""

    __tablename__ = "user_account"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    session_stamp: Mapped[str] = mapped_column(String(43))
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(2), default="ar", server_default="ar")

    roles: Mapped[list[RoleGrant]] = relationship(
        back_populates="user", cascade="all, delete-orphan", lazy="selectin"
    )


class RoleGrant(Base):
    """One role of one user, for one public body or, where `body_id` is null, for all."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("user_id", "role", "body_id"),
        # NULLs differ from one another in a UNIQUE constraint: this keeps 'for all' single too.
        Index(
            "uq_role_grant_for_all",
            "user_id",
            "role",
            unique=True,
            sqlite_where=text("body_id IS NULL"),
            postgresql_where=text("body_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    role: Mapped[Role] = mapped_column(code_of(Role))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("public_body.id"))

    user: Mapped[User] = relationship(back_populates="roles")


class Invitation(Base):
    """An invitation by mail; only the hash of its token is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(code_of(Role))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("public_body.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
