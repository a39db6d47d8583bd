"""What changed between the published versions of a consultation's documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Row, select

from portal.domain.bilingual import Bilingual
from portal.domain.draft_changes import Told, to_explain
from portal.domain.draft_comparison import compare
from portal.domain.drafts import Relation
from portal.domain.matrices import Place
from portal.domain.provision_matching import Match
from portal.domain.reflection import Changes
from portal.models import ChangeReason, Document, DraftVersion, db
from portal.models.matching import Texts, load_texts
from portal.queries.matching import Trail, follow, matches_of, trail_of


@dataclass(frozen=True, slots=True)
class ProvisionChange:
    """A provision that differs from the version before, and by more than its number.

    `place` names it in the later version, a gone one as `citations.gone` does; what stands under
    a new or gone provision is a part of it. `old_eids` are what it was. `reason` is the drafter's
    own, empty where there is none. `undone`: a later version has the words as they were before it,
    or has them no longer.
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
    undone: bool = False


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
    ways = _ways_on(steps, matches)
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
            undone=_undone(told, (old_id, new_id), *ways[new_id], texts),
        )
        for (old_id, _old, document), (new_id, number, _same) in steps
        for told in _told(texts[old_id], texts[new_id], matches[new_id])
    )


def _ways_on(
    steps: list[tuple[Row[int, int, Document], Row[int, int, Document]]],
    matches: dict[int, tuple[Match, ...]],
) -> dict[int, tuple[int, list[Trail]]]:
    """By version: the newest one of its document, and the way there from it."""
    found: dict[int, tuple[int, list[Trail]]] = {}
    for (old_id, _number, _document), (new_id, _n, _d) in reversed(steps):
        newest, way = found.get(new_id, (new_id, []))
        found[new_id] = newest, way
        found[old_id] = newest, [trail_of(matches[new_id]), *way]
    return found


def _undone(
    told: Told, step: tuple[int, int], newest: int, way: list[Trail], texts: dict[int, Texts]
) -> bool:
    """Whether the newest version has the words as they were before a change, or not at all."""
    if not way or told.relation not in (Relation.CHANGED, Relation.NEW):
        return False
    was = _said(texts[step[0]], told.old_eids)
    now = _said(texts[newest], follow(way, told.place))
    return now <= was and not _said(texts[step[1]], (told.place,)) <= was


def _said(texts: Texts, eids: Iterable[str]) -> set[tuple[str, str]]:
    wanted = set(eids)
    return {(each.heading, each.text) for each in texts if each.eid in wanted}


def _told(old: Texts, new: Texts, matches: tuple[Match, ...]) -> tuple[Told, ...]:
    return to_explain(old, new, compare(old, new, matches))


def changes_now(consultation_id: int) -> Changes:
    """The changes as the rules of citing look at them."""
    return as_changes(load_changes(consultation_id))


def as_changes(found: Iterable[ProvisionChange]) -> Changes:
    """The same of changes that were loaded."""
    found = tuple(found)
    return Changes(
        frozenset(each.place for each in found),
        frozenset(each.place for each in found if each.reason),
        frozenset(each.place for each in found if each.undone),
    )


def load_reasons(version_ids: Iterable[int]) -> dict[tuple[int, str], str]:
    """The drafter's own reasons by version and place of change. One query."""
    query = select(ChangeReason.version_id, ChangeReason.eid, ChangeReason.reason)
    found = db.session.execute(query.where(ChangeReason.version_id.in_(tuple(version_ids))))
    return {(version_id, eid): reason for version_id, eid, reason in found}
