"""Comments reflected in the text (DOMAIN.md, third promise): what is accepted has changed the text,
what changed is explained, what is cited stands. One table; desk, check and publication ask it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.errors import DomainError
from portal.domain.places import Place


class Unreflected(StrEnum):
    """What is wrong between responses and changes."""

    ACCEPTED_UNCHANGED = "accepted_unchanged"  # accepted, and no change is cited
    UNEXPLAINED = "unexplained"  # changed, and nobody cites it nor says why
    CITED_UNCHANGED = "cited_unchanged"  # cited, and the text did not change there
    CITED_UNDONE = "cited_undone"  # cited, and a later version has the words as before


CODES: dict[Unreflected, str] = {
    Unreflected.ACCEPTED_UNCHANGED: "change_missing",
    Unreflected.UNEXPLAINED: "change_unexplained",
    Unreflected.CITED_UNCHANGED: "change_not_there",
    Unreflected.CITED_UNDONE: "change_undone",
}


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between the published versions.

    `places` are all that must be explained; `explained` those of them that carry the drafter's own
    reason; `undone` those whose words a later version put back, or took out again.
    """

    places: frozenset[Place] = frozenset()
    explained: frozenset[Place] = frozenset()
    undone: frozenset[Place] = frozenset()


@dataclass(frozen=True, slots=True)
class Citing:
    """A response as this table looks at it; `accepts`: its disposition says the text changed."""

    id: int
    accepts: bool
    cites: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: of a response, at a place, or both."""

    kind: Unreflected
    response_id: int | None = None
    place: Place | None = None


def of_response(response: Citing, changes: Changes) -> list[Finding]:
    """What is wrong with what one response cites."""
    found = []
    if response.accepts and not response.cites:
        found.append(Finding(Unreflected.ACCEPTED_UNCHANGED, response.id))
    for place in response.cites:
        if place not in changes.places:
            found.append(Finding(Unreflected.CITED_UNCHANGED, response.id, place))
        elif place in changes.undone:
            found.append(Finding(Unreflected.CITED_UNDONE, response.id, place))
    return found


def unexplained(changes: Changes, cited: Iterable[Place]) -> list[Finding]:
    """Places that changed and that neither a response nor a reason speaks of, in their order."""
    missing = changes.places - frozenset(cited) - changes.explained
    ordered = sorted(missing, key=lambda place: (place.version_id, place.eid))
    return [Finding(Unreflected.UNEXPLAINED, place=place) for place in ordered]


def findings(responses: Iterable[Citing], changes: Changes) -> list[Finding]:
    """Everything: by response in their order, then by place."""
    responses = list(responses)
    found = [finding for each in responses for finding in of_response(each, changes)]
    cited = {place for each in responses for place in each.cites}
    return found + unexplained(changes, cited)


def cite_errors(response: Citing, changes: Changes) -> list[DomainError]:
    """The places that a response cites and may not, as errors."""
    return [
        DomainError(CODES[found.kind], field="changes", eid=found.place.eid, place=found.place.eid)
        for found in of_response(response, changes)
        if found.place is not None
    ]
