"""One's own account: where one is signed in, the second factor, recovery codes.

What changes the way in asks for the password again, unless it was given minutes ago.
"""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.adapters.authenticators import picture
from portal.domain.errors import DomainError
from portal.domain.second_factor import grouped
from portal.policies.table import Act
from portal.queries.sessions import factors_of, linked_since, list_sessions
from portal.services import second_factor, sessions
from portal.web.account.blueprint import bp
from portal.web.account.own import own_user, to_prove
from portal.web.forms.accounts import CodeForm, ProveForm
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act
from portal.web.moment import now
from portal.web.transactions import keep


def _key() -> str:
    secret_key: str = current_app.extensions["settings"].secret_key
    return secret_key


@bp.get("/security")
@act(Act.OWN_ACCOUNT)
def security() -> ResponseReturnValue:
    return render_template(
        "account/security.html",
        sessions=list_sessions(now(), current_user.id),
        factors=factors_of(current_user.id),
        linked_at=linked_since(current_user.id),
        staff=current_user,
    )


@bp.get("/prove")
@act(Act.OWN_ACCOUNT)
def prove() -> ResponseReturnValue:
    return render_template("account/prove.html", form=ProveForm(), errors=[])


@bp.post("/prove")
@act(Act.OWN_ACCOUNT)
def prove_submit() -> ResponseReturnValue:
    form, held = ProveForm(request.form), current_user.held
    keep()  # a failure is counted although the answer is a refusal
    try:
        sessions.prove(now(), current_user.id, held.id, password=form.current.data or "")
    except DomainError as error:
        errors = show(form, error)
        return render_template("account/prove.html", form=form, errors=errors), error.status
    flash(_("Thank you. Now choose again what you wanted to change."))
    return redirect(url_for("account.security"))


@bp.post("/sessions/<int:session_id>/end")
@act(Act.OWN_ACCOUNT)
def end_session(session_id: int) -> ResponseReturnValue:
    sessions.end(now(), own_user(), session_id)
    flash(_("The session has ended."))
    return redirect(url_for("account.security"))


@bp.post("/sessions/end-others")
@act(Act.OWN_ACCOUNT)
def end_other_sessions() -> ResponseReturnValue:
    sessions.end_others(now(), own_user(), but=current_user.held.id)
    flash(_("All other sessions have ended."))
    return redirect(url_for("account.security"))


@bp.post("/authenticator")
@act(Act.OWN_ACCOUNT)
def offer_authenticator() -> ResponseReturnValue:
    asked = to_prove()
    if asked is None:
        second_factor.offer_authenticator(own_user(), secret_key=_key())
    return asked or redirect(url_for("account.authenticator"))


@bp.get("/authenticator")
@act(Act.OWN_ACCOUNT)
def authenticator() -> ResponseReturnValue:
    return to_prove() or _authenticator(CodeForm(), [])


def _authenticator(form: CodeForm, errors: Summary) -> str:
    secret = second_factor.offered_secret(own_user(), secret_key=_key())
    return render_template(
        "account/authenticator.html",
        form=form,
        errors=errors,
        picture=picture(secret, current_user.email),
        secret=grouped(secret).replace("-", " "),
    )


@bp.post("/authenticator/confirm")
@act(Act.OWN_ACCOUNT)
def confirm_authenticator() -> ResponseReturnValue:
    form, asked = CodeForm(request.form), to_prove()
    if asked is not None:
        return asked
    try:
        codes = second_factor.confirm_authenticator(
            now(),
            own_user(),
            form.code.data or "",
            session_id=current_user.held.id,
            secret_key=_key(),
        )
    except DomainError as error:
        if error.field is None:
            raise
        return _authenticator(form, show(form, error)), error.status
    return render_template("account/codes.html", codes=codes)


@bp.post("/authenticator/remove")
@act(Act.OWN_ACCOUNT)
def remove_authenticator() -> ResponseReturnValue:
    asked = to_prove()
    if asked is None:
        required = current_user.needs_second
        second_factor.remove_authenticator(now(), own_user(), required=required)
        if not factors_of(current_user.id).any:
            flash(_("You sign in with the password alone now."))
    return asked or redirect(url_for("account.security"))


@bp.post("/recovery-codes")
@act(Act.OWN_ACCOUNT)
def make_codes() -> ResponseReturnValue:
    asked = to_prove()
    if asked is not None:
        return asked
    if not factors_of(current_user.id).any:
        raise DomainError("authenticator_not_begun", status=409)
    return render_template("account/codes.html", codes=second_factor.make_codes(now(), own_user()))
