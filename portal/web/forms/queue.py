"""How the queue is narrowed: what its address says, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from portal.domain.comments import Publication
from portal.domain.hints import HintKind
from portal.domain.submissions import Channel, SenderClass
from portal.queries.consultations import Listed
from portal.queries.drafts import DocumentView
from portal.queries.queue import Wanted
from portal.web.forms.codes import code_in

AGES = (1, 2, 5, 10, 30)


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of an address. `article` is `DOCUMENT_NUMBER:ARTICLE`; `age` in days, 0 for any;
    `status` None for what waits."""

    consultation: str = ""
    article: str = ""
    status: Publication | None = None
    channel: Channel | None = None
    sender_class: SenderClass | None = None
    hint: HintKind | None = None
    age: int = 0
    overdue: bool = False
    mine: bool = False

    def args(self) -> dict[str, Any]:
        """For an address: only what narrows."""
        found = {
            "consultation": self.consultation,
            "article": self.article,
            "status": self.status.value if self.status else "",
            "channel": self.channel.value if self.channel else "",
            "class": self.sender_class.value if self.sender_class else "",
            "hint": self.hint.value if self.hint else "",
            "age": str(self.age) if self.age else "",
            "overdue": "1" if self.overdue else "",
            "mine": "1" if self.mine else "",
        }
        return {name: value for name, value in found.items() if value}


def asked_of(args: Mapping[str, str]) -> Asked:
    """What an address asks for; what is none of the choices narrows nothing."""
    age = args.get("age", "")
    return Asked(
        consultation=args.get("consultation", "")[:80],
        article=args.get("article", "")[:220],
        status=code_in(Publication, args.get("status", "")),
        channel=code_in(Channel, args.get("channel", "")),
        sender_class=code_in(SenderClass, args.get("class", "")),
        hint=code_in(HintKind, args.get("hint", "")),
        age=int(age) if age in {str(each) for each in AGES} else 0,
        overdue=args.get("overdue") == "1",
        mine=args.get("mine") == "1",
    )


def within(asked: Asked, found: tuple[Listed, ...]) -> tuple[Asked, Listed | None]:
    """The consultation that is asked for, of those that may be; an article without one is none."""
    chosen = next((each for each in found if each.slug == asked.consultation), None)
    if chosen is None:
        return replace(asked, consultation="", article=""), None
    return asked, chosen


def wanted_of(
    asked: Asked,
    chosen: Listed | None,
    documents: tuple[DocumentView, ...],
    now: datetime,
    overdue_before: datetime,
) -> Wanted:
    """What to read for an address."""
    number, _, article = asked.article.partition(":")
    ids = [each.id for each in documents if str(each.number) == number]
    limits = [overdue_before] if asked.overdue else []
    limits += [now - timedelta(days=asked.age)] if asked.age else []
    return Wanted(
        consultation_id=chosen.id if chosen else None,
        place=f"{ids[0]}:{article}" if ids and article else "",
        channel=asked.channel,
        sender_class=asked.sender_class,
        hint=asked.hint,
        before=min(limits, default=None),
        mine=asked.mine,
    )
