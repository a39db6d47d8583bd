"""The second factor: authenticator apps and recovery codes, set up, used, taken away."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, update

from portal.adapters.authenticators import matching_step, new_secret
from portal.adapters.sealing import seal, unseal
from portal.domain.accounts import Actor, check_reach_over
from portal.domain.errors import DomainError
from portal.domain.second_factor import (
    ALPHABET,
    CODES,
    LENGTH,
    AccessChange,
    Second,
    cleaned,
    grouped,
    hash_of,
    is_of_authenticator,
)
from portal.models import Authenticator, DeskSession, Passkey, RecoveryCode, User, db
from portal.models.entering import (
    check_not_locked,
    end_everything,
    end_sessions,
    fail,
    locked,
    tell_change,
)
from portal.queries.sessions import factors_of


def _about(user: User) -> str:
    return f"authenticator of account {user.id}"


def offer_authenticator(user: User, *, secret_key: str) -> None:
    """Make a secret for an app that has still to show it; the one in use goes on until then."""
    row = db.session.get(Authenticator, user.id)
    if row is None:
        row = Authenticator(user_id=user.id, last_step=0)
        db.session.add(row)
    row.next_sealed = seal(secret_key, new_secret(), about=_about(user))


def offered_secret(user: User, *, secret_key: str) -> str:
    """The secret that was offered; raises `authenticator_not_begun`."""
    row = db.session.get(Authenticator, user.id)
    sealed = row.next_sealed if row else None
    secret = unseal(secret_key, sealed, about=_about(user)) if sealed else None
    if secret is None:
        raise DomainError("authenticator_not_begun", status=404)
    return secret


def confirm_authenticator(
    now: datetime, user: User, typed: str, *, session_id: int, secret_key: str
) -> tuple[str, ...]:
    """Take the offered secret into use, a code having shown that the app has it.

    The other sessions end: they were begun without it. Gives new recovery codes.
    Raises `code_wrong`, `authenticator_not_begun`.
    """
    secret = offered_secret(user, secret_key=secret_key)
    step = matching_step(secret, cleaned(typed), now, after=0)
    if step is None:
        raise DomainError("code_wrong", field="code")
    row = db.session.get_one(Authenticator, user.id)
    row.sealed, row.next_sealed = row.next_sealed, None
    row.last_step, row.confirmed_at = step, now
    end_sessions(user, but=session_id)
    db.session.get_one(DeskSession, session_id).second = Second.AUTHENTICATOR
    tell_change(now, user.id, user, AccessChange.AUTHENTICATOR_ADDED)
    return _fresh_codes(user)


def remove_authenticator(now: datetime, user: User, *, required: bool) -> None:
    """Do without the app; with the last factor the recovery codes go too.

    Raises `second_factor_needed`.
    """
    has_passkeys = bool(factors_of(user.id).passkeys)
    if required and not has_passkeys:
        raise DomainError("second_factor_needed", status=409)
    db.session.execute(delete(Authenticator).where(Authenticator.user_id == user.id))
    if not has_passkeys:
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    tell_change(now, user.id, user, AccessChange.AUTHENTICATOR_REMOVED)


def make_codes(now: datetime, user: User) -> tuple[str, ...]:
    """New recovery codes, shown this once; those before them are void."""
    tell_change(now, user.id, user, AccessChange.CODES_MADE)
    return _fresh_codes(user)


def _fresh_codes(user: User) -> tuple[str, ...]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(CODES)]
    db.session.add_all(RecoveryCode(user_id=user.id, code_hash=hash_of(code)) for code in codes)
    return tuple(grouped(code) for code in codes)


def give_code(now: datetime, user_id: int, typed: str, *, secret_key: str) -> Second:
    """Take a code at sign-in, from the app or a recovery code, and only once.

    Raises `code_wrong`, or `sign_in_locked` (429): attempts count with those at the password.
    The caller must commit, also when this raises.
    """
    user = locked(user_id)
    check_not_locked(now, user, "code")
    code = cleaned(typed)
    by_app = is_of_authenticator(code)
    if not (_take_step(now, user, code, secret_key) if by_app else _take_recovery(now, user, code)):
        fail(now, user)
        raise DomainError("code_wrong", field="code")
    user.failures, user.locked_until = 0, None
    return Second.AUTHENTICATOR if by_app else Second.RECOVERY_CODE


def _take_step(now: datetime, user: User, code: str, secret_key: str) -> bool:
    row = db.session.get(Authenticator, user.id)
    secret = unseal(secret_key, row.sealed, about=_about(user)) if row and row.sealed else None
    step = matching_step(secret, code, now, after=row.last_step) if row and secret else None
    if row is None or step is None:
        return False
    row.last_step = step
    return True


def _take_recovery(now: datetime, user: User, code: str) -> bool:
    unused = RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None)
    query = update(RecoveryCode).where(*unused, RecoveryCode.code_hash == hash_of(code))
    found = db.session.scalar(query.values(used_at=now).returning(RecoveryCode.id))
    if found is None:
        return False
    tell_change(now, user.id, user, AccessChange.CODE_USED)
    return True


def reset(actor: Actor, now: datetime, user: User) -> None:
    """Take somebody's second factors away, who lost them; their sessions end, a mail tells them.

    Raises `not_allowed`, or `own_second_factor`: one's own are changed with the password.
    """
    if actor.user_id == user.id:
        raise DomainError("own_second_factor", status=409)
    check_reach_over(actor, [held.body_id for held in user.roles])
    clear(now, actor.user_id, user)


def clear(now: datetime, actor_id: int | None, user: User) -> None:
    """`reset` for who runs the machine: the last administrator may be the one locked out."""
    for factor in (Authenticator, Passkey, RecoveryCode):
        db.session.execute(delete(factor).where(factor.user_id == user.id))
    end_everything(user)
    tell_change(now, actor_id, user, AccessChange.RESET)
