"""The rows of the matrix as they stand now, ready to be frozen: every comment, every column.

They are read in portions, so that a hundred thousand need no more memory than five hundred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from portal.domain.citations import article_of
from portal.domain.comment_parts import PartSpan, part_content
from portal.domain.matrices import Place
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowKey, RowRef
from portal.domain.search import words_of
from portal.domain.visibility import Audience, Content, Mask, Span, Words, visible
from portal.formats.columns import kept
from portal.models import Comment, Response, Submission, db
from portal.models.contents import spans_by_comment
from portal.queries.attachments import count_files_of
from portal.queries.changes import ProvisionChange
from portal.queries.frame import Frame
from portal.queries.opinions import opinions_by_comment
from portal.queries.rows import PART, parts_of, with_parts

PORTION = 1_000
Loaded = Row[*tuple[Any, ...]]
SAID = (
    Comment.id,
    Comment.number,
    PART.label("part"),
    Comment.document_id,
    Comment.version_id,
    Comment.eid,
    Comment.place,
    Comment.quoted,
    Comment.type,
    Comment.text,
    Comment.proposed,
    Comment.grounds,
    Comment.publication,
    Comment.text_key,
    Comment.digest,
    Submission.name,
    Submission.name_public,
    Submission.organisation,
    Submission.sender_class,
    Submission.sender_key,
    Submission.channel,
    Submission.received_at,
    Submission.late,
)
UNDER_STUDY: dict[str, Any] = {
    "disposition": "",
    "response": {"ar": "", "en": ""},
    "place_of_change": [],
    "text_before": [],
    "text_after": [],
    "responsible_body": "",
    "decided": "",
}
DECIDED = (
    Response.id,
    Response.disposition,
    Response.reason_ar,
    Response.reason_en,
    Response.body,
    func.coalesce(Response.approved_at, Response.changed_at).label("decided_at"),
)


@dataclass(frozen=True, slots=True)
class Ready:
    """A row ready to be frozen, with what its edition counts by."""

    comment_id: int
    ref: str
    cells: dict[str, Any]
    document_number: int | None
    article: str
    disposition: Disposition | None
    sender_class: str
    words: list[str]
    text_key: str
    sender_key: str
    cited: tuple[Place, ...]


def ready_rows(frame: Frame) -> Iterator[Ready]:
    """Every comment, or its parts, as a row, by number. Seven queries for each portion."""
    for begin in range(0, frame.last, PORTION):
        query = (
            with_parts(select(*SAID))
            .join(Submission, Comment.submission_id == Submission.id)
            .where(
                Comment.consultation_id == frame.consultation_id,
                Comment.number > begin,
                Comment.number <= begin + PORTION,
            )
            .order_by(Comment.number, PART)
        )
        yield from _portion(frame, db.session.connection().execute(query).all())


def _portion(frame: Frame, sources: Sequence[Loaded]) -> Iterator[Ready]:
    keys = [RowKey(source.id, source.part) for source in sources]
    ids = list(dict.fromkeys(key.comment_id for key in keys))
    spans, opinions = spans_by_comment(ids), opinions_by_comment(frame.consultation_id, ids)
    files = count_files_of(ids)
    parts = parts_of(key.comment_id for key in keys if key.part)
    ends = [(key, frame.final[key]) for key in keys if key in frame.final]
    responses = _responses({frame.answers[key] for pair in ends for key in pair})
    said = {each: words_of(f"{r.reason_ar}\n{r.reason_en}") for each, r in responses.items()}
    for source, key in zip(sources, keys, strict=True):
        words = _words(source, spans.get(source.id, ()), parts.get(key))
        own = responses[frame.answers[key]] if key in frame.final else None
        taken = responses[frame.answers[frame.final[key]]] if own else None
        cited = _cited(frame, taken)
        cells = {
            **_said(frame, source, words),
            **_decided(own, taken, cited),
            "files": files.get(source.id, {}),
            "group": frame.groups.get(source.text_key, ""),
            "committee_opinion": opinions.get(source.id, []),
        }
        answered = said[taken.id] if taken else []
        yield _ready(frame, source, cells, own, [*_spoken(source, words), *answered], cited)


def _responses(ids: set[int]) -> dict[int, Loaded]:
    found = db.session.connection().execute(select(*DECIDED).where(Response.id.in_(ids)))
    return {response.id: response for response in found}


def _cited(frame: Frame, taken: Loaded | None) -> tuple[ProvisionChange, ...]:
    places = frame.cites.get(taken.id, ()) if taken is not None else ()
    return tuple(frame.changes[place] for place in places if place in frame.changes)


def _words(source: Loaded, spans: tuple[Span, ...], part: tuple[PartSpan, ...] | None) -> Words:
    content = Content(
        publication=source.publication,
        text=source.text,
        proposed=source.proposed,
        grounds=source.grounds,
        quoted=source.quoted,
        name=source.name,
        name_public=source.name_public,
        organisation=source.organisation,
        spans=spans,
    )
    return visible(part_content(content, part) if part else content, Audience.PUBLIC)


def _said(frame: Frame, source: Loaded, words: Words) -> dict[str, Any]:
    _number, title = frame.documents.get(source.document_id, (None, None))
    return {
        "ref": str(RowRef(source.number, source.part)),
        "document": title,
        "version": frame.versions.get(source.version_id),
        "provision": source.eid or "",
        "place": source.place,
        "quoted_text": kept(words.quoted),
        "comment_type": source.type.value,
        "comment": kept(words.text),
        "proposed_text": kept(words.proposed),
        "grounds": kept(words.grounds),
        "submitter": words.name,
        "submitter_class": source.sender_class.value,
        "on_behalf_of": words.organisation,
        "channel": source.channel.value,
        "received": source.received_at.isoformat(),
        "late": source.late,
        "publication": source.publication.value,
        "hash": source.digest,
    }


def _decided(
    own: Loaded | None, taken: Loaded | None, cited: tuple[ProvisionChange, ...]
) -> dict[str, Any]:
    """What was decided; of a row under study, nothing."""
    if own is None or taken is None:
        return UNDER_STUDY
    return {
        "disposition": own.disposition.value,
        "response": {
            "ar": own.reason_ar or taken.reason_ar,
            "en": own.reason_en or taken.reason_en,
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
        "responsible_body": own.body or taken.body,
        "decided": own.decided_at.isoformat(),
    }


def _spoken(source: Loaded, words: Words) -> list[str]:
    """What the row is found by: its number, its sender and the words that may be read."""
    shown = [str(source.number), words.name, words.organisation]
    for pieces in (words.text, words.proposed, words.grounds, words.quoted):
        shown += [each for each in pieces if not isinstance(each, Mask)]
    return words_of("\n".join(shown))


def _ready(
    frame: Frame,
    source: Loaded,
    cells: dict[str, Any],
    own: Loaded | None,
    words: list[str],
    cited: tuple[ProvisionChange, ...],
) -> Ready:
    number, _title = frame.documents.get(source.document_id, (None, None))
    return Ready(
        comment_id=source.id,
        ref=cells["ref"],
        cells=cells,
        document_number=number,
        article=article_of(source.eid),
        disposition=own.disposition if own is not None else None,
        sender_class=source.sender_class,
        words=words,
        text_key=source.text_key,
        sender_key=source.sender_key,
        cited=tuple(change.place for change in cited),
    )
