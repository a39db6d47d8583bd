"""How staff come in: sessions and second factors; of tokens and recovery codes only hashes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.second_factor import Second
from portal.models.base import Base, code_of


class DeskSession(Base):
    """One browser in which somebody is signed in, or (`waiting`) owes the second factor.

    `proved_at` is when the password was last given in it. `challenge` is what a passkey is asked
    to sign in it, "" once an answer came.
    """

    __tablename__ = "desk_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    browser: Mapped[str] = mapped_column(String(60), default="")
    waiting: Mapped[bool] = mapped_column(default=False)
    second: Mapped[Second | None] = mapped_column(code_of(Second))
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    proved_at: Mapped[datetime]
    challenge: Mapped[str] = mapped_column(String(64), default="", server_default="")


class Authenticator(Base):
    """The authenticator app of a member of staff; secrets are sealed (`adapters.sealing`).

    `sealed` is null until a code has shown that the app has it; `next_sealed` waits for that.
    `last_step` is the newest time step of which a code was taken: none is taken twice.
    """

    __tablename__ = "authenticator"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    sealed: Mapped[str | None] = mapped_column(String(200))
    next_sealed: Mapped[str | None] = mapped_column(String(200))
    last_step: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code for the day the telephone is lost."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class Passkey(Base):
    """A passkey of a member of staff: the public half of a pair, and how often it has signed.

    `credential_id` is base64url, as browsers write it; up to 1,023 bytes by the standard.
    """

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(60))
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ProviderIdentity(Base):
    """Who a member of staff is at a provider of sign-on: one subject for each account."""

    __tablename__ = "provider_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    issuer: Mapped[str] = mapped_column(String(500), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255))
    linked_at: Mapped[datetime]
