"""What the head of the desk shows to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from portal.domain.accounts import CITIZEN
from portal.policies.table import Act, may
from portal.web.desk.blueprint import bp


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url: str
    current: bool


def items() -> list[Item]:
    """The desk's main places, for the roles of who asks."""
    places = (
        ("desk.inbox", _("Inbox"), Act.ENTER_DESK),
        ("desk.moderation_queue", _("Moderation"), Act.READ_QUEUE),
        ("desk.appeals", _("Appeals"), Act.READ_QUEUE),
        ("desk.consultations", _("Consultations"), Act.OPEN_FILE),
        ("desk.people", _("People"), Act.MANAGE_PEOPLE),
        ("desk.bodies", _("Public bodies"), Act.MANAGE_BODIES),
        ("desk.activity", _("Activity"), Act.READ_ACTIVITY),
    )
    asking = g.get("actor", CITIZEN)
    return [
        Item(words, url_for(endpoint), request.endpoint == endpoint)
        for endpoint, words, named in places
        if may(asking, named)
    ]


def for_desk() -> dict[str, Any]:
    """What the layout of the desk shows of who is signed in."""
    if not getattr(current_user, "is_authenticated", False):
        return {}
    return {"desk_nav": items(), "staff_name": current_user.name}


bp.context_processor(for_desk)
