"""Search over 100,000 comments: the first page of results, and putting comments into the index."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from flask import Flask
from sqlalchemy import select

from bench import corpus
from bench.harness import Candidates
from portal.domain.search import parse, words_of
from portal.models import db
from portal.models.indexing import index_comments
from portal.models.search import COMMENTS, Wanted, found
from portal.queries.search import search

# By how common the words are: the first is in nearly every comment, the last in a few dozen.
RANKS: dict[str, tuple[int, ...]] = {
    "very common": (0,),
    "common": (10,),
    "middling": (100,),
    "rare": (10_000,),
}
RANKS |= {
    "two very common": (0, 1),
    "two middling": (60, 90),
    "common and rare": (0, 10_000),
    "five common": (4, 5, 6, 7, 8),
}


def _queries() -> dict[str, str]:
    words = corpus.vocabulary()
    typed = {name: " ".join(words[rank] for rank in ranks) for name, ranks in RANKS.items()}
    return {**typed, "quotation": f'"{words[0]} {words[3]}"', "nothing": "لاشيءمنهذا"}


def _pages(database: str) -> Candidates:
    try:
        app = corpus.portal(database)
    except RuntimeError as missing:
        sys.stdout.write(f"  left out: {missing}\n")
        return {}
    return {name: _in(app, partial(_page, typed)) for name, typed in _queries().items()}


def _in(app: Flask, work: Callable[[], object]) -> Callable[[], object]:
    def run() -> None:
        with app.app_context():
            work()

    return run


def _page(typed: str) -> None:
    search(corpus.NOW, parse(typed))


def sqlite() -> Candidates:
    """The first page of results over 100,000 comments on SQLite, whole: index, comments, marks."""
    return _pages("sqlite")


def postgresql() -> Candidates:
    """The first page of results over 100,000 comments on PostgreSQL, whole."""
    return _pages("postgresql")


def _entries(typed: str, place: int | None = None) -> None:
    wanted = Wanted(parse(typed), place)
    db.session.scalars(select(found(wanted, COMMENTS, 21).c.entry)).all()


def _of_earlier(database: str) -> Candidates:
    """Words that the newest comments have not: what search does worst."""
    try:
        app = corpus.portal(database)
    except RuntimeError as missing:
        sys.stdout.write(f"  left out: {missing}\n")
        return {}
    words = corpus.vocabulary()
    return {
        f"consultation 1, word {rank}": _in(app, partial(_entries, words[rank], 1))
        for rank in (0, 10, 100, 1_000)
    }


def narrowed_sqlite() -> Candidates:
    """The entries alone, of the earliest of five consultations, on SQLite."""
    return _of_earlier("sqlite")


def narrowed_postgresql() -> Candidates:
    """The entries alone, of the earliest of five consultations, on PostgreSQL."""
    return _of_earlier("postgresql")


def _index(number: int) -> None:
    index_comments(range(1, number + 1))
    db.session.rollback()


def indexing() -> Candidates:
    """Comments are put into the index anew, on SQLite; where it is linear the ratio is the size."""
    app = corpus.portal("sqlite")
    return {f"{n} comments": _in(app, partial(_index, n)) for n in (250, 1_000, 4_000)}


def folding() -> Candidates:
    """The words of texts are found and folded."""
    said = {n: " ".join(corpus.texts(n)) for n in (10, 40, 160)}
    return {f"{n} comments": partial(words_of, text) for n, text in said.items()}
