"""Proposed matches as the drafter looks at them: with both texts, the doubtful first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.domain.draft_changes import QUIET
from portal.domain.draft_comparison import own_words
from portal.domain.provision_matching import Match
from portal.domain.provision_trees import ProvisionText
from portal.models.matching import Proposal

_BEGINNING = 80


@dataclass(frozen=True, slots=True)
class Proposed:
    """A match with the words on both sides."""

    match: Match
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A provision to choose: its id and how it begins."""

    eid: str
    beginning: str


def proposed(proposal: Proposal) -> tuple[Proposed, ...]:
    """Every match that says more than that nothing but a number changed: doubtful, then the
    drafter's own, then the others, each in reading order."""
    old = {each.eid: own_words(each) for each in proposal.old}
    new = {each.eid: own_words(each) for each in proposal.new}
    told = [
        Proposed(each, old.get(each.old_eid, ""), new.get(each.new_eid, ""))
        for each in proposal.matches
        if each.doubtful or each.confirmed or each.relation not in QUIET
    ]
    return tuple(sorted(told, key=lambda each: (not each.match.doubtful, not each.match.confirmed)))


def choices(provisions: Sequence[ProvisionText]) -> tuple[Choice, ...]:
    """All provisions of a version, in reading order."""
    return tuple(
        Choice(each.eid, own_words(each).replace("\n", " ")[:_BEGINNING]) for each in provisions
    )
