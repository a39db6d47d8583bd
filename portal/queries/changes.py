"""What changed between the published versions of a consultation's documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select

from portal.domain.bilingual import Bilingual
from portal.domain.draft_changes import Told, to_explain
from portal.domain.draft_comparison import compare
from portal.domain.drafts import Relation
from portal.domain.matrices import Place
from portal.domain.provision_matching import Match
from portal.models import ChangeReason, Document, DraftVersion, db
from portal.models.matching import Texts, load_texts
from portal.queries.matching import matches_of


@dataclass(frozen=True, slots=True)
class ProvisionChange:
    """A provision that differs from the version before, and by more than its number.

    `place` names it in the later version, a gone one as `citations.gone` does; what stands under
    a new or gone provision is a part of it. `old_eids` are what it was. `reason` is the drafter's
    own, empty where there is none.
    """

    place: Place
    document_number: int
    document_title: Bilingual
    version_number: int
    relation: Relation
    old_eids: tuple[str, ...]
    before: str
    after: str
    reason: str


def load_changes(consultation_id: int) -> tuple[ProvisionChange, ...]:
    """Every change, by document, version and reading order. Four queries, whatever the size."""
    versions = db.session.execute(
        select(DraftVersion.id, DraftVersion.number, Document)
        .join(Document, DraftVersion.document_id == Document.id)
        .where(Document.consultation_id == consultation_id, DraftVersion.published_at.is_not(None))
        .order_by(Document.number, DraftVersion.number)
    ).all()
    steps = [(one, other) for one, other in pairwise(versions) if one[2].id == other[2].id]
    if not steps:
        return ()
    texts = load_texts({version.id for step in steps for version in step})
    matches = matches_of([(one.id, other.id) for one, other in steps], texts)
    reasons = load_reasons(texts)
    return tuple(
        ProvisionChange(
            place=Place(new_id, told.place),
            document_number=document.number,
            document_title=Bilingual(document.title_ar, document.title_en),
            version_number=number,
            relation=told.relation,
            old_eids=told.old_eids,
            before=told.before,
            after=told.after,
            reason=reasons.get((new_id, told.place), ""),
        )
        for (old_id, _old, document), (new_id, number, _same) in steps
        for told in _told(texts[old_id], texts[new_id], matches[new_id])
    )


def _told(old: Texts, new: Texts, matches: tuple[Match, ...]) -> tuple[Told, ...]:
    return to_explain(old, new, compare(old, new, matches))


def load_reasons(version_ids: Iterable[int]) -> dict[tuple[int, str], str]:
    """The drafter's own reasons by version and place of change. One query."""
    query = select(ChangeReason.version_id, ChangeReason.eid, ChangeReason.reason)
    found = db.session.execute(query.where(ChangeReason.version_id.in_(tuple(version_ids))))
    return {(version_id, eid): reason for version_id, eid, reason in found}
