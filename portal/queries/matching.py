"""How the provisions of published versions match: read as they were frozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from sqlalchemy import select

from portal.domain.provision_matching import Match, match
from portal.models import DraftVersion, ProvisionMatch, db
from portal.models.matching import Texts, load_texts

Trail = dict[str, tuple[str, ...]]


def frozen_matches(version_ids: Iterable[int]) -> dict[int, tuple[Match, ...]]:
    """The matches of published versions with the ones before them. One query.

    A version that was published before matches were kept is not in the answer.
    """
    columns = (
        ProvisionMatch.version_id,
        ProvisionMatch.old_eid,
        ProvisionMatch.new_eid,
        ProvisionMatch.relation,
        ProvisionMatch.confirmed_at,
    )
    query = select(*columns).where(ProvisionMatch.version_id.in_(tuple(version_ids)))
    found: dict[int, list[Match]] = {}
    for row in db.session.execute(query.order_by(ProvisionMatch.id)):
        version_id, old_eid, new_eid, relation, at = row
        told = Match(old_eid, new_eid, relation, confirmed=at is not None)
        found.setdefault(version_id, []).append(told)
    return {version_id: tuple(matches) for version_id, matches in found.items()}


def matches_of(
    pairs: Sequence[tuple[int, int]], texts: dict[int, Texts] | None = None
) -> dict[int, tuple[Match, ...]]:
    """By new version: the matches of pairs `(old, new)` of consecutive published versions.

    What was not frozen is found anew. One query, and one more for texts that are needed then and
    were not given.
    """
    found = frozen_matches(new for _old, new in pairs)
    missing = [pair for pair in pairs if pair[1] not in found]
    if missing and texts is None:
        texts = load_texts({version_id for pair in missing for version_id in pair})
    for old, new in missing:
        found[new] = match((texts or {})[old], (texts or {})[new])
    return found


def trail_of(matches: Iterable[Match]) -> Trail:
    """By old provision: the new ones that it became."""
    found: dict[str, tuple[str, ...]] = {}
    for each in matches:
        if each.old_eid:
            there = (each.new_eid,) if each.new_eid else ()
            found[each.old_eid] = (*found.get(each.old_eid, ()), *there)
    return found


def follow(trails: Sequence[Trail], eid: str) -> tuple[str, ...]:
    """What a provision became, version by version; nothing where it is gone."""
    at: tuple[str, ...] = (eid,)
    for trail in trails:
        at = tuple(dict.fromkeys(there for each in at for there in trail.get(each, ())))
    return at


def trails(document_ids: Iterable[int]) -> dict[int, list[tuple[int, Trail]]]:
    """By document: its published versions in order, each with the way from the one before.

    The way into a first version is empty. Two queries, three where matches were not kept.
    """
    query = (
        select(DraftVersion.document_id, DraftVersion.id)
        .where(
            DraftVersion.document_id.in_(tuple(document_ids)),
            DraftVersion.published_at.is_not(None),
        )
        .order_by(DraftVersion.document_id, DraftVersion.number)
    )
    versions = list(db.session.execute(query))
    pairs = [(a.id, b.id) for a, b in pairwise(versions) if a.document_id == b.document_id]
    found = matches_of(pairs) if pairs else {}
    ways: dict[int, list[tuple[int, Trail]]] = {}
    for document_id, version_id in versions:
        way = trail_of(found.get(version_id, ()))
        ways.setdefault(document_id, []).append((version_id, way))
    return ways
