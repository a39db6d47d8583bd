"""Matches of a version with the published one before it: proposed while it is being prepared,
frozen when it is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from portal.domain.errors import DomainError
from portal.domain.provision_matching import Match, match
from portal.domain.provision_trees import ProvisionText
from portal.models.base import db
from portal.models.drafts import DraftVersion, Provision, ProvisionMatch

Texts = list[ProvisionText]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two versions in full and how their provisions match, the drafter's word included."""

    old: Texts
    new: Texts
    matches: tuple[Match, ...]

    @property
    def doubtful(self) -> tuple[Match, ...]:
        """Those that a drafter must confirm before the version is published."""
        return tuple(each for each in self.matches if each.doubtful)


def load_texts(version_ids: Iterable[int]) -> dict[int, Texts]:
    """The provisions of versions, in reading order. One query."""
    found: dict[int, Texts] = {version_id: [] for version_id in version_ids}
    columns = (
        Provision.version_id,
        Provision.eid,
        Provision.kind,
        Provision.number,
        Provision.heading,
        Provision.text,
        Provision.depth,
    )
    query = select(*columns).where(Provision.version_id.in_(found))
    for row in db.session.execute(query.order_by(Provision.version_id, Provision.position)):
        found[row[0]].append(ProvisionText(*row[1:]))
    return found


def published_before(version: DraftVersion) -> DraftVersion | None:
    """The newest published version of the same document with a lower number."""
    query = select(DraftVersion).where(
        DraftVersion.document_id == version.document_id,
        DraftVersion.number < version.number,
        DraftVersion.published_at.is_not(None),
    )
    return db.session.scalar(query.order_by(DraftVersion.number.desc()).limit(1))


def propose(version: DraftVersion) -> Proposal | None:
    """How a working version matches the published one before it; None for a first version."""
    before = published_before(version)
    if before is None:
        return None
    texts = load_texts((before.id, version.id))
    query = select(ProvisionMatch.old_eid, ProvisionMatch.new_eid)
    confirmed = db.session.execute(
        query.where(ProvisionMatch.version_id == version.id).order_by(ProvisionMatch.id)
    )
    old, new = texts[before.id], texts[version.id]
    return Proposal(old, new, match(old, new, [(row[0], row[1]) for row in confirmed]))


def freeze_matches(version: DraftVersion) -> None:
    """Keep every match of a version that is about to be published; triggers lock them from then on.

    Raises `matches_doubtful` (409) while one is a proposal that nobody confirmed. To be called
    before `published_at` is set.
    """
    proposal = propose(version)
    if proposal is None:
        return
    if proposal.doubtful:
        raise DomainError("matches_doubtful", status=409, number=len(proposal.doubtful))
    query = select(ProvisionMatch).where(ProvisionMatch.version_id == version.id)
    said = {(row.old_eid, row.new_eid): row for row in db.session.scalars(query)}
    rows = []
    for each in proposal.matches:
        who = said.get((each.old_eid, each.new_eid))
        rows.append(
            {
                "version_id": version.id,
                "old_eid": each.old_eid,
                "new_eid": each.new_eid,
                "relation": each.relation,
                "confirmed_by": who.confirmed_by if who else None,
                "confirmed_at": who.confirmed_at if who else None,
            }
        )
    db.session.execute(delete(ProvisionMatch).where(ProvisionMatch.version_id == version.id))
    if rows:
        db.session.execute(insert(ProvisionMatch), rows)
