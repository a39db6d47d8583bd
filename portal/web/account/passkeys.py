"""One's own passkeys: one more, one less."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.adapters.passkeys import creation_options
from portal.domain.errors import DomainError
from portal.domain.passkeys import handle_of
from portal.models import DeskSession, db
from portal.policies.table import Act
from portal.queries.sessions import factors_of
from portal.services import passkeys, second_factor
from portal.web.account.blueprint import bp
from portal.web.account.own import own_user, party, to_prove
from portal.web.forms.accounts import PasskeyForm
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act
from portal.web.moment import now
from portal.web.transactions import keep


@bp.post("/passkeys")
@act(Act.OWN_ACCOUNT)
def offer_passkey() -> ResponseReturnValue:
    asked = to_prove()
    if asked is None:
        passkeys.offer(current_user.held.id)
    return asked or redirect(url_for("account.new_passkey"))


@bp.get("/passkeys/new")
@act(Act.OWN_ACCOUNT)
def new_passkey() -> ResponseReturnValue:
    return to_prove() or _form(PasskeyForm(), [])


def _form(form: PasskeyForm, errors: Summary) -> str:
    challenge = db.session.get_one(DeskSession, current_user.held.id).challenge
    if not challenge:
        raise DomainError("passkey_not_begun", status=404)
    options = creation_options(
        party(),
        challenge,
        handle=handle_of(party(), current_user.id),
        name=current_user.email,
        known=factors_of(current_user.id).credentials,
    )
    return render_template(
        "account/passkey.html", form=form, errors=errors, options=options, origin=party().origin
    )


@bp.post("/passkeys/new")
@act(Act.OWN_ACCOUNT)
def add_passkey() -> ResponseReturnValue:
    form, asked = PasskeyForm(request.form), to_prove()
    if asked is not None:
        return asked
    keep()  # a challenge is answered once, also wrongly
    try:
        passkeys.add(
            now(),
            current_user.id,
            form.answer.data or "",
            name=form.name.data or "",
            session_id=current_user.held.id,
            party=party(),
        )
    except DomainError as error:
        return _form(form, show(form, error)), error.status
    if factors_of(current_user.id).codes_left:
        flash(_("The passkey is added. Your other sessions have ended."))
        return redirect(url_for("account.security"))
    return render_template("account/codes.html", codes=second_factor.make_codes(now(), own_user()))


@bp.post("/passkeys/<int:passkey_id>/remove")
@act(Act.OWN_ACCOUNT)
def remove_passkey(passkey_id: int) -> ResponseReturnValue:
    asked = to_prove()
    if asked is None:
        passkeys.remove(now(), own_user(), passkey_id, required=current_user.needs_second)
        flash(_("The passkey is removed. Delete it on your device too."))
    return asked or redirect(url_for("account.security"))
