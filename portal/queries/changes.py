"""What changed between the published versions of a consultation's documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select

from portal.domain.bilingual import Bilingual
from portal.domain.draft_comparison import ProvisionText, compare
from portal.domain.matrices import Place
from portal.models import ChangeReason, Document, DraftVersion, Provision, db


@dataclass(frozen=True, slots=True)
class ProvisionChange:
    """A provision that differs from the version before: changed, new or gone.

    `place` names it in the later version, a gone one by the id it had; `reason` is the drafter's
    own, empty where there is none.
    """

    place: Place
    document_number: int
    document_title: Bilingual
    version_number: int
    kind: str
    before: str
    after: str
    reason: str


def load_changes(consultation_id: int) -> tuple[ProvisionChange, ...]:
    """Every change, by document, version and reading order. Three queries, whatever the size."""
    versions = db.session.execute(
        select(DraftVersion.id, DraftVersion.number, Document)
        .join(Document, DraftVersion.document_id == Document.id)
        .where(Document.consultation_id == consultation_id, DraftVersion.published_at.is_not(None))
        .order_by(Document.number, DraftVersion.number)
    ).all()
    if len(versions) < 2:
        return ()
    texts = _texts([version_id for version_id, _number, _document in versions])
    reasons = _reasons(list(texts))
    return tuple(
        ProvisionChange(
            place=place,
            document_number=document.number,
            document_title=Bilingual(document.title_ar, document.title_en),
            version_number=number,
            kind=kind,
            before=before,
            after=after,
            reason=reasons.get((place.version_id, place.eid), ""),
        )
        for (old_id, _old, document), (new_id, number, same) in pairwise(versions)
        if document.id == same.id
        for place, kind, before, after in _between(texts[old_id], texts[new_id], new_id)
    )


def _between(
    old: list[ProvisionText], new: list[ProvisionText], new_id: int
) -> Iterator[tuple[Place, str, str, str]]:
    for change in compare(old, new):
        eid = change.new_eid or change.old_eid
        if change.kind != "same" and eid:
            yield Place(new_id, eid), str(change.kind), change.before, change.after


def _texts(version_ids: list[int]) -> dict[int, list[ProvisionText]]:
    found: dict[int, list[ProvisionText]] = {version_id: [] for version_id in version_ids}
    query = (
        select(Provision)
        .where(Provision.version_id.in_(version_ids))
        .order_by(Provision.version_id, Provision.position)
    )
    for each in db.session.scalars(query):
        text = ProvisionText(each.eid, each.kind, each.number, each.heading, each.text)
        found[each.version_id].append(text)
    return found


def _reasons(version_ids: list[int]) -> dict[tuple[int, str], str]:
    query = select(ChangeReason.version_id, ChangeReason.eid, ChangeReason.reason)
    found = db.session.execute(query.where(ChangeReason.version_id.in_(version_ids)))
    return {(version_id, eid): reason for version_id, eid, reason in found}
