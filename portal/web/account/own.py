"""What the pages of one's own account have in common."""

from __future__ import annotations

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.domain.passkeys import RelyingParty, relying_party
from portal.domain.sessions import PROVED_FOR
from portal.models import User, db
from portal.web.moment import now


def own_user() -> User:
    """Who is signed in."""
    return db.session.get_one(User, int(current_user.id))


def to_prove() -> ResponseReturnValue | None:
    """To the page that asks for the password, where it was not given lately."""
    if now() - current_user.held.proved_at < PROVED_FOR:
        return None
    return redirect(url_for("account.prove"))


def party() -> RelyingParty:
    """For whom passkeys are made: the portal at its public address."""
    return relying_party(current_app.extensions["settings"].base_url)
