"""What can happen to a draft as a whole: read in, prepared from the one before, published."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import func, select

from portal.domain.accounts import Actor
from portal.domain.draft_checks import check_publishable, check_readable, is_of_structure
from portal.domain.draft_parsing import parse
from portal.domain.draft_sources import SourceDraft
from portal.domain.draft_tree import ParsedDraft, reassemble
from portal.domain.drafts import DraftAct, DraftFormat
from portal.domain.errors import DomainError, Stale
from portal.domain.places import Place
from portal.domain.record import Entry
from portal.domain.responses import ResponseStatus
from portal.domain.structure import Rows, rows_of, tree_of
from portal.domain.structure_title import TITLE
from portal.domain.translations import carry
from portal.formats.words import undone_remark
from portal.models import (
    Consultation,
    Document,
    DraftVersion,
    Provision,
    Response,
    ResponseChange,
    db,
)
from portal.models.anchoring import carry_anchors
from portal.models.answering import FINISHED, note_response
from portal.models.indexing import index_version
from portal.models.ledger import write_down
from portal.models.matching import freeze_matches
from portal.models.structure import HEAD, load_rows, remember, text_digest, write_rows
from portal.queries.changes import changes_now
from portal.queries.rows import refs_of


def import_text(
    actor: Actor, now: datetime, document: Document, source: str
) -> tuple[DraftVersion, ParsedDraft]:
    """Read a text into the working version of `document`, in place of the one there may be.

    Raises what `domain.draft_parsing.parse` raises; the old working version is then untouched.
    """
    parsed = parse(source)
    draft = SourceDraft(DraftFormat.TEXT, source, parsed)
    return import_source(actor, now, document, draft), parsed


def import_source(
    actor: Actor,
    now: datetime,
    document: Document,
    draft: SourceDraft,
    file_name: str = "",
    file_sha256: str = "",
) -> DraftVersion:
    """Put what was read from a file into the working version of `document`.

    What it takes the place of can be brought back by undoing; English stays beside what is word
    for word the same.
    """
    version = _working(document.id)
    before = load_rows(version.id) if version else ()
    if version is None:
        version = _new_version(actor, now, document)
    elif before:
        remember(version, DraftAct.IMPORT, "", at=now, by=actor.user_id, head=HEAD)
    version.source = draft.source
    version.title = draft.draft.title[:TITLE]
    version.format = draft.format
    version.file_name, version.file_sha256 = file_name[:255], file_sha256
    version.page_lines = list(draft.page_lines)
    version.to_confirm = draft.to_confirm
    version.file_warnings = [
        {"code": each.code, "line": each.line, "params": each.params}
        for each in draft.draft.warnings
        if not is_of_structure(each)
    ]
    earlier = _published_rows(document.id)
    write_rows(version, carry(rows_of(draft.draft.provisions), before, earlier))
    return version


def begin_next(
    actor: Actor, now: datetime, document: Document, *, of: DraftVersion | None = None
) -> DraftVersion:
    """A working version that begins as the newest published one, translation and all.

    Or as an earlier one, `of`: so are versions taken back that ought not to have been published.
    Raises `working_version_there` and `nothing_published`.
    """
    if _working(document.id) is not None:
        raise DomainError("working_version_there", status=409)
    last = of or _newest(document.id)
    if last is None or last.published_at is None:
        raise DomainError("nothing_published", status=409)
    rows = load_rows(last.id)
    version = _new_version(actor, now, document)
    version.title = last.title
    version.source = reassemble(ParsedDraft(last.title, tree_of(rows), ()))
    write_rows(version, rows)
    return version


def _new_version(actor: Actor, now: datetime, document: Document) -> DraftVersion:
    newest = select(func.max(DraftVersion.number)).where(DraftVersion.document_id == document.id)
    version = DraftVersion(
        document_id=document.id,
        number=(db.session.scalar(newest) or 0) + 1,
        source="",
        created_at=now,
        created_by=actor.user_id,
    )
    db.session.add(version)
    db.session.flush()
    return version


def _working(document_id: int) -> DraftVersion | None:
    query = select(DraftVersion).where(
        DraftVersion.document_id == document_id, DraftVersion.published_at.is_(None)
    )
    return db.session.scalar(query.with_for_update())


def _newest(document_id: int) -> DraftVersion | None:
    """The published version with the highest number."""
    query = select(DraftVersion).where(
        DraftVersion.document_id == document_id, DraftVersion.published_at.is_not(None)
    )
    return db.session.scalar(query.order_by(DraftVersion.number.desc()).limit(1))


def _published_rows(document_id: int) -> Rows:
    newest = _newest(document_id)
    return load_rows(newest.id) if newest else ()


def publish_version(
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    version: DraftVersion,
    seen: int | None = None,
) -> None:
    """Publish a version; the database refuses any later change.

    `seen` is the revision that the publisher looked at. Raises `draft_no_article`,
    `draft_to_confirm`, `version_published`, `corrected_since`, `hidden_in_text` where its words
    can read as others, and `matches_doubtful` while a match waits for the drafter.
    """
    if version.published_at:
        raise DomainError("version_published", status=409)
    if seen is not None and seen != version.revision:
        raise Stale("corrected_since")
    if version.to_confirm:
        raise DomainError("draft_to_confirm", field="compared")
    _check(version)
    # A comment on its way in waits, or is waited for: it is carried into this version once.
    lock = select(Consultation.id).where(Consultation.id == consultation.id).with_for_update()
    db.session.scalar(lock)
    freeze_matches(version)
    version.source_sha256 = hashlib.sha256(version.source.encode()).hexdigest()
    version.text_sha256 = text_digest(version.id)
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
            "text": version.text_sha256,
        },
        consultation_id=consultation.id,
        actor_id=actor.user_id,
    )
    db.session.flush()
    carry_anchors(version)
    index_version(version)
    _send_answers_back(actor, now, consultation)


def _send_answers_back(actor: Actor, now: datetime, consultation: Consultation) -> None:
    """An answer that cites words which are as they were before is looked at again."""
    query = (
        select(Response, ResponseChange)
        .join(ResponseChange, ResponseChange.response_id == Response.id)
        .where(Response.consultation_id == consultation.id, Response.status.in_(FINISHED))
        .order_by(Response.id, ResponseChange.id)
    )
    cited = db.session.execute(query).all()
    undone = changes_now(consultation.id).undone if cited else frozenset()
    for response, cite in cited:
        if Place(cite.version_id, cite.eid) in undone and response.status in FINISHED:
            response.status, response.remark = ResponseStatus.RETURNED, undone_remark(cite.eid)
            response.approved_by, response.approved_at = None, None
            response.revision += 1
            note_response(Entry.ANSWER_RETURNED, actor.user_id, now, response, refs_of(response.id))
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
