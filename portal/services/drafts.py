"""What can happen to a draft: read in, corrected, published, and then never changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from portal.domain.accounts import Actor
from portal.domain.draft_checks import check_publishable, check_readable
from portal.domain.draft_parsing import parse
from portal.domain.draft_tree import ParsedDraft, walk
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.record import Entry
from portal.domain.text import refuse_unsafe
from portal.models import Consultation, Document, DraftVersion, Provision, db
from portal.models.ledger import write_down

LIMITS = {"number": 40, "heading": 500, "heading_en": 500, "text": 100_000}


def import_text(
    actor: Actor, now: datetime, document: Document, source: str
) -> tuple[DraftVersion, ParsedDraft]:
    """Read a text into the working version of `document`, in place of the one there may be.

    Raises what `domain.draft_parsing.parse` raises; the old working version is then untouched.
    """
    parsed = parse(source)
    version = _working(document.id)
    if version is None:
        newest = select(func.max(DraftVersion.number)).where(
            DraftVersion.document_id == document.id
        )
        version = DraftVersion(
            document_id=document.id,
            number=(db.session.scalar(newest) or 0) + 1,
            created_at=now,
            created_by=actor.user_id,
        )
        db.session.add(version)
    version.source = source
    version.title = parsed.title[:500]
    db.session.flush()
    db.session.execute(delete(Provision).where(Provision.version_id == version.id))
    db.session.add_all(_provisions(version.id, parsed))
    db.session.flush()
    return version, parsed


def _working(document_id: int) -> DraftVersion | None:
    query = select(DraftVersion).where(
        DraftVersion.document_id == document_id, DraftVersion.published_at.is_(None)
    )
    return db.session.scalar(query)


def _provisions(version_id: int, parsed: ParsedDraft) -> list[Provision]:
    return [
        Provision(
            version_id=version_id,
            position=position,
            depth=depth,
            eid=node.eid,
            kind=node.kind,
            number=node.number,
            marker=node.marker,
            heading=node.heading,
            text=node.text,
        )
        for position, (node, depth) in enumerate(walk(parsed.provisions))
    ]


@dataclass(frozen=True, slots=True)
class Correction:
    """A provision as the drafter says it should be."""

    kind: ProvisionKind
    number: str
    heading: str
    heading_en: str
    text: str


def correct_provision(version: DraftVersion, eid: str, correction: Correction) -> Provision:
    """Correct one provision of a working version; its id stays.

    Raises `version_published`, `not_found`, `provision_empty`, `text_long`, `bidi_characters`….
    """
    if version.published_at:
        raise DomainError("version_published", status=409)
    query = select(Provision).where(Provision.version_id == version.id, Provision.eid == eid)
    provision = db.session.scalar(query)
    if provision is None:
        raise DomainError("not_found", status=404)
    for field, limit in LIMITS.items():
        if len(getattr(correction, field)) > limit:
            raise DomainError("text_long", field=field, maximum=limit)
        refuse_unsafe(getattr(correction, field), field=field)
    if not (correction.number.strip() or correction.heading.strip() or correction.text.strip()):
        raise DomainError("provision_empty", field="text")
    provision.kind = correction.kind
    provision.number = correction.number.strip()
    provision.heading = correction.heading.strip()
    provision.heading_en = correction.heading_en.strip()
    provision.text = correction.text.strip()
    return provision


def publish_version(
    actor: Actor, now: datetime, consultation: Consultation, version: DraftVersion
) -> None:
    """Publish a version; the database refuses any later change.

    Raises `draft_no_article`, and `hidden_in_text` where its words can read as others.
    """
    if version.published_at:
        raise DomainError("version_published", status=409)
    _check(version)
    version.source_sha256 = hashlib.sha256(version.source.encode()).hexdigest()
    version.published_at = now
    version.published_by = actor.user_id
    write_down(
        Entry.VERSION_PUBLISHED,
        at=now,
        subject=f"version {version.number}",
        content={
            "consultation": consultation.slug,
            "document": version.document_id,
            "version": version.number,
            "source": version.source_sha256,
        },
        consultation_id=consultation.id,
        actor_id=actor.user_id,
    )
    db.session.flush()


def _check(version: DraftVersion) -> None:
    """Can it be published?"""
    query = select(Provision).where(Provision.version_id == version.id).order_by(Provision.position)
    provisions = db.session.scalars(query).all()
    check_publishable(each.kind for each in provisions)
    check_readable(
        (each.eid, "".join((each.marker, each.heading, each.text, each.heading_en, each.text_en)))
        for each in provisions
    )
