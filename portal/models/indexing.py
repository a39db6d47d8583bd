"""Keeping the index of search: only what the public may read is in it, as it stands now.

Called in the transaction of whatever changes what the public may read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from portal.domain.drafts import ProvisionKind
from portal.domain.search import Term, words_of
from portal.domain.visibility import (
    FIELDS,
    Audience,
    Content,
    Mask,
    Words,
    visible,
)
from portal.models.base import db
from portal.models.comments import Comment
from portal.models.consultations import Document
from portal.models.contents import CONTENT, spans_by_comment
from portal.models.drafts import DraftVersion, Provision
from portal.models.search import (
    Indexed,
    Range,
    Spot,
    Wanted,
    found,
    search_words,
    text_entry,
    version_range,
)
from portal.models.submissions import Submission

Row = dict[str, object]
# Another name when the rules change by which words are compared: all is then indexed anew.
RULES = "rules2"
MARK = Range(0, 0)  # the entry that bears it, among no others


def index_comments(ids: Sequence[int]) -> int:
    """Put the comments with these ids into the index, or take them out; gives how many are in it.

    What is indexed is what `domain.visibility` lets the public see, and nothing else. Each comment
    is locked before it is read: a decision made meanwhile comes wholly before or wholly after.
    """
    db.session.flush()
    query = (
        select(Comment.id, Comment.consultation_id, *CONTENT)
        .join(Submission, Comment.submission_id == Submission.id)
        .where(Comment.id.in_(ids))
        .order_by(Comment.id)
        .with_for_update(of=Comment)
    )
    comments = db.session.execute(query).all()
    spans = spans_by_comment(ids)
    rows: list[Row] = []
    for comment_id, consultation_id, *content in comments:
        whole = Content(*(*content, spans.get(comment_id, ())))
        said = _said(visible(whole, Audience.PUBLIC))
        if said:
            rows.append(_row(comment_id, Indexed(said, consultation_id)))
    forget_comments(ids)
    _add(rows)
    return len(rows)


def forget_comments(ids: Sequence[int]) -> None:
    """Take comments out of which the public reads nothing, however many."""
    db.session.execute(delete(search_words).where(search_words.c.rowid.in_(ids)))


def _said(words: Words) -> tuple[tuple[str, ...], ...]:
    """The words of each piece: no quotation reaches across a mask or from field to field."""
    pieces: list[str] = [words.organisation, words.name]
    for field in FIELDS:
        pieces += [each for each in getattr(words, field) if not isinstance(each, Mask)]
    return _fields(pieces)


def _fields(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    fields = (tuple(words_of(text)) for text in texts)
    return tuple(words for words in fields if words)


def index_version(version: DraftVersion) -> int:
    """Put a published version into the index, in place of an earlier one of its document.

    The earlier stays to be searched by itself. Gives how many entries the version has.
    """
    db.session.flush()
    document = db.session.get_one(Document, version.document_id)
    published = select(DraftVersion.id, DraftVersion.number).where(
        DraftVersion.document_id == version.document_id, DraftVersion.published_at.is_not(None)
    )
    numbers = {each.id: each.number for each in db.session.execute(published)}
    newest = max(numbers, key=lambda each: numbers[each], default=version.id)
    for each in numbers:
        if each != newest:
            _set_back(each)
    return _index_texts(version, document, newest=version.id == newest)


def _set_back(version_id: int) -> None:
    """Move the entries of a version from the newest ones to the earlier ones."""
    here, there = version_range(version_id, newest=True), version_range(version_id, newest=False)
    moved = update(search_words).where(_within(here))
    db.session.execute(
        moved.values(rowid=search_words.c.rowid - (here.lowest - there.lowest)),
        execution_options={"synchronize_session": False},
    )


def _index_texts(version: DraftVersion, document: Document, *, newest: bool) -> int:
    within = version_range(version.id, newest=newest)
    shift = version_range(version.id, newest=True).lowest - within.lowest
    db.session.execute(delete(search_words).where(_within(within)))
    titles = (document.title_ar, document.title_en)
    texts: list[tuple[int, Iterable[str]]] = [(-1, titles)]
    query = select(
        Provision.kind,
        Provision.position,
        Provision.marker,
        Provision.heading,
        Provision.heading_en,
        Provision.text,
        Provision.text_en,
    ).where(Provision.version_id == version.id)
    # A first line that only repeats the title is not shown a second time, nor found.
    repeated = (ProvisionKind.TEXT, document.title_ar)
    texts += [
        (position, words)
        for kind, position, *words in db.session.execute(query)
        if (kind, words[-2]) != repeated
    ]
    rows = [
        _row(
            text_entry(Spot(version.id, position)) - shift,
            Indexed(_fields(words), document.consultation_id),
        )
        for position, words in texts
    ]
    _add(rows)
    return len(rows)


def mark_complete() -> None:
    """Note that all there is has been indexed by the present rules."""
    db.session.execute(delete(search_words).where(_within(MARK)))
    _add([_row(MARK.lowest, Indexed(((RULES,),), 0))])


def is_complete() -> bool:
    """Whether the index holds all that it should, by the present rules."""
    marked = Wanted((Term((RULES,), exact=True),))
    return bool(db.session.scalar(select(func.count()).select_from(found(marked, MARK, 1))))


def _within(within: Range) -> ColumnElement[bool]:
    return search_words.c.rowid.between(*within)


def _row(entry: int, indexed: Indexed) -> Row:
    return {"rowid": entry, "consultation_id": indexed.consultation_id, "words": indexed}


def _add(rows: list[Row]) -> None:
    if rows:
        db.session.execute(insert(search_words), rows)
