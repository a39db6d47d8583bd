"""Every act of staff that comes through a form is written down, whichever view answers it.

Deny by default: a new route is noted without anybody thinking of it; what is not is listed here.
"""

from __future__ import annotations

from flask import g, request

from portal.domain.accounts import CITIZEN
from portal.services import activity
from portal.web.moment import now

# Forms that do nothing yet: what they show or keep is for whoever sent them alone.
NO_ACTS = frozenset(
    {
        "desk.preview_decision",  # the notice as its author would read it
        "desk.preview_appeal",
        "desk.response_presence",  # sent by the page itself while it stands open
        "desk.response_keep",  # a half-written answer, kept while it is being typed
        "account.offer_authenticator",  # nothing holds until it is confirmed
        "account.offer_passkey",
    }
)


def note_act() -> None:
    """Note this request, if a member of staff did something with it; the caller commits."""
    actor = g.get("actor", CITIZEN)
    if not g.get("passed") or actor is CITIZEN or request.endpoint in NO_ACTS:
        return
    place = g.get("scope")
    activity.note(
        actor,
        now(),
        str(request.endpoint),
        consultation_id=place.id if place else None,
        about=request.view_args or {},
    )
