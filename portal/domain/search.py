"""Search: from typed words to what is looked for, and where it stands in a text.

Words are compared folded (DOMAIN.md, 'Arabic'). A word is found also with what Arabic attaches
before it: `جهات` finds `الجهات` and `وللجهات`, `الجهات` finds `بالجهات`; nothing else is guessed.
Between quotation marks the words stand side by side, exactly as typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from portal.domain.errors import DomainError
from portal.domain.text import ARABIC_MARKS, fold

LENGTH_LIMIT = 200
WORDS_LIMIT = 10
WORD_LENGTH = 64  # of the compared form; what is longer is no word that anybody looks for

# Marks, joiners and marks of direction belong to the word they stand in, and part none in two.
_WORD = re.compile(rf"[\w{ARABIC_MARKS}\u0300-\u036f\u00ad\u200b-\u200f\u061c\ufeff]+")
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|«([^»]*)»|„([^“”]*)[“”]')
_ARABIC = re.compile(r"[\u0621-\u064a]{2,}")
_AND, _WITH = ("", "و", "ف"), ("", "ب", "ل", "ك")
_THE = "ال"


class Term(NamedTuple):
    """What has to occur: one word in any of its forms, or exactly these words side by side."""

    words: tuple[str, ...]
    exact: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """The folded words of which any one is this term. Not for several words."""
        return self.words if self.exact else forms(self.words[0])


class Word(NamedTuple):
    """A word of a text: its compared form, and characters `start` up to `end` of the text."""

    form: str
    start: int
    end: int


class Span(NamedTuple):
    """Characters `start` up to `end`."""

    start: int
    end: int


def parse(typed: str) -> tuple[Term, ...]:
    """The terms of a query, each once; all of them have to occur.

    Raises `search_empty` where no word was typed and `search_too_long`.
    """
    if len(typed) > LENGTH_LIMIT:
        raise DomainError("search_too_long", field="q", length=LENGTH_LIMIT, words=WORDS_LIMIT)
    terms = [Term(quoted, exact=True) for quoted in _quotations(typed)]
    terms += [Term((form,)) for form in words_of(_QUOTED.sub(" ", typed))]
    found = tuple(dict.fromkeys(terms))
    if not found:
        raise DomainError("search_empty", field="q")
    if sum(len(term.words) for term in found) > WORDS_LIMIT:
        raise DomainError("search_too_long", field="q", length=LENGTH_LIMIT, words=WORDS_LIMIT)
    return found


def _quotations(typed: str) -> Iterator[tuple[str, ...]]:
    for groups in _QUOTED.findall(typed):
        quoted = tuple(words_of("".join(groups)))
        if quoted:
            yield quoted


@lru_cache(maxsize=1024)
def forms(word: str) -> tuple[str, ...]:
    """`word` and `word` with what may be attached before it: و ف, then ب ل ك, then ال.

    `ل` and `ال` together are written `لل`. A word of another script has one form, itself.
    """
    if not _ARABIC.fullmatch(word):
        return (word,)
    found = [first + then + word for first, then in product(_AND, _WITH)]
    found += [f"{first}{then}{_THE}{word}" for first, then in product(_AND, ("", "ب", "ك"))]
    found += [first + _for_the(word) for first in _AND]
    if word.startswith(_THE) and len(word) > len(_THE) + 1:
        found += [first + _for_the(word.removeprefix(_THE)) for first in _AND]
    return tuple(dict.fromkeys(found))


def _for_the(word: str) -> str:
    """`ل` before `ال` and `word`: of three lams that meet one is not written (`للجنة`)."""
    return f"ل{word}" if word.startswith("ل") else f"لل{word}"


def words_in(text: str) -> Iterator[Word]:
    """The words of `text` with where they stand; what folds to nothing is no word."""
    for match in _WORD.finditer(text):
        form = _form(match[0][: 4 * WORD_LENGTH])
        if form:
            yield Word(form, *match.span())


def words_of(text: str) -> list[str]:
    """The compared forms of the words of `text`, in order."""
    return [form for word in _WORD.findall(text) if (form := _form(word[: 4 * WORD_LENGTH]))]


@lru_cache(maxsize=2**15)  # some words make up most of what is written
def _form(word: str) -> str:
    """Letters and digits alone: nothing in it can mean something to a database's query."""
    folded = fold(unicodedata.normalize("NFKC", word))
    return "".join(char for char in folded if char.isalnum())[:WORD_LENGTH]


def hits(text: str, terms: Iterable[Term]) -> tuple[Span, ...]:
    """Where the terms stand in `text` as it is written, in order; what overlaps is one."""
    words = list(words_in(text))
    found: list[Span] = []
    for term in terms:
        found += _sides(words, term) if len(term.words) > 1 else _single(words, term)
    return _merged(found)


def _single(words: list[Word], term: Term) -> Iterator[Span]:
    wanted = frozenset(term.forms)
    return (Span(word.start, word.end) for word in words if word.form in wanted)


def _sides(words: list[Word], term: Term) -> Iterator[Span]:
    size = len(term.words)
    for at in range(len(words) - size + 1):
        if all(words[at + index].form == form for index, form in enumerate(term.words)):
            yield Span(words[at].start, words[at + size - 1].end)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
