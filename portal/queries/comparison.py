"""Any two versions of a document compared, with what each change answers to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portal.domain.bilingual import Bilingual
from portal.domain.citations import gone, is_gone, once
from portal.domain.draft_blocks import Block, Fold, lay_out
from portal.domain.draft_changes import to_explain
from portal.domain.draft_comparison import Change, compare
from portal.domain.drafts import ProvisionKind, Relation
from portal.domain.provision_matching import Match, match
from portal.models import PublicBody, db
from portal.models.matching import Proposal, Texts, load_texts
from portal.queries.changes import load_reasons
from portal.queries.citing import citing_rows
from portal.queries.drafts import DocumentView, VersionHead
from portal.queries.frozen_rows import FrozenRow
from portal.queries.matching import Trail, follow, matches_of, trail_of


@dataclass(frozen=True, slots=True)
class Causes:
    """Why a place changed: rows of the published matrix `(edition, row)`, the drafter's reasons."""

    rows: tuple[tuple[int, FrozenRow], ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions laid out side by side.

    `counts` are the places to be explained by relation, and the articles that were renumbered;
    `causes` are by place, for every place that must be explained.
    """

    changes: tuple[Change, ...]
    blocks: tuple[Block | Fold, ...]
    counts: Mapping[Relation, int]
    causes: Mapping[str, Causes]


def load_comparison(
    consultation_id: int, document: DocumentView, old: VersionHead, new: VersionHead
) -> Comparison:
    """Compare two published versions, `old` before `new`.

    Neighbours are compared by the matches that were frozen. Of versions farther apart the frozen
    ones are followed step by step, which keeps what drafters confirmed; what they leave without a
    counterpart (taken out and put in again) is matched anew.
    """
    between = [each for each in document.published if old.number <= each.number <= new.number]
    texts = load_texts((old.id, new.id))
    frozen = matches_of([(one.id, other.id) for one, other in pairwise(between)])
    trails = [trail_of(frozen[each.id]) for each in between[1:]]
    if len(between) == 2:
        matches = frozen[new.id]
    else:
        known = [(each.eid, there) for each in texts[old.id] for there in follow(trails, each.eid)]
        matches = match(texts[old.id], texts[new.id], known)
    causes = _causes(consultation_id, document.number, between, trails)
    return _comparison(texts[old.id], texts[new.id], matches, causes)


def name_of_body(body_id: int) -> Bilingual:
    """The public body whose changes they are."""
    body = db.session.get_one(PublicBody, body_id)
    return Bilingual(body.name_ar, body.name_en)


def preview_comparison(proposal: Proposal) -> Comparison:
    """What a working version changes, as proposed and confirmed so far."""
    return _comparison(proposal.old, proposal.new, proposal.matches, {})


def _comparison(
    old: Texts, new: Texts, matches: Iterable[Match], causes: Mapping[str, Causes]
) -> Comparison:
    changes = compare(old, new, matches)
    told = to_explain(old, new, changes)
    counts = Counter(each.relation for each in told)
    counts[Relation.RENUMBERED] = sum(map(_renumbered_article, changes))
    return Comparison(
        changes=changes,
        blocks=lay_out(old, new, changes),
        counts={relation: number for relation, number in counts.items() if number},
        causes={each.place: causes.get(each.place, Causes()) for each in told},
    )


def _renumbered_article(change: Change) -> bool:
    return (
        change.relation is Relation.RENUMBERED
        and change.new is not None
        and change.new.kind is ProvisionKind.ARTICLE
    )


def _causes(
    consultation_id: int,
    document: int,
    between: Sequence[VersionHead],
    trails: Sequence[Trail],
) -> dict[str, Causes]:
    """By place in the last version: what caused the changes on the way to it."""
    rows: dict[str, list[tuple[int, FrozenRow]]] = {}
    reasons: dict[str, list[str]] = {}
    given = load_reasons(each.id for each in between[1:])
    for at, version in enumerate(between[1:]):
        cited = citing_rows(consultation_id, document, version.number)
        here = {
            eid: reason for (version_id, eid), reason in given.items() if version_id == version.id
        }
        for eid in {**cited, **here}:
            for place in _places(eid, trails[:at], trails[at + 1 :]):
                known = {row.ref for _edition, row in rows.get(place, ())}
                fresh = [found for found in cited.get(eid, ()) if found[1].ref not in known]
                rows.setdefault(place, []).extend(fresh)
                if eid in here:
                    reasons.setdefault(place, []).append(here[eid])
    return {
        place: Causes(tuple(rows.get(place, ())), tuple(reasons.get(place, ())))
        for place in {**rows, **reasons}
    }


def _places(eid: str, before: Sequence[Trail], after: Sequence[Trail]) -> Iterable[str]:
    """A place of change on the way, as a place between the first and the last version."""
    if not is_gone(eid):
        return follow(after, eid)
    at = {once(eid)}
    for trail in reversed(before):
        at = {old for old, news in trail.items() if at & set(news)}
    return [gone(each) for each in sorted(at)]
