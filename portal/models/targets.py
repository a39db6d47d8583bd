"""What comments can be about: the documents and published texts of a consultation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select

from portal.domain.submissions import Target
from portal.models.base import db, table_of
from portal.models.consultations import Document
from portal.models.drafts import DraftVersion, Provision

_DOCUMENT, _VERSION, _PROVISION = (table_of(each) for each in (Document, DraftVersion, Provision))
_QUERY = (
    select(
        _DOCUMENT.c.id,
        _DOCUMENT.c.number,
        _VERSION.c.id,
        _VERSION.c.number,
        _PROVISION.c.eid,
    )
    .select_from(_DOCUMENT)
    .outerjoin(
        _VERSION,
        and_(_VERSION.c.document_id == _DOCUMENT.c.id, _VERSION.c.published_at.is_not(None)),
    )
    .outerjoin(
        _PROVISION,
        and_(
            _PROVISION.c.version_id == _VERSION.c.id,
            _PROVISION.c.eid.in_(bindparam("eids", expanding=True)),
        ),
    )
    .where(_DOCUMENT.c.consultation_id == bindparam("consultation_id"))
    .order_by(_DOCUMENT.c.id, _VERSION.c.number)
)


@dataclass(frozen=True, slots=True)
class Targets:
    """What there is in one consultation, as far as some targets need it.

    `documents` are their numbers by id; `versions` the numbers of published versions by the ids
    of document and version; `provisions` pairs of a version's id and an eid; `newest` the ids of
    versions that no other follows.
    """

    documents: Mapping[int, int]
    versions: Mapping[tuple[int, int], int]
    provisions: frozenset[tuple[int, str]]
    newest: frozenset[int]

    def has(self, target: Target) -> bool:
        """Whether it is of this consultation, and published."""
        document, version, eid = target.document_id, target.version_id, target.eid
        good = document is None or document in self.documents
        if version is not None:
            good = good and document is not None and (document, version) in self.versions
        if eid is not None:
            good = good and version is not None and (version, eid) in self.provisions
        return good

    def numbers(self, target: Target) -> tuple[int | None, int | None]:
        """The numbers of document and version by which the public knows them."""
        document, version = target.document_id, target.version_id
        if document is None:
            return None, None
        return self.documents[document], self.versions[document, version] if version else None


def find_targets(consultation_id: int, wanted: Iterable[Target]) -> Targets:
    """What there is for comments on `wanted`. One query, whatever their number."""
    eids = {target.eid for target in wanted if target.eid is not None}
    asked = {"consultation_id": consultation_id, "eids": sorted(eids)}
    documents: dict[int, int] = {}
    versions: dict[tuple[int, int], int] = {}
    newest: dict[int, int] = {}
    provisions: set[tuple[int, str]] = set()
    for document, number, version, version_number, eid in db.session.connection().execute(
        _QUERY, asked
    ):
        documents[document] = number
        if version is not None:
            versions[document, version] = version_number
            newest[document] = version
        if eid is not None:
            provisions.add((version, eid))
    return Targets(documents, versions, frozenset(provisions), frozenset(newest.values()))
