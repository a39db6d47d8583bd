"""Signing on with an OpenID Connect provider: there, and back again.

Whoever comes back is let in as who gives the password is: the second factor is still asked for,
but where the provider says that it asked for one. Changes to the account ask for the password.
"""

from __future__ import annotations

from typing import Any

import structlog
from flask import (
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.adapters.database import unit_of_work
from portal.adapters.sign_on import ProviderAwayError, ProviderRefusedError, begin, finish
from portal.domain.errors import DomainError
from portal.domain.second_factor import Second
from portal.domain.sessions import PROVED_FOR
from portal.domain.sign_on import Asked, Provider, Vouched, reason
from portal.models import User
from portal.policies.table import Act
from portal.queries.sessions import factors_of
from portal.services import sign_on as service
from portal.web.account.blueprint import bp
from portal.web.account.own import own_user, to_prove
from portal.web.account.sessions import ask_second, let_in
from portal.web.account.targets import safe
from portal.web.forms.accounts import SignInForm
from portal.web.forms.refusals import show
from portal.web.gate import act, actor
from portal.web.languages import DEFAULT, current
from portal.web.links import absolute
from portal.web.moment import now

KEPT = "sign_on"
log = structlog.get_logger()


def _provider() -> Provider:
    provider: Provider | None = current_app.extensions["settings"].sign_on
    if provider is None:
        raise DomainError("not_found", status=404)
    return provider


@bp.context_processor
def _offered() -> dict[str, Any]:
    return {"sign_on": current_app.extensions["settings"].sign_on}


def _returns() -> str:
    """One address of return for both languages, as providers want it registered."""
    return absolute("account.sign_on_return", lang=DEFAULT)


def _refused(error: DomainError, back: str) -> ResponseReturnValue:
    log.warning("sign_on_refused", code=error.code)
    form = SignInForm()
    page = render_template("account/sign_in.html", form=form, errors=show(form, error), back=back)
    return page, error.status


@bp.get("/sign-on", endpoint="sign_on")
@act(Act.SIGN_IN)
def leave_for_provider() -> ResponseReturnValue:
    provider, back = _provider(), safe(request.args.get("next", ""))
    # Somebody chose it here: no other site signs people in behind their backs.
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return redirect(url_for("account.sign_in", next=back or None))
    try:
        address, asked = begin(provider, now(), returns=_returns(), back=back, lang=current())
    except (ProviderAwayError, ProviderRefusedError) as error:
        log.warning("provider_away", why=str(error))
        return _refused(DomainError("provider_away", status=503), back)
    session[KEPT] = list(asked)
    return redirect(address)


@bp.get("/sign-on/return")
@act(Act.SIGN_IN)
def sign_on_return() -> ResponseReturnValue:
    provider, kept = _provider(), session.get(KEPT)
    asked = Asked(*kept) if kept else None
    if asked is not None and asked.lang != current():
        there: dict[str, Any] = {**request.args.to_dict(), "lang": asked.lang}
        return redirect(url_for("account.sign_on_return", **there))
    session.pop(KEPT, None)  # it is good once
    try:
        if asked is None or not asked.holds(now(), request.args.get("state", "")):
            raise DomainError("sign_on_lost", status=400)
        _check_answer(provider)
        vouched = _vouched(provider, asked)
        return _enter(provider, vouched, asked.back)
    except DomainError as error:
        return _refused(error, asked.back if asked else "")


def _check_answer(provider: Provider) -> None:
    """What the provider says in the address; another one's answer is none (RFC 9207)."""
    error = request.args.get("error", "")
    if error == "access_denied":
        raise DomainError("sign_on_cancelled", status=403)
    if error:
        raise DomainError("provider_error", status=502, reason=reason(error))
    if request.args.get("iss", provider.issuer) != provider.issuer or "code" not in request.args:
        raise DomainError("provider_refused", status=502)


def _vouched(provider: Provider, asked: Asked) -> Vouched:
    try:
        return finish(provider, now(), asked, request.args["code"], returns=_returns())
    except ProviderAwayError as error:
        log.warning("provider_away", why=str(error))
        raise DomainError("provider_away", status=503) from error
    except ProviderRefusedError as error:
        log.warning("provider_refused", why=str(error))
        raise DomainError("provider_refused", status=502) from error


def _enter(provider: Provider, vouched: Vouched, back: str) -> ResponseReturnValue:
    # Asked with GET, as providers send people back, and written in one transaction all the same.
    with unit_of_work():
        production = current_app.extensions["settings"].production
        user = service.enter(now(), provider.issuer, vouched, production=production)
        waits = not vouched.strong and factors_of(user.id).any
        _begin(user, back, strong=vouched.strong, waits=waits)
    return redirect(url_for("account.second") if waits else back or url_for("desk.inbox"))


def _begin(user: User, back: str, *, strong: bool, waits: bool) -> None:
    # Nobody gave the password: a provider may let in whoever sits down before an open browser.
    long_ago = now() - PROVED_FOR
    if waits:
        ask_second(user, back, long_ago)
    else:
        let_in(user, Second.PROVIDER if strong else None, long_ago)


@bp.post("/sign-on/unlink")
@act(Act.OWN_ACCOUNT)
def unlink_sign_on() -> ResponseReturnValue:
    asked = to_prove()
    if asked is None:
        service.unlink(actor(), now(), own_user())
        flash(_("The link to your organisation's sign-on is removed."))
    return asked or redirect(url_for("account.security"))
