"""What a workshop report holds: the shapes that the parser gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.domain.participation_messages import MESSAGES
from portal.domain.submissions import Governorate


@dataclass(frozen=True)
class ReportWarning:
    """Something odd in the report: kept as it is and pointed out. `line` counts from 1."""

    code: str
    line: int | None
    params: Mapping[str, object]

    @property
    def message(self) -> str:
        """The warning in English, for programs; pages word it from `code` and `params`."""
        return MESSAGES[self.code].format(**self.params)


@dataclass(frozen=True)
class Attendance:
    """Heads counted, each None where the report does not say."""

    total: int | None
    women: int | None
    men: int | None


@dataclass(frozen=True)
class Bullet:
    """One recommendation or indicator in the report's words, and the line where it begins."""

    text: str
    line: int


@dataclass(frozen=True)
class Axis:
    """An axis of a document; `number` is None for what stands under no axis."""

    number: int | None
    title: str
    recommendations: tuple[Bullet, ...]
    indicators: tuple[Bullet, ...]


@dataclass(frozen=True)
class WorkshopDocument:
    """A document discussed; `number` is None for bullets that stand under no document."""

    number: int | None
    title: str
    axes: tuple[Axis, ...]


@dataclass(frozen=True)
class WorkshopReport:
    """A report as read. `governorates` are as written, `governorate_codes` those recognised."""

    held_on: date | None
    date_text: str
    place: str
    attendance: Attendance | None
    governorates: tuple[str, ...]
    governorate_codes: tuple[Governorate, ...]
    documents: tuple[WorkshopDocument, ...]
    warnings: tuple[ReportWarning, ...]

    @property
    def recommendation_count(self) -> int:
        return sum(len(axis.recommendations) for doc in self.documents for axis in doc.axes)

    @property
    def indicator_count(self) -> int:
        return sum(len(axis.indicators) for doc in self.documents for axis in doc.axes)
