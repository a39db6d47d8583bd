"""Reads of a version for a file of it: its tree, and what the file says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from portal.domain.bilingual import Bilingual
from portal.domain.draft_tree import ParsedDraft, ParsedProvision
from portal.formats.dates import in_amman
from portal.formats.draft_files.about import About
from portal.models import Consultation, Document, DraftVersion, Provision, PublicBody, db


@dataclass(frozen=True, slots=True)
class VersionFile:
    """A version as a file knows it. `text_key` changes whenever its text does, once published."""

    version_id: int
    title: str
    about: About
    text_key: str
    translated: bool


def find_version_file(
    consultation_id: int, number: int, version: int, now: datetime, url: str
) -> VersionFile | None:
    """The version of a document, published or not; `url` is its page. Two queries."""
    query = (
        select(DraftVersion, Document, Consultation, PublicBody)
        .join(Document, DraftVersion.document_id == Document.id)
        .join(Consultation, Document.consultation_id == Consultation.id)
        .join(PublicBody, Consultation.body_id == PublicBody.id)
        .where(
            Document.consultation_id == consultation_id,
            Document.number == number,
            DraftVersion.number == version,
        )
    )
    row = db.session.execute(query).first()
    if row is None:
        return None
    found, document, consultation, body = row
    begun = db.session.scalar(
        select(func.min(DraftVersion.published_at)).where(DraftVersion.document_id == document.id)
    )
    about = About(
        title=Bilingual(document.title_ar, document.title_en),
        day=in_amman(found.published_at or now).date(),
        kind=document.kind,
        body=Bilingual(body.name_ar, body.name_en),
        body_slug=body.slug,
        consultation=Bilingual(consultation.title_ar, consultation.title_en),
        slug=consultation.slug,
        document=document.number,
        version=found.number,
        published=found.published_at is not None,
        url=url,
        begun=in_amman(begun).date() if begun else None,
    )
    text_key = f"{found.id} {found.source_sha256} {found.text_sha256} {found.published_at}"
    return VersionFile(found.id, found.title, about, text_key, has_translation(found.id))


def has_translation(version_id: int) -> bool:
    """Whether any provision of a version has its text in English. One query."""
    translated = exists().where(Provision.version_id == version_id, Provision.text_en != "")
    return bool(db.session.scalar(select(translated)))


def read_draft_of(file: VersionFile) -> ParsedDraft:
    """The whole tree of a version, as files are written from it. One query."""
    query = (
        select(Provision)
        .where(Provision.version_id == file.version_id)
        .order_by(Provision.position)
    )
    return ParsedDraft(file.title, _tree(list(db.session.scalars(query))), ())


def _tree(flat: list[Provision]) -> tuple[ParsedProvision, ...]:
    """Rows in reading order as a tree by their depths: read backwards, children come first."""
    open_: dict[int, list[ParsedProvision]] = {}
    for each in reversed(flat):
        children = tuple(reversed(open_.pop(each.depth + 1, [])))
        open_.setdefault(each.depth, []).append(
            ParsedProvision(
                eid=each.eid,
                kind=each.kind,
                number=each.number,
                marker=each.marker,
                heading=each.heading,
                text=each.text,
                line=0,
                children=children,
                heading_en=each.heading_en,
                text_en=each.text_en,
            )
        )
    return tuple(reversed(open_.get(0, [])))
