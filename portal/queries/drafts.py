"""Reads of documents and their versions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, tuple_

from portal.domain.bilingual import Bilingual
from portal.domain.drafts import DocumentKind, ProvisionKind
from portal.domain.reading import Provision as Words
from portal.domain.reading import Reading, read
from portal.models import Document, DraftVersion, Provision, db


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """A provision as pages show it, with those under it."""

    eid: str
    kind: ProvisionKind
    number: str
    marker: str
    heading: Bilingual
    text: str
    children: tuple[ProvisionView, ...] = ()
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class VersionHead:
    """A version without its text."""

    id: int
    number: int
    title: str
    created_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with its versions, oldest first."""

    id: int
    number: int
    kind: DocumentKind
    title: Bilingual
    versions: tuple[VersionHead, ...]

    @property
    def published(self) -> tuple[VersionHead, ...]:
        return tuple(version for version in self.versions if version.published_at)

    @property
    def working(self) -> VersionHead | None:
        """The version that is being prepared, if there is one."""
        return next((v for v in self.versions if v.published_at is None), None)


def find_document(consultation_id: int, number: int) -> Document | None:
    """The mapped document with that number in its consultation."""
    query = select(Document).where(
        Document.consultation_id == consultation_id, Document.number == number
    )
    return db.session.scalar(query)


def find_version(document_id: int, number: int) -> DraftVersion | None:
    """The mapped version with that number of its document."""
    query = select(DraftVersion).where(
        DraftVersion.document_id == document_id, DraftVersion.number == number
    )
    return db.session.scalar(query)


def list_documents(consultation_id: int) -> tuple[DocumentView, ...]:
    """The documents of a consultation with their versions, without texts. Two queries."""
    documents = db.session.scalars(
        select(Document)
        .where(Document.consultation_id == consultation_id)
        .order_by(Document.number)
    ).all()
    columns = (
        DraftVersion.document_id,
        DraftVersion.id,
        DraftVersion.number,
        DraftVersion.title,
        DraftVersion.created_at,
        DraftVersion.published_at,
    )
    query = select(*columns).where(DraftVersion.document_id.in_([each.id for each in documents]))
    versions: dict[int, list[VersionHead]] = {}
    for row in db.session.execute(query.order_by(DraftVersion.number)):
        versions.setdefault(row.document_id, []).append(VersionHead(*row[1:]))
    return tuple(
        DocumentView(
            id=each.id,
            number=each.number,
            kind=each.kind,
            title=Bilingual(each.title_ar, each.title_en),
            versions=tuple(versions.get(each.id, ())),
        )
        for each in documents
    )


def read_tree(version_id: int) -> tuple[ProvisionView, ...]:
    """The provisions of a version as a tree, in reading order. One query."""
    query = select(Provision).where(Provision.version_id == version_id).order_by(Provision.position)
    return _tree(list(db.session.scalars(query)))


def read_trees(
    consultation_id: int, wanted: Collection[tuple[int, int]]
) -> dict[tuple[int, int], tuple[ProvisionView, ...]]:
    """The same for several versions, named by the numbers of document and version. One query."""
    columns = (Provision.eid, Provision.depth, Provision.kind, Provision.number, Provision.marker)
    words = (Provision.heading, Provision.heading_en, Provision.text, Provision.text_en)
    query = (
        select(Document.number, DraftVersion.number, *columns, *words)
        .join(DraftVersion, Provision.version_id == DraftVersion.id)
        .join(Document, DraftVersion.document_id == Document.id)
        .where(
            Document.consultation_id == consultation_id,
            tuple_(Document.number, DraftVersion.number).in_(wanted),
        )
        .order_by(Document.number, DraftVersion.number, Provision.position)
    )
    flat: dict[tuple[int, int], list[_Flat]] = {}
    for document, version, *each in db.session.execute(query):
        flat.setdefault((document, version), []).append(_Flat(*each))
    return {key: _tree(each) for key, each in flat.items()}


class _Flat(NamedTuple):
    """What a tree is made of."""

    eid: str
    depth: int
    kind: ProvisionKind
    number: str
    marker: str
    heading: str
    heading_en: str
    text: str
    text_en: str


def reading_of(tree: tuple[ProvisionView, ...]) -> Reading:
    """The words of these provisions as one text, in which positions count."""
    return read(
        Words(node.eid, depth, node.heading.ar, node.text) for node, depth in walk_views(tree)
    )


def walk_views(
    tree: tuple[ProvisionView, ...], depth: int = 0
) -> Iterator[tuple[ProvisionView, int]]:
    """Every provision with its depth, in reading order."""
    for node in tree:
        yield node, depth
        yield from walk_views(node.children, depth + 1)


def tables_of(tree: tuple[ProvisionView, ...]) -> frozenset[str]:
    """The ids of the tables among these provisions."""
    return frozenset(n.eid for n, _depth in walk_views(tree) if n.kind is ProvisionKind.TABLE)


def _tree(flat: Sequence[Provision | _Flat]) -> tuple[ProvisionView, ...]:
    children: list[list[ProvisionView]] = [[]]
    for each in reversed(flat):
        while len(children) <= each.depth + 1:
            children.append([])
        own = tuple(reversed(children[each.depth + 1]))
        children[each.depth + 1] = []
        children[each.depth].append(
            ProvisionView(
                eid=each.eid,
                kind=each.kind,
                number=each.number,
                marker=each.marker,
                heading=Bilingual(each.heading, each.heading_en),
                text=each.text,
                children=own,
                text_en=each.text_en,
            )
        )
    return tuple(reversed(children[0]))


@dataclass(frozen=True, slots=True)
class Target:
    """Something a comment can be about, for the list to choose from."""

    document_number: int
    document_id: int
    version_id: int
    eid: str
    kind: ProvisionKind
    heading: Bilingual


def list_targets(consultation_id: int) -> tuple[Target, ...]:
    """Every provision of the newest published version of each document. Three queries."""
    newest = {
        document.published[-1].id: document
        for document in list_documents(consultation_id)
        if document.published
    }
    query = (
        select(
            Provision.version_id,
            Provision.eid,
            Provision.kind,
            Provision.heading,
            Provision.heading_en,
        )
        .where(Provision.version_id.in_(newest))
        .order_by(Provision.version_id, Provision.position)
    )
    return tuple(
        Target(newest[version].number, newest[version].id, version, eid, kind, Bilingual(ar, en))
        for version, eid, kind, ar, en in db.session.execute(query)
    )
