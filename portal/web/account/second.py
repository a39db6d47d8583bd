"""Signing in, second step: a passkey, a code of the authenticator app, or a recovery code."""

from __future__ import annotations

import structlog
from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.adapters.passkeys import request_options
from portal.domain.errors import DomainError
from portal.domain.second_factor import Second
from portal.models import DeskSession, User, db
from portal.policies.table import Act
from portal.queries.sessions import HeldSession, factors_of, find_session
from portal.services.passkeys import give as give_passkey
from portal.services.second_factor import give_code
from portal.web.account.blueprint import bp
from portal.web.account.own import party
from portal.web.account.sessions import kept_token, let_in
from portal.web.forms.accounts import CodeForm
from portal.web.forms.refusals import show
from portal.web.gate import act
from portal.web.moment import now
from portal.web.transactions import keep

log = structlog.get_logger()


def _waiting() -> HeldSession | None:
    """What was begun with the password in this browser, some minutes ago at most."""
    held = find_session(now(), kept_token())
    return held if held is not None and held.waiting else None


def _again() -> ResponseReturnValue:
    flash(_("Sign in again: the second step must follow within ten minutes."))
    return redirect(url_for("account.sign_in"))


def _page(held: HeldSession, form: CodeForm, error: DomainError | None = None) -> str:
    factors = factors_of(held.user_id)
    # Read anew: an answer, right or wrong, has used the one before.
    challenge = db.session.get_one(DeskSession, held.id).challenge
    return render_template(
        "account/second.html",
        form=form,
        errors=show(form, error) if error else [],
        factors=factors,
        options=request_options(party(), challenge, factors.credentials),
        origin=party().origin,
    )


def _refused(held: HeldSession, form: CodeForm, error: DomainError) -> ResponseReturnValue:
    log.warning("second_step_refused", user=held.user_id, code=error.code)
    return _page(held, form, error), error.status


def _enter(held: HeldSession, proof: Second) -> ResponseReturnValue:
    back = session.get("next") or url_for("desk.inbox")
    let_in(db.session.get_one(User, held.user_id), proof, held.proved_at)
    if proof is Second.RECOVERY_CODE:
        left = factors_of(held.user_id).codes_left
        flash(_("You used a recovery code. Codes left: %(left)s.", left=left))
    return redirect(back)


@bp.get("/second", endpoint="second")
@act(Act.SIGN_IN)
def second_form() -> ResponseReturnValue:
    held = _waiting()
    return _page(held, CodeForm()) if held else _again()


@bp.post("/second")
@act(Act.SIGN_IN)
def second_submit() -> ResponseReturnValue:
    held, form = _waiting(), CodeForm(request.form)
    if held is None:
        return _again()
    keep()  # a failure is counted although the answer is a refusal
    secret_key = current_app.extensions["settings"].secret_key
    try:
        proof = give_code(now(), held.user_id, form.code.data or "", secret_key=secret_key)
    except DomainError as error:
        return _refused(held, form, error)
    return _enter(held, proof)


@bp.post("/second/passkey")
@act(Act.SIGN_IN)
def second_passkey() -> ResponseReturnValue:
    held, answer = _waiting(), request.form.get("answer", "")
    if held is None:
        return _again()
    keep()
    try:
        proof = give_passkey(now(), held.user_id, answer, session_id=held.id, party=party())
    except DomainError as error:
        return _refused(held, CodeForm(), error)
    return _enter(held, proof)
