"""What stands behind the entries of the index: read anew, and shown as the public may see it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, tuple_

from portal.domain.bilingual import Bilingual
from portal.domain.comments import Publication
from portal.domain.drafts import ProvisionKind
from portal.domain.excerpts import Excerpt, excerpt
from portal.domain.search import Span, Term, hits
from portal.domain.submissions import SenderClass
from portal.domain.text import squeeze
from portal.domain.visibility import Audience, Mask, Piece, Words, visible
from portal.formats.words import mask_words
from portal.models import Comment, Document, DraftVersion, Provision, Submission, db
from portal.models.contents import content_of, spans_by_comment
from portal.models.search import Spot, spot_of
from portal.queries.consultations import Listed

# Where a comment is quoted from: the first of these that has what was looked for.
FIELDS = ("text", "proposed", "quoted", "grounds")
NO_HEADING = Bilingual("")
_SPACES = re.compile(r"\s+")
_TABLE = re.compile(r"\s*(?:(?<!\\)\||<br>|^[\s|:-]+$)\s*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Result:
    """A provision, the title of a document (no `eid`), or a comment (with its `number`).

    `field` says what of a comment the excerpt is from; `language` what the excerpt is in, empty
    where nobody knows.
    """

    consultation: Listed
    excerpt: Excerpt
    document_number: int | None = None
    document_title: Bilingual | None = None
    version: int | None = None
    eid: str = ""
    heading: Bilingual = NO_HEADING
    language: str = ""
    number: int | None = None
    place: str = ""
    field: str = ""
    sender_class: SenderClass | None = None
    organisation: str = ""
    name: str = ""


def load_results(
    entries: Sequence[int], terms: tuple[Term, ...], known: dict[int, Listed]
) -> tuple[Result, ...]:
    """The results of `entries` in their order; `known` are all consultations by id.

    Four queries at most. An entry whose comment the public may not read now gives nothing.
    """
    spots = {entry: spot_of(entry) for entry in entries}
    texts = _texts([spot for spot in spots.values() if spot], terms, known)
    comments = _comments([entry for entry, spot in spots.items() if not spot], terms, known)
    results = (texts.get(spot) if spot else comments.get(entry) for entry, spot in spots.items())
    return tuple(result for result in results if result)


def _texts(
    spots: list[Spot], terms: tuple[Term, ...], known: dict[int, Listed]
) -> dict[Spot, Result]:
    if not spots:
        return {}
    heads = (
        select(DraftVersion.id, DraftVersion.number, Document)
        .join(Document, DraftVersion.document_id == Document.id)
        .where(
            DraftVersion.id.in_({spot.version_id for spot in spots}),
            DraftVersion.published_at.is_not(None),
        )
    )
    by_version = {row[0]: row for row in db.session.execute(heads)}
    query = select(Provision).where(
        tuple_(Provision.version_id, Provision.position).in_([tuple(spot) for spot in spots])
    )
    provisions = {Spot(p.version_id, p.position): p for p in db.session.scalars(query)}
    results: dict[Spot, Result] = {}
    for spot in spots:
        if spot.version_id in by_version:
            _id, number, document = by_version[spot.version_id]
            results[spot] = _text(known, document, number, provisions.get(spot), terms)
    return results


def _text(
    known: dict[int, Listed],
    document: Document,
    number: int,
    provision: Provision | None,
    terms: tuple[Term, ...],
) -> Result:
    words, language = _words_of(provision, terms) if provision else ("", "")
    return Result(
        consultation=known[document.consultation_id],
        excerpt=excerpt(words, hits(words, terms)),
        document_number=document.number,
        document_title=Bilingual(document.title_ar, document.title_en),
        version=number,
        eid=provision.eid if provision else "",
        heading=Bilingual(provision.heading, provision.heading_en) if provision else NO_HEADING,
        language=language,
    )


def _words_of(provision: Provision, terms: tuple[Term, ...]) -> tuple[str, str]:
    """The text of a provision, or its English where only that has what was looked for."""
    arabic, english = (_flat(text, provision.kind) for text in (provision.text, provision.text_en))
    only_english = bool(hits(english, terms)) and not hits(arabic, terms)
    return (english, "en") if only_english else (arabic, "ar")


def _flat(text: str, kind: ProvisionKind) -> str:
    """`text` on one line, the cells of a table parted by points."""
    if kind is ProvisionKind.TABLE:
        text = " · ".join(filter(None, _TABLE.split(text))).replace("\\|", "|")
    return squeeze(text)


def _comments(
    ids: list[int], terms: tuple[Term, ...], known: dict[int, Listed]
) -> dict[int, Result]:
    if not ids:
        return {}
    query = (
        select(Comment, Submission, Document, DraftVersion.number)
        .join(Submission, Comment.submission_id == Submission.id)
        .outerjoin(Document, Comment.document_id == Document.id)
        .outerjoin(DraftVersion, Comment.version_id == DraftVersion.id)
        .where(Comment.id.in_(ids))
    )
    rows = db.session.execute(query).all()
    redacted = [row[0].id for row in rows if row[0].publication is Publication.REDACTED]
    masked = spans_by_comment(redacted) if redacted else {}
    results: dict[int, Result] = {}
    for comment, submission, document, version in rows:
        content = content_of(comment, submission, masked.get(comment.id, ()))
        words = visible(content, Audience.PUBLIC)
        if words.text or words.proposed:
            field, said = _said(words, terms)
            results[comment.id] = Result(
                consultation=known[comment.consultation_id],
                excerpt=said,
                document_number=document.number if document else None,
                document_title=(
                    Bilingual(document.title_ar, document.title_en) if document else None
                ),
                version=version,
                eid=comment.eid or "",
                number=comment.number,
                place=comment.place,
                field=field,
                sender_class=submission.sender_class,
                organisation=words.organisation,
                name=words.name,
            )
    return results


def _said(words: Words, terms: tuple[Term, ...]) -> tuple[str, Excerpt]:
    """What of a comment is shown, and from which of its fields."""
    fields = [(field, _marked(getattr(words, field), terms)) for field in FIELDS]
    there = [(field, (text, spans)) for field, (text, spans) in fields if text]
    field, (text, spans) = next((each for each in there if each[1][1]), there[0])
    return field, excerpt(text, spans)


def _marked(pieces: tuple[Piece, ...], terms: tuple[Term, ...]) -> tuple[str, tuple[Span, ...]]:
    """The pieces as one text, masks in words; what was looked for is not looked for in those."""
    text, spans = "", []
    for piece in pieces:
        if isinstance(piece, Mask):
            text += mask_words(piece)
            continue
        plain = _SPACES.sub(" ", piece)
        spans += [Span(len(text) + start, len(text) + end) for start, end in hits(plain, terms)]
        text += plain
    return text, tuple(spans)
