"""Documents and axes of a workshop report while it is being read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.domain.participation_report import Axis, Bullet, WorkshopDocument
from portal.domain.text import fold

# Title and line of the documents that a report lists, by number.
Listed = Mapping[int, tuple[str, int]]


@dataclass
class OpenAxis:
    number: int | None
    title: str
    line: int
    recommendations: list[Bullet] = field(default_factory=list)
    indicators: list[Bullet] = field(default_factory=list)

    def closed(self) -> Axis:
        return Axis(self.number, self.title, tuple(self.recommendations), tuple(self.indicators))


@dataclass
class OpenDocument:
    number: int | None
    title: str
    line: int | None
    axes: list[OpenAxis] = field(default_factory=list)

    def closed(self) -> WorkshopDocument:
        return WorkshopDocument(self.number, self.title, tuple(axis.closed() for axis in self.axes))


def span(first: int, last: int) -> str:
    """`first`, or `first-last` where they differ."""
    return str(first) if first == last else f"{first}-{last}"


def bullets(document: OpenDocument) -> list[Bullet]:
    """Every bullet of `document`, axis by axis."""
    return [
        bullet for axis in document.axes for bullet in (*axis.recommendations, *axis.indicators)
    ]


def title_key(title: str) -> str:
    """The form in which two titles are compared: spelling, white space and last stop aside."""
    return " ".join(fold(title).split()).rstrip(" .،:؛")
