"""Signing in and out, accepting an invitation, a new password."""

from __future__ import annotations

import structlog
from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from portal.domain.errors import DomainError
from portal.models import User, db
from portal.policies.table import Act
from portal.queries.sessions import factors_of
from portal.services.accounts import accept_invitation, change_password, find_invitation, sign_in
from portal.services.sessions import leave
from portal.web.account.blueprint import bp
from portal.web.account.sessions import ask_second, kept_token, let_in
from portal.web.account.targets import safe
from portal.web.forms.accounts import ChangePasswordForm, NewPasswordForm, SignInForm
from portal.web.forms.refusals import show
from portal.web.gate import act
from portal.web.moment import now
from portal.web.transactions import keep

log = structlog.get_logger()


@bp.get("/sign-in", endpoint="sign_in")
@act(Act.SIGN_IN)
def sign_in_form() -> ResponseReturnValue:
    return render_template("account/sign_in.html", form=SignInForm(), errors=[])


@bp.post("/sign-in", endpoint="sign_in_submit")
@act(Act.SIGN_IN)
def sign_in_submit() -> ResponseReturnValue:
    form = SignInForm(request.form)
    keep()  # a failure is counted although the answer is a refusal
    try:
        user = sign_in(
            now(),
            email=form.email.data or "",
            password=form.password.data or "",
            production=current_app.extensions["settings"].production,
        )
    except DomainError as error:
        log.warning("sign_in_refused", code=error.code)
        errors = show(form, error)
        return render_template("account/sign_in.html", form=form, errors=errors), error.status
    back = safe(request.args.get("next", ""))
    if factors_of(user.id).any:
        ask_second(user, back)
        return redirect(url_for("account.second"))
    let_in(user)
    return redirect(back or url_for("desk.inbox"))


@bp.post("/sign-out")
@act(Act.OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    leave(kept_token())
    logout_user()
    session.clear()
    answer = redirect(url_for("account.sign_in"))
    # Not the storage: there lie comments that somebody is writing in public.
    answer.headers["Clear-Site-Data"] = '"cache", "cookies"'
    return answer


@bp.get("/invitations/<token>")
@act(Act.ACCEPT_INVITATION)
def accept(token: str) -> ResponseReturnValue:
    found = find_invitation(now(), token)
    return render_template(
        "account/accept.html", form=NewPasswordForm(), invitation=found, errors=[]
    )


@bp.post("/invitations/<token>")
@act(Act.ACCEPT_INVITATION)
def accept_submit(token: str) -> ResponseReturnValue:
    form = NewPasswordForm(request.form)
    found = find_invitation(now(), token)
    try:
        user = accept_invitation(now(), token, password=form.password.data or "")
    except DomainError as error:
        errors = show(form, error)
        page = render_template("account/accept.html", form=form, invitation=found, errors=errors)
        return page, error.status
    let_in(user)
    return redirect(url_for("desk.inbox"))


@bp.get("/password")
@act(Act.OWN_ACCOUNT)
def password() -> ResponseReturnValue:
    return render_template("account/password.html", form=ChangePasswordForm(), errors=[])


@bp.post("/password")
@act(Act.OWN_ACCOUNT)
def password_submit() -> ResponseReturnValue:
    form = ChangePasswordForm(request.form)
    user, second = db.session.get_one(User, int(current_user.id)), current_user.held.second
    keep()  # a wrong password is counted
    try:
        change_password(now(), user, current=form.current.data or "", new=form.password.data or "")
    except DomainError as error:
        errors = show(form, error)
        return render_template("account/password.html", form=form, errors=errors), error.status
    let_in(user, second)
    flash(_("The password is changed. Other sessions have ended."))
    return redirect(url_for("desk.inbox"))
