"""The gate: every request passes the permission table before its view runs. Deny by default.

A view names its act with `@act(Act.X)`. Routes about one consultation carry its `slug`, and what
they show is looked up inside that consultation, so one check answers for the object too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.domain.accounts import CITIZEN, Actor, Role
from portal.domain.errors import DomainError
from portal.policies.table import TABLE, Act, authorise, in_phase, may
from portal.queries.consultations import Scope, find_scope
from portal.web.moment import now

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def act(named: Act, *, phase_in_view: bool = False) -> Callable[[View], View]:
    """Name the act of a view. `phase_in_view`: the view answers for the phase (`check_phase`),
    because it has something typed to give back."""

    def mark(view: View) -> View:
        view.act = named  # type: ignore[attr-defined]
        view.phase_in_view = phase_in_view  # type: ignore[attr-defined]
        return view

    return mark


def act_of(endpoint: str | None) -> Act | None:
    """The act that `endpoint` named; None for a route without a row."""
    view: Any = current_app.view_functions.get(endpoint or "")
    return getattr(view, "act", None)


def is_public(named: Act) -> bool:
    """True where anybody may: such a route reads no session and knows no user."""
    return Role.CITIZEN in TABLE[named].roles


def scope() -> Scope:
    """The consultation that this request is about, as the gate found it."""
    found: Scope = g.scope
    return found


def actor() -> Actor:
    """Who asks: the signed-in member of staff, or a citizen."""
    asking: Actor = g.actor
    return asking


def can(named: Act) -> bool:
    """Whether who asks may do `named` to this consultation now: what is not, no page offers."""
    place = scope()
    return may(actor(), named, body_id=place.body_id) and in_phase(named, place.phase)


def check_phase() -> None:
    """Raise `wrong_phase` where the act is not for this phase (for `phase_in_view`)."""
    named = act_of(request.endpoint)
    if named is None:
        raise DomainError("not_found", status=404)
    authorise(actor(), named, body_id=scope().body_id, phase=scope().phase)


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    named = act_of(request.endpoint)
    if named is None:
        raise DomainError("not_allowed", status=403, act="")
    g.actor = CITIZEN if is_public(named) else getattr(current_user, "actor", CITIZEN)
    if not is_public(named) and g.actor is CITIZEN:
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("account.sign_in", next=back))
    if g.actor is not CITIZEN and named is not Act.OWN_ACCOUNT and current_user.owes_second:
        return redirect(url_for("account.security"))
    slug = (request.view_args or {}).get("slug")
    if slug is None:
        if not may(g.actor, named):
            raise DomainError("not_allowed", status=403, act=named)
    else:
        _guard_scope(named, slug)
    g.passed = True  # from here on, what is done was allowed, and is noted (`web.activity`)
    return None


def _guard_scope(named: Act, slug: str) -> None:
    found = find_scope(slug, now())
    # A consultation that may not be read here does not exist, as far as the answer tells.
    hidden = found is None or (is_public(named) and not found.public)
    if found is None or hidden:
        raise DomainError("not_found", status=404)
    g.scope = found
    if not may(g.actor, named, body_id=found.body_id):
        raise DomainError("not_allowed", status=403, act=named)
    view: Any = current_app.view_functions[request.endpoint or ""]
    if not view.phase_in_view:
        authorise(g.actor, named, body_id=found.body_id, phase=found.phase)


def init_app(app: Flask) -> None:
    app.before_request(_guard)
