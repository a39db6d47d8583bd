"""A page of the study: its rows under headings, the text beside them, and what there is of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from portal.domain.citations import article_of
from portal.domain.studying import Order, Shown
from portal.domain.submissions import SenderClass
from portal.domain.typesetting import Marked, Typeset, typeset
from portal.models import Comment, CommentAnchor, Document, Response, ResponseComment, db
from portal.queries.drafts import ProvisionView, read_trees, reading_of, tables_of, walk_views
from portal.queries.rows import ANSWERS, with_parts
from portal.queries.study_rows import StudyRow, load_rows
from portal.queries.studying import UnitsPage, Wanted, units_page
from portal.queries.themes import ThemeName


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together in the order asked for; what they have in common heads them.

    `article` is their article, where they are ordered by the text; `inside` its words, those that
    the rows are about marked.
    """

    rows: tuple[StudyRow, ...]
    eid: str = ""
    document: int | None = None
    article: ProvisionView | None = None
    inside: Typeset | None = None
    theme: ThemeName | None = None
    sender_class: SenderClass | None = None


@dataclass(frozen=True, slots=True)
class StudyPage:
    """Fifty rows at most, in sections."""

    sections: tuple[Section, ...]
    units: UnitsPage

    @property
    def rows(self) -> tuple[StudyRow, ...]:
        return tuple(row for section in self.sections for row in section.rows)


def study_page(consultation_id: int, wanted: Wanted, *, number: int = 1) -> StudyPage:
    """One page. Thirteen queries at most, however much there is."""
    page = units_page(consultation_id, wanted, number=number)
    rows = load_rows(consultation_id, page.units)
    by_text = wanted.order is Order.ARTICLE
    texts = _texts(consultation_id, rows) if by_text and rows else {}
    marks = _marks(rows) if texts else {}
    kinds: dict[object, list[StudyRow]] = {}
    for row in rows:
        kinds.setdefault(_kind(row, wanted.order), []).append(row)
    sections = (_section(each, wanted.order, texts, marks) for each in kinds.values())
    return StudyPage(tuple(sections), page)


def _kind(row: StudyRow, order: Order) -> object:
    if order is Order.ARTICLE:
        return _at(row)
    if order is Order.THEME:
        return row.themes[0].id if row.themes else 0
    return row.comment.sender_class if order is Order.SENDER else 0


Place = tuple[int, int, str]


def _at(row: StudyRow) -> Place:
    """The numbers of document and version, and the article."""
    comment = row.comment
    return comment.document_number or 0, comment.version_number or 0, article_of(comment.eid)


def _section(
    rows: list[StudyRow],
    order: Order,
    texts: dict[Place, ProvisionView],
    marks: dict[int, tuple[str, int, int]],
) -> Section:
    first, found = rows[0], tuple(rows)
    if order is Order.THEME:
        return Section(found, theme=first.themes[0] if first.themes else None)
    if order is Order.SENDER:
        return Section(found, sender_class=first.comment.sender_class)
    if order is Order.NUMBER:
        return Section(found)
    at = _at(first)
    article = texts.get(at)
    inside = _set(article, found, marks) if article else None
    return Section(found, eid=at[2], document=at[0] or None, article=article, inside=inside)


def _texts(consultation_id: int, rows: Collection[StudyRow]) -> dict[Place, ProvisionView]:
    """The articles that these rows are about, by their place."""
    wanted = {_at(row) for row in rows if row.comment.eid}
    trees = read_trees(consultation_id, {place[:2] for place in wanted}) if wanted else {}
    return {
        (*version, node.eid): node
        for version, tree in trees.items()
        for node, _depth in walk_views(tree)
        if (*version, node.eid) in wanted
    }


def _marks(rows: Iterable[StudyRow]) -> dict[int, tuple[str, int, int]]:
    """Which words of the text these comments were made on, by the comment's number."""
    query = (
        select(Comment.number, CommentAnchor.eid, CommentAnchor.start, CommentAnchor.end)
        .join(CommentAnchor, CommentAnchor.comment_id == Comment.id)
        .where(
            Comment.id.in_({row.key.comment_id for row in rows}),
            CommentAnchor.version_id == Comment.version_id,
            CommentAnchor.start.is_not(None),
        )
    )
    return {
        number: (eid, start, end)
        for number, eid, start, end in db.session.execute(query)
        if start is not None and end is not None
    }


def _set(
    article: ProvisionView, rows: Iterable[StudyRow], marks: dict[int, tuple[str, int, int]]
) -> Typeset:
    reading = reading_of((article,))
    numbers = {row.ref.number for row in rows} & marks.keys()
    marked = [
        Marked(number, reading.spans[eid][0] + start, reading.spans[eid][0] + end)
        for number in sorted(numbers)
        for eid, start, end in (marks[number],)
        if eid in reading.spans
    ]
    return typeset(reading, marked, tables_of((article,)))


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows there are in all, and how far the answer to each is."""

    rows: int
    by_shown: Mapping[Shown, int]

    @property
    def answered(self) -> int:
        return self.rows - self.by_shown.get(Shown.UNANSWERED, 0)

    @property
    def approved(self) -> int:
        return self.by_shown.get(Shown.APPROVED, 0)


def progress(consultation_id: int) -> Progress:
    """How far the answering is. One query."""
    query = (
        with_parts(select(Response.status, func.count()).select_from(Comment))
        .outerjoin(ResponseComment, ANSWERS)
        .outerjoin(Response, Response.id == ResponseComment.response_id)
        .where(Comment.consultation_id == consultation_id)
        .group_by(Response.status)
    )
    found = {
        Shown(status) if status else Shown.UNANSWERED: many
        for status, many in db.session.execute(query)
    }
    return Progress(sum(found.values()), found)


def count_by_article(consultation_id: int) -> dict[tuple[int, str], int]:
    """How many comments there are on each article, by the document's number. One query."""
    query = (
        select(Document.number, Comment.eid, func.count())
        .join(Document, Document.id == Comment.document_id)
        .where(Comment.consultation_id == consultation_id, Comment.eid.is_not(None))
        .group_by(Document.number, Comment.eid)
    )
    found: Counter[tuple[int, str]] = Counter()
    for document, eid, many in db.session.execute(query):
        found[document, article_of(eid)] += many
    return dict(found)


def answering_nothing(consultation_id: int) -> tuple[int, ...]:
    """Responses that answer no row any more, since parts were joined. One query."""
    linked = select(ResponseComment.response_id).where(ResponseComment.response_id == Response.id)
    query = select(Response.id).where(Response.consultation_id == consultation_id, ~linked.exists())
    return tuple(db.session.scalars(query.order_by(Response.id)))
