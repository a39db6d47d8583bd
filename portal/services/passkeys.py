"""Passkeys as a second factor: added, used, removed. A challenge is answered once."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, select

from portal.adapters.passkeys import named_in, read_creation, read_signature
from portal.domain.errors import DomainError
from portal.domain.passkeys import ANSWER_LIMIT, MOST, RelyingParty, clean_name
from portal.domain.second_factor import AccessChange, Second
from portal.models import DeskSession, Passkey, RecoveryCode, User, db
from portal.models.entering import check_not_locked, end_sessions, fail, locked, tell_change
from portal.queries.sessions import factors_of


def offer(session_id: int) -> None:
    """Put a new challenge into a session: what was asked before is no longer answered."""
    db.session.get_one(DeskSession, session_id).challenge = new_challenge()


def new_challenge() -> str:
    """256 bits, where the standard asks for 128 (section 13.4.3)."""
    return secrets.token_urlsafe(32)


def _take_challenge(session_id: int) -> str:
    """The challenge of a session, another one in its place. The account is `locked` before."""
    row = db.session.get_one(DeskSession, session_id, populate_existing=True)
    asked, row.challenge = row.challenge, new_challenge()
    if not asked:
        raise DomainError("passkey_not_begun", field="answer")
    return asked


def add(
    now: datetime, user_id: int, answer: str, *, name: str, session_id: int, party: RelyingParty
) -> None:
    """Keep a passkey that the browser has made; the other sessions end.

    Raises `passkey_refused`, `passkey_not_begun`, `passkeys_many`, `name_missing`, `text_long`.
    The caller must commit, also when this raises: the challenge is used.
    """
    user = locked(user_id)
    asked = _take_challenge(session_id)
    name = clean_name(name)
    made = read_creation(answer, party, asked) if len(answer) <= ANSWER_LIMIT else None
    if made is None or _is_known(made.credential_id):
        raise DomainError("passkey_refused", field="answer")
    if len(factors_of(user.id).passkeys) >= MOST:
        raise DomainError("passkeys_many", field="answer", most=MOST)
    db.session.add(Passkey(user_id=user.id, name=name, added_at=now, **made._asdict()))
    row = db.session.get_one(DeskSession, session_id)
    row.second, row.challenge = Second.PASSKEY, ""
    end_sessions(user, but=session_id)
    tell_change(now, user.id, user, AccessChange.PASSKEY_ADDED)


def _is_known(credential_id: str) -> bool:
    query = select(Passkey.id).where(Passkey.credential_id == credential_id)
    return db.session.scalar(query) is not None


def remove(now: datetime, user: User, passkey_id: int, *, required: bool) -> None:
    """Do without a passkey; with the last factor the recovery codes go too.

    Raises `not_found` where it is none of theirs, `second_factor_needed` for the last one.
    """
    has = factors_of(user.id)
    if required and has.only(passkey_id):
        raise DomainError("second_factor_needed", status=409)
    mine = Passkey.id == passkey_id, Passkey.user_id == user.id
    if db.session.scalar(delete(Passkey).where(*mine).returning(Passkey.id)) is None:
        raise DomainError("not_found", status=404)
    if has.only(passkey_id):
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    tell_change(now, user.id, user, AccessChange.PASSKEY_REMOVED)


def give(
    now: datetime, user_id: int, answer: str, *, session_id: int, party: RelyingParty
) -> Second:
    """Take a passkey's signature at sign-in, in the session that waits for it.

    Raises `passkey_refused`, or `sign_in_locked` (429): attempts count with those at the password.
    The caller must commit, also when this raises.
    """
    user = locked(user_id)
    check_not_locked(now, user, "answer")
    asked = _take_challenge(session_id)
    mine = Passkey.user_id == user.id, Passkey.credential_id == named_in(answer[:ANSWER_LIMIT])
    row = db.session.scalar(select(Passkey).where(*mine))
    count = _counted(row, answer, party, asked) if row else None
    if row is None or count is None:
        fail(now, user)
        raise DomainError("passkey_refused", field="answer")
    row.sign_count, row.used_at = count, now
    user.failures, user.locked_until = 0, None
    return Second.PASSKEY


def _counted(row: Passkey, answer: str, party: RelyingParty, asked: str) -> int | None:
    return read_signature(
        answer, party, asked, public_key=row.public_key, sign_count=row.sign_count
    )
