"""The rows of the matrix as they stand now, ready to be frozen: every comment, every column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.domain.bilingual import Bilingual
from portal.domain.citations import article_of
from portal.domain.comment_parts import part_content
from portal.domain.matrices import Place
from portal.domain.responses import Disposition, final_answer
from portal.domain.row_refs import RowKey, RowRef
from portal.domain.text import fold, squeeze
from portal.domain.visibility import Audience, Mask, Words, visible
from portal.formats.columns import kept
from portal.models import (
    Comment,
    Document,
    DraftVersion,
    Opinion,
    Response,
    ResponseChange,
    ResponseComment,
    Submission,
    db,
)
from portal.queries.changes import ProvisionChange, load_changes
from portal.queries.responses import repeated_row
from portal.queries.rows import PART, parts_of, with_parts
from portal.queries.spans import content_of, spans_of_comments


@dataclass(frozen=True, slots=True)
class Source:
    """All that a row is made of, as loaded."""

    comment: Comment
    part: int
    submission: Submission
    document: Document | None
    version: int | None

    @property
    def key(self) -> RowKey:
        return RowKey(self.comment.id, self.part)


@dataclass(frozen=True, slots=True)
class Ready:
    """A row ready to be frozen, with what its edition counts by."""

    comment_id: int
    ref: str
    cells: dict[str, Any]
    document_number: int | None
    article: str
    disposition: Disposition
    sender_class: str
    folded: str
    text_key: str
    sender_key: str
    cited: tuple[Place, ...]


def load_ready(consultation_id: int) -> list[Ready]:
    """Every comment of an answered consultation, or its parts, as a row, by number.

    Raises `duplicate_unanswered` or KeyError where something is missing: check first.
    """
    sources = _sources(consultation_id)
    answers = _answers(consultation_id)
    changes = {change.place: change for change in load_changes(consultation_id)}
    cites = _cites(consultation_id)
    spans = spans_of_comments(consultation_id)
    opinions = _opinions(consultation_id)
    groups = _groups(sources)
    repeats = {
        key: repeated_row(answer) if answer.disposition is Disposition.DUPLICATE else None
        for key, answer in answers.items()
    }
    parts = parts_of(source.comment.id for source in sources if source.part)
    rows = []
    for source in sources:
        comment = source.comment
        own = answers[source.key]
        taken_over = answers[final_answer(source.key, repeats)]
        cited = tuple(changes[place] for place in cites.get(taken_over.id, ()) if place in changes)
        content = content_of(comment, source.submission, spans.get(comment.id, ()))
        if source.part:
            content = part_content(content, parts[source.key])
        words = visible(content, Audience.PUBLIC)
        cells = {
            **_said(source, words),
            **_decided(own, taken_over, cited),
            "group": groups.get(comment.text_key, ""),
            "committee_opinion": opinions.get(comment.id, []),
        }
        rows.append(_ready(source, cells, own, words, tuple(change.place for change in cited)))
    return rows


def _sources(consultation_id: int) -> list[Source]:
    query = (
        with_parts(select(Comment, PART, Submission, Document, DraftVersion.number))
        .join(Submission, Comment.submission_id == Submission.id)
        .outerjoin(Document, Comment.document_id == Document.id)
        .outerjoin(DraftVersion, Comment.version_id == DraftVersion.id)
        .where(Comment.consultation_id == consultation_id)
        .order_by(Comment.number, PART)
    )
    return [Source(*found) for found in db.session.execute(query)]


def _answers(consultation_id: int) -> dict[RowKey, Response]:
    query = (
        select(ResponseComment.comment_id, ResponseComment.part, Response)
        .join(Response, ResponseComment.response_id == Response.id)
        .where(Response.consultation_id == consultation_id)
    )
    return {RowKey(row[0], row[1]): row[2] for row in db.session.execute(query)}


def _cites(consultation_id: int) -> dict[int, list[Place]]:
    query = (
        select(ResponseChange)
        .join(Response, ResponseChange.response_id == Response.id)
        .where(Response.consultation_id == consultation_id)
        .order_by(ResponseChange.id)
    )
    found: dict[int, list[Place]] = {}
    for change in db.session.scalars(query):
        found.setdefault(change.response_id, []).append(Place(change.version_id, change.eid))
    return found


def _opinions(consultation_id: int) -> dict[int, list[str]]:
    query = (
        select(Opinion)
        .join(Comment, Opinion.comment_id == Comment.id)
        .where(Comment.consultation_id == consultation_id)
        .order_by(Opinion.id)
    )
    found: dict[int, list[str]] = {}
    for opinion in db.session.scalars(query):
        found.setdefault(opinion.comment_id, []).append(opinion.text)
    return found


def _groups(sources: Iterable[Source]) -> dict[str, str]:
    """For texts that came more than once: the reference of the first that said it."""
    first: dict[str, str] = {}
    repeated: dict[str, str] = {}
    for source in sources:
        key, ref = source.comment.text_key, str(source.comment.number)
        if key in first:
            repeated[key] = first[key]
        first.setdefault(key, ref)
    return repeated


def _said(source: Source, words: Words) -> dict[str, Any]:
    comment, submission, document = source.comment, source.submission, source.document
    title = Bilingual(document.title_ar, document.title_en)._asdict() if document else None
    return {
        "ref": str(RowRef(comment.number, source.part)),
        "document": title,
        "version": source.version,
        "provision": comment.eid or "",
        "place": comment.place,
        "quoted_text": kept(words.quoted),
        "comment_type": comment.type.value,
        "comment": kept(words.text),
        "proposed_text": kept(words.proposed),
        "grounds": kept(words.grounds),
        "submitter": words.name,
        "submitter_class": submission.sender_class.value,
        "on_behalf_of": words.organisation,
        "channel": submission.channel.value,
        "received": submission.received_at.isoformat(),
        "late": submission.late,
        "publication": comment.publication.value,
        "hash": comment.digest,
    }


def _decided(
    own: Response, taken_over: Response, cited: tuple[ProvisionChange, ...]
) -> dict[str, Any]:
    return {
        "disposition": own.disposition.value,
        "response": {
            "ar": own.reason_ar or taken_over.reason_ar,
            "en": own.reason_en or taken_over.reason_en,
        },
        "place_of_change": [
            {
                "document": change.document_number,
                "version": change.version_number,
                "eid": change.place.eid,
            }
            for change in cited
        ],
        "text_before": [change.before for change in cited],
        "text_after": [change.after for change in cited],
        "responsible_body": own.body or taken_over.body,
        "decided": (own.approved_at or own.changed_at).isoformat(),
    }


def _ready(
    source: Source, cells: dict[str, Any], own: Response, words: Words, cited: tuple[Place, ...]
) -> Ready:
    shown = [words.name, words.organisation, own.reason_ar, own.reason_en]
    for pieces in (words.text, words.proposed, words.grounds, words.quoted):
        shown += [each for each in pieces if not isinstance(each, Mask)]
    return Ready(
        comment_id=source.comment.id,
        ref=cells["ref"],
        cells=cells,
        document_number=source.document.number if source.document else None,
        article=article_of(source.comment.eid),
        disposition=own.disposition,
        sender_class=source.submission.sender_class,
        folded=fold(squeeze(" ".join([cells["ref"], *shown]))),
        text_key=source.comment.text_key,
        sender_key=source.submission.sender_key,
        cited=cited,
    )
