"""The life of a consultation as a line of stages, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from portal.domain.consultations import Phase
from portal.queries.consultations import ConsultationPage

ORDER = (Phase.ANNOUNCED, Phase.OPEN, Phase.CLOSED, Phase.ANSWERED, Phase.CONCLUDED)


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    when: datetime | None
    done: bool
    current: bool


def stages(page: ConsultationPage, answered: datetime | None) -> list[Stage]:
    """Every stage with its day; a withdrawn consultation has no present one."""
    names = (_("Announced"), _("Open"), _("Under study"), _("Response matrix"), _("Final text"))
    days = (
        page.dates.announced_at,
        page.dates.opens_at,
        page.dates.closes_at,
        answered,
        page.dates.concluded_at,
    )
    phase = Phase.CONCLUDED if page.phase is Phase.ARCHIVED else page.phase
    at = ORDER.index(phase) if phase in ORDER else -1
    return [
        Stage(name, when, index < at, index == at)
        for index, (name, when) in enumerate(zip(names, days, strict=True))
    ]
