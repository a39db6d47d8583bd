"""The index of search: one table on both databases, and the one construct that looks into it.

On SQLite it is a full-text table (FTS5), on PostgreSQL a `tsvector` with a GIN index; the
migration makes either. Both are given words that are folded and separated already, so that no
tokenizer and no dictionary of theirs has anything to decide.

The number of an entry says what it is and where it comes in the results, highest first: texts of
newest versions before comments, a later version before an earlier, a text in reading order, a
later comment before an earlier. Texts of earlier versions have numbers below zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Dialect, Integer, Table, Text, bindparam, column
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import TableValuedAlias
from sqlalchemy.types import TypeDecorator, TypeEngine

from portal.domain.search import Term
from portal.models.base import Base

POSITIONS = 2**20  # more than a version has provisions
NEWEST, EARLIER = 2**53, -(2**53)  # beyond every comment, and below zero for every version
PARTED = "¶"  # stands between two fields, so that no quotation reaches across; never typed
PLACE = "§"  # before the number of a consultation; never typed


class Range(NamedTuple):
    """Entries `lowest` up to and with `highest`."""

    lowest: int
    highest: int


COMMENTS = Range(1, NEWEST - 1)
TEXTS = Range(NEWEST, 2**63 - 1)
EVERYTHING = Range(COMMENTS.lowest, TEXTS.highest)


def version_range(version_id: int, *, newest: bool) -> Range:
    """The entries of a version: the newest published of its document, or an earlier one."""
    first = (NEWEST if newest else EARLIER) + version_id * POSITIONS
    return Range(first, first + POSITIONS - 1)


class Spot(NamedTuple):
    """A provision by its place in a version; position -1 is the title."""

    version_id: int
    position: int


def text_entry(spot: Spot) -> int:
    """The number of the entry of a text in a newest version."""
    return version_range(spot.version_id, newest=True).highest - 1 - spot.position


def spot_of(entry: int) -> Spot | None:
    """What `text_entry` was given; None for the entry of a comment, whose number is its id."""
    if COMMENTS.lowest <= entry <= COMMENTS.highest:
        return None
    version_id, rest = divmod(entry - (NEWEST if entry > 0 else EARLIER), POSITIONS)
    return Spot(version_id, POSITIONS - 2 - rest)


@dataclass(frozen=True, slots=True)
class Wanted:
    """All `terms`; in one consultation, or in any but the `hidden` ones."""

    terms: tuple[Term, ...]
    consultation_id: int | None = None
    hidden: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an entry is found by: the words of each of its fields, and its consultation."""

    fields: tuple[tuple[str, ...], ...]
    consultation_id: int

    def tokens(self) -> Iterable[str]:
        for words in self.fields:
            yield from words
            yield PARTED
        yield f"{PLACE}{self.consultation_id}"


class IndexedWords(TypeDecorator[Indexed]):
    """The words of an entry, as each database keeps them."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        postgresql = dialect.name == "postgresql"
        return dialect.type_descriptor(TSVECTOR() if postgresql else Text())

    def process_bind_param(self, value: Indexed | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if dialect.name != "postgresql":
            return " ".join(value.tokens())
        # A vector keeps no position beyond 16383: in a longer text quotations end there.
        return " ".join(f"'{token}':{at}" for at, token in enumerate(value.tokens(), start=1))


class SearchQuery(TypeDecorator[Wanted]):
    """`Wanted` in the query language of each database. Words are letters and digits, and quoted."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        postgresql = dialect.name == "postgresql"
        return dialect.type_descriptor(TSQUERY() if postgresql else Text())

    def process_bind_param(self, value: Wanted | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return _tsquery(value) if dialect.name == "postgresql" else _fts5(value)


def _fts5(wanted: Wanted) -> str:
    def words(term: Term) -> str:
        if term.exact:
            return f'"{" ".join(term.words)}"'
        return "(" + " OR ".join(f'"{form}"' for form in term.forms) + ")"

    parts = [words(term) for term in wanted.terms]
    if wanted.consultation_id is not None:
        parts.append(f'"{PLACE}{wanted.consultation_id}"')
    hidden = "".join(f' NOT "{PLACE}{each}"' for each in wanted.hidden)
    return f"({' AND '.join(parts)}){hidden}"


def _tsquery(wanted: Wanted) -> str:
    def words(term: Term) -> str:
        parts = term.words if term.exact else term.forms
        return "(" + (" <-> " if term.exact else " | ").join(f"'{each}'" for each in parts) + ")"

    parts = [words(term) for term in wanted.terms]
    if wanted.consultation_id is not None:
        parts.append(f"'{PLACE}{wanted.consultation_id}'")
    parts += [f"!'{PLACE}{each}'" for each in wanted.hidden]
    return " & ".join(parts)


search_words = Table(
    "search_words",
    Base.metadata,
    Column("rowid", BigInteger, primary_key=True, autoincrement=False),
    Column("consultation_id", Integer, nullable=False),
    Column("words", IndexedWords, nullable=False),
)


class _Found(FunctionElement[int]):
    """`search_found(wanted, consultation, lowest, highest, most)`."""

    name = "search_found"
    inherit_cache = True


@compiles(_Found, "sqlite")
def _on_sqlite(element: _Found, compiler: SQLCompiler, **kwargs: Any) -> str:
    wanted, _place, lowest, highest, most = (
        compiler.process(clause, **kwargs) for clause in element.clauses
    )
    return (  # of placeholders alone
        f"(SELECT rowid AS entry FROM search_words WHERE search_words MATCH {wanted}"  # noqa: S608
        f" AND rowid BETWEEN {lowest} AND {highest} ORDER BY rowid DESC LIMIT {most})"
    )


@compiles(_Found, "postgresql")
def _on_postgresql(element: _Found, compiler: SQLCompiler, **kwargs: Any) -> str:
    arguments = ", ".join(compiler.process(clause, **kwargs) for clause in element.clauses)
    return f"search_found({arguments})"


def found(wanted: Wanted, within: Range, most: int) -> TableValuedAlias:
    """The `most` highest entries that hold what is wanted, as rows `(entry)`, in no order."""
    return _Found(
        bindparam(None, wanted, SearchQuery()),
        bindparam(None, wanted.consultation_id, Integer()),
        bindparam(None, within.lowest, BigInteger()),
        bindparam(None, within.highest, BigInteger()),
        bindparam(None, most, Integer()),
    ).table_valued(column("entry", BigInteger()))
