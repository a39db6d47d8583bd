"""A place of change: where a response, or a drafter's own reason, points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A provision that changed: its id in the later version, marked (`citations.gone`) if lost."""

    version_id: int
    eid: str
