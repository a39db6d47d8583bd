"""What the drafter says about a working version's matches; a published one's never change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from portal.domain.accounts import Actor
from portal.domain.drafts import Relation
from portal.domain.errors import DomainError
from portal.domain.provision_matching import Match
from portal.models import DraftVersion, Provision, ProvisionMatch, db
from portal.models.matching import propose, published_before


def confirm(
    actor: Actor,
    now: datetime,
    version: DraftVersion,
    old_eid: str,
    new_eid: str,
    *,
    also: bool = False,
) -> None:
    """Say that a provision of the version before became this one.

    "" for `new_eid`: it is gone; "" for `old_eid`: it is new. It takes the place of what was said
    about the new provision before; `also`: it stands beside that, for one made of several. One
    that became several is said once for each. Raises `version_published` (409), `match_unknown`.
    """
    _check(version, old_eid, new_eid)
    _forget(version, old_eid, new_eid, also=also)
    relation = Relation.CHANGED if old_eid and new_eid else _alone(new_eid)
    db.session.add(
        ProvisionMatch(
            version_id=version.id,
            old_eid=old_eid,
            new_eid=new_eid,
            relation=relation,
            confirmed_by=actor.user_id,
            confirmed_at=now,
        )
    )
    db.session.flush()


def _alone(new_eid: str) -> Relation:
    return Relation.NEW if new_eid else Relation.GONE


def _check(version: DraftVersion, old_eid: str, new_eid: str) -> None:
    if version.published_at:
        raise DomainError("version_published", status=409)
    before = published_before(version)
    known = (not old_eid or (before is not None and _has(before, old_eid))) and (
        not new_eid or _has(version, new_eid)
    )
    if not known or not (old_eid or new_eid):
        raise DomainError("match_unknown", field="chosen")


def _has(version: DraftVersion, eid: str) -> bool:
    query = select(Provision.id).where(Provision.version_id == version.id, Provision.eid == eid)
    return db.session.scalar(query) is not None


def _forget(version: DraftVersion, old_eid: str, new_eid: str, *, also: bool) -> None:
    """The same pair, and what contradicts it: gone or new is said of nothing that has another."""
    old_is, new_is = ProvisionMatch.old_eid == old_eid, ProvisionMatch.new_eid == new_eid
    if not new_eid:
        against = old_is
    elif not old_eid:
        against = new_is
    elif also:
        same = old_is & new_is
        alone = (old_is & (ProvisionMatch.new_eid == "")) | (
            new_is & (ProvisionMatch.old_eid == "")
        )
        against = same | alone
    else:
        against = new_is | (old_is & (ProvisionMatch.new_eid == ""))
    mine = ProvisionMatch.version_id == version.id
    db.session.execute(delete(ProvisionMatch).where(mine, against))


def confirm_all(actor: Actor, now: datetime, version: DraftVersion) -> tuple[Match, ...]:
    """Take every doubtful proposal as it is; gives those that were taken."""
    taken: list[Match] = []
    proposal = propose(version)
    while proposal is not None and proposal.doubtful:
        for each in proposal.doubtful:
            confirm(actor, now, version, each.old_eid, each.new_eid, also=True)
        taken += proposal.doubtful
        proposal = propose(version)
    return tuple(taken)


def take_back(version: DraftVersion, old_eid: str, new_eid: str) -> None:
    """Let the portal propose again what the drafter had said. Raises `version_published`."""
    if version.published_at:
        raise DomainError("version_published", status=409)
    db.session.execute(
        delete(ProvisionMatch).where(
            ProvisionMatch.version_id == version.id,
            ProvisionMatch.old_eid == old_eid,
            ProvisionMatch.new_eid == new_eid,
        )
    )
