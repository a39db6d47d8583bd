"""How the list of what is to be answered is narrowed: what its address says, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.domain.comments import CommentType, Publication
from portal.domain.given_numbers import whole
from portal.domain.studying import Assigned, Order, Shown
from portal.domain.submissions import Channel, SenderClass
from portal.queries.studying import Wanted
from portal.web.forms.codes import code_in

WITHOUT = "none"


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of an address. `article` is `DOCUMENT_NUMBER:ARTICLE`; `theme` the id of one, or
    `none` for rows without any; `group` a group's id, whose members stand each on its own."""

    show: Shown | None = None
    article: str = ""
    theme: str = ""
    sender_class: SenderClass | None = None
    channel: Channel | None = None
    type: CommentType | None = None
    status: Publication | None = None
    assigned: Assigned | None = None
    proposes: bool = False
    apart: bool = False
    group: int | None = None
    order: Order = Order.ARTICLE

    def args(self, **changed: Any) -> dict[str, Any]:
        """For an address: only what differs from the list as it is first met."""
        found = {
            "show": self.show,
            "article": self.article,
            "theme": self.theme,
            "class": self.sender_class,
            "channel": self.channel,
            "type": self.type,
            "status": self.status,
            "assigned": self.assigned,
            "proposes": "1" if self.proposes else "",
            "apart": "1" if self.apart else "",
            "group": str(self.group or ""),
            "order": self.order if self.order is not Order.ARTICLE else "",
            **changed,
        }
        return {name: str(value) for name, value in found.items() if value}


def asked_of(args: Mapping[str, str]) -> Asked:
    """What an address asks for; what is none of the choices narrows nothing."""
    theme = args.get("theme", "")
    return Asked(
        show=code_in(Shown, args.get("show")),
        article=args.get("article", "")[:220],
        theme=theme if theme == WITHOUT or whole(theme) else "",
        sender_class=code_in(SenderClass, args.get("class")),
        channel=code_in(Channel, args.get("channel")),
        type=code_in(CommentType, args.get("type")),
        status=code_in(Publication, args.get("status")),
        assigned=code_in(Assigned, args.get("assigned")),
        proposes=args.get("proposes") == "1",
        apart=args.get("apart") == "1",
        group=whole(args.get("group", "")),
        order=code_in(Order, args.get("order")) or Order.ARTICLE,
    )


def wanted_of(
    asked: Asked, documents: Mapping[int, int], user_id: int | None, today: date
) -> Wanted:
    """What to read for an address; `documents` gives the id of each by its number."""
    number, _colon, article = asked.article.partition(":")
    document_id = documents.get(whole(number) or 0)
    return Wanted(
        user_id=user_id,
        today=today,
        shown=asked.show,
        document_id=document_id,
        article=article if document_id else "",
        theme_id=whole(asked.theme),
        themed=asked.theme != WITHOUT,
        sender_class=asked.sender_class,
        channel=asked.channel,
        type=asked.type,
        publication=asked.status,
        assigned=asked.assigned,
        proposes=asked.proposes,
        group_id=asked.group,
        apart=asked.apart,
        order=asked.order,
    )
