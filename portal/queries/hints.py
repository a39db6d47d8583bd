"""Reads about hints: those of comments, and the condition that narrows a list by a kind."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.domain.hints import HintKind
from portal.formats.hints.insults import key_of, starter
from portal.models import Comment, CommentHint, InsultWord, Submission, User, db
from portal.models.hinting import SEARCHED, listed_insults


class Seen(NamedTuple):
    """A hint about a comment; `field` is empty where it is about no words of it."""

    kind: HintKind
    field: str
    start: int
    end: int
    shown: str
    detail: str


def hints_of(comment_ids: tuple[int, ...]) -> dict[int, tuple[Seen, ...]]:
    """The hints of comments by their ids, by place. One query, for a page of comments."""
    query = (
        select(CommentHint, *(getattr(Comment, field) for field in SEARCHED))
        .join(Comment, Comment.id == CommentHint.comment_id)
        .where(CommentHint.comment_id.in_(comment_ids))
        .order_by(CommentHint.comment_id, CommentHint.id)
    )
    found: dict[int, list[Seen]] = {}
    for hint, *texts in db.session.execute(query):
        text = dict(zip(SEARCHED, texts, strict=True)).get(hint.field, "")
        shown = text[hint.start : hint.end]
        found.setdefault(hint.comment_id, []).append(
            Seen(hint.kind, hint.field, hint.start, hint.end, shown, hint.detail)
        )
    return {comment_id: tuple(hints) for comment_id, hints in found.items()}


def is_looked_over(comment_id: int) -> bool:
    """Whether the machine has looked the comment over yet: it does soon after it came."""
    waits = select(Comment.id).join(Submission, Comment.submission_id == Submission.id)
    waits = waits.where(Comment.id == comment_id, Submission.looked_at.is_(None))
    return db.session.scalar(waits) is None


def with_hint(
    kind: HintKind, comment_id: InstrumentedAttribute[int] | ColumnElement[int] = Comment.id
) -> ColumnElement[bool]:
    """The condition that a comment has a hint of this kind, for a query that has its id:
    `with_hint(HintKind.PHONE, Waiting.comment_id)`."""
    return (
        select(CommentHint.id)
        .where(CommentHint.comment_id == comment_id, CommentHint.kind == kind)
        .exists()
    )


class Piece(NamedTuple):
    """A stretch of a text, with the kinds of hints about it; none for plain words."""

    text: str
    kinds: tuple[HintKind, ...]


def marked(text: str, hints: tuple[Seen, ...], field: str) -> tuple[Piece, ...]:
    """The text of a field in pieces, cut where a hint begins or ends; joined, it is the text.

    What is said of a whole text (its script) marks no words.
    """
    own = [each for each in hints if each.field == field and each.kind is not HintKind.OTHER_SCRIPT]
    cuts = sorted({0, len(text), *(each.start for each in own), *(each.end for each in own)})
    pieces = []
    for start, end in itertools.pairwise(cuts):
        kinds = tuple(dict.fromkeys(each.kind for each in own if each.start <= start < each.end))
        pieces.append(Piece(text[start:end], kinds))
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word of the list of insults; `by` and `at` are empty for one the portal came with."""

    word: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InsultList:
    """What is looked for, by alphabet, and the newest changes to it."""

    words: tuple[ListedWord, ...]
    changes: tuple[tuple[str, bool, str, datetime], ...]


def insult_list(latest: int = 50) -> InsultList:
    """The list as it stands, with who added what. Two queries."""
    query = select(InsultWord, User.name).join(User, InsultWord.changed_by == User.id)
    rows = [(row, name) for row, name in db.session.execute(query.order_by(InsultWord.id))]
    added: Mapping[str, ListedWord] = {
        row.key: ListedWord(row.word, name, row.changed_at) for row, name in rows if row.listed
    }
    own = {key_of(word) for word in starter()}
    words = tuple(
        ListedWord(word) if key_of(word) in own else added.get(key_of(word), ListedWord(word))
        for word in listed_insults()
    )
    changes = [(row.word, row.listed, name, row.changed_at) for row, name in rows]
    return InsultList(words, tuple(reversed(changes[-latest:])))
