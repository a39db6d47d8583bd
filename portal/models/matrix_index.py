"""The rows of editions in the index of search: one entry a row, found by its words and its codes.

An edition's entries lie by themselves below all others. The codes that the page narrows by are
words of an entry as well (beginning with a sign that nobody can type), so that words and choices
together are looked up at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sqlalchemy import Connection, delete, insert, select

from portal.domain.search import Term, words_of
from portal.models.base import db
from portal.models.matrices import MatrixRow
from portal.models.search import Indexed, Range, search_words

ROWS = 2**24  # more than an edition has rows
LOWEST = -(2**62)
SIGN = "§"
PORTION = 500


def edition_range(edition_id: int, start: int = 0) -> Range:
    """The entries of an edition from position `start` on; the first row is the highest."""
    first = LOWEST + edition_id * ROWS
    return Range(first, first + ROWS - 1 - start)


def entry_of(edition_id: int, position: int) -> int:
    return edition_range(edition_id, position).highest


def position_of(edition_id: int, entry: int) -> int:
    return edition_range(edition_id).highest - entry


@lru_cache(maxsize=4096)
def coded(kind: str, code: object) -> str:
    """A code as a word: no tokenizer parts it, and no typed word is like it."""
    return SIGN + kind + "".join(char if char.isalnum() else "¦" for char in str(code or "¬"))


def code_terms(**codes: object) -> tuple[Term, ...]:
    """What an entry must hold besides its words, by kind of code."""
    return tuple(Term((coded(kind, code),), exact=True) for kind, code in codes.items())


def index_rows(
    connection: Connection, edition_id: int, rows: Iterable[Mapping[str, object]]
) -> None:
    """Put frozen rows into the index; they are given as they are put into the table."""
    entries = [_entry(edition_id, row) for row in rows]
    if entries:
        connection.execute(insert(search_words), entries)


def _entry(edition_id: int, row: Mapping[str, object]) -> dict[str, object]:
    words = str(row["folded"]).split()
    codes = (
        coded("disposition", row["disposition"]),
        coded("sender", row["sender_class"]),
        coded("document", row["document_number"]),
        coded("article", row["article"]),
    )
    position = int(str(row["position"]))
    indexed = Indexed((tuple(words), codes), 0)
    return {"rowid": entry_of(edition_id, position), "consultation_id": 0, "words": indexed}


def clear_rows(connection: Connection, edition_id: int) -> None:
    """Take all rows of an edition out of the index."""
    lowest, highest = edition_range(edition_id)
    within = search_words.c.rowid.between(lowest, highest)
    connection.execute(delete(search_words).where(within))


def index_portion(edition_id: int, start: int) -> int:
    """Index rows of a published edition anew from position `start`; gives how many there were."""
    query = (
        select(
            MatrixRow.position,
            MatrixRow.disposition,
            MatrixRow.sender_class,
            MatrixRow.document_number,
            MatrixRow.article,
            MatrixRow.folded,
        )
        .where(MatrixRow.edition_id == edition_id, MatrixRow.position >= start)
        .order_by(MatrixRow.position)
        .limit(PORTION)
    )
    # What was folded by earlier rules may hold more than words.
    rows = [
        {**row, "folded": " ".join(words_of(row["folded"]))}
        for row in db.session.execute(query).mappings()
    ]
    connection = db.session.connection()
    if start == 0:
        clear_rows(connection, edition_id)
    index_rows(connection, edition_id, rows)
    return len(rows)
