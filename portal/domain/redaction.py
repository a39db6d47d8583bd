"""Masking words: whole words with their marks, every copy of them, in the texts as they stand.

A span is widened until it cuts no word and takes no mark from its letter: half a name, or a name
whose tashkeel stays behind, says what was to be hidden.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.text import fold, squeeze
from portal.domain.visibility import Span

_JOINERS = frozenset("_\u0640\u200c\u200d")  # tatweel, ZWNJ and ZWJ stand inside words
SHORTEST_COPY = 3


def _marks(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


def _joins(char: str) -> bool:
    return char.isalnum() or char in _JOINERS or _marks(char)


def _stands_on(text: str, at: int) -> bool:
    """Whether the character at `at` belongs to the one before it."""
    return _marks(text[at]) or (_joins(text[at]) and _joins(text[at - 1]))


def widen(text: str, start: int, end: int) -> tuple[int, int]:
    """`start`, `end` without the white space at the ends, out to whole words; (0, 0) for none."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start == end:
        return 0, 0
    while start > 0 and _stands_on(text, start):
        start -= 1
    while end < len(text) and _stands_on(text, end):
        end += 1
    return start, end


def tidy(spans: tuple[Span, ...], fields: Mapping[str, str]) -> tuple[Span, ...]:
    """Spans inside their texts as they are kept: widened, in order, each once."""
    found: dict[Span, None] = {}
    for span in spans:
        start, end = widen(fields[span.field], span.start, span.end)
        if start < end:
            found[Span(span.field, start, end, span.ground)] = None
    order = list(fields)
    return tuple(sorted(found, key=lambda each: (order.index(each.field), each.start, each.end)))


def _folded(text: str) -> tuple[str, list[int]]:
    """`text` as searching compares it, and for each of its characters where it came from."""
    plain: list[str] = []
    origin: list[int] = []
    at = 0
    while at < len(text):
        after = at + 1
        while after < len(text) and _marks(text[after]):
            after += 1  # a letter is folded with its marks: some of the two have one spelling
        folded = " " if text[at].isspace() else fold(text[at:after])
        if folded != " " or plain[-1:] != [" "]:
            plain += folded
            origin += [at] * len(folded)
        at = after
    return "".join(plain), origin


def _places(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where `words` stand in `text`, however they are spelt; marks after them are theirs."""
    wanted = fold(squeeze(words))
    plain, origin = _folded(text)
    at = plain.find(wanted) if wanted else -1
    while at >= 0:
        start, end = origin[at], origin[at + len(wanted) - 1] + 1
        while end < len(text) and (_marks(text[end]) or not fold(text[end])):
            end += 1
        yield start, end
        at = plain.find(wanted, at + len(wanted))


def spans_of(words: str, fields: Mapping[str, str], ground: Ground) -> tuple[Span, ...]:
    """Every place where `words` stand in the texts, so that no second copy stays visible.

    Where they stand as whole words, those; else the words that they are a part of. Raises
    `span_not_found` where they stand nowhere.
    """
    whole: list[Span] = []
    part: list[Span] = []
    for name, text in fields.items():
        for start, end in _places(words, text):
            wide = widen(text, start, end)
            (whole if wide == (start, end) else part).append(Span(name, *wide, ground))
    if not whole and not part:
        raise DomainError("span_not_found", field="masked", words=words)
    return tidy(tuple(whole or part), fields)


def copies(spans: tuple[Span, ...], fields: Mapping[str, str]) -> tuple[Span, ...]:
    """Where the masked words stand once more, uncovered: to be offered, never masked unasked."""
    found: list[Span] = []
    for span in spans:
        words = fields[span.field][span.start : span.end]
        if len(fold(squeeze(words))) < SHORTEST_COPY:
            continue
        for name, text in fields.items():
            for place in _places(words, text):
                copy = Span(name, *widen(text, *place), span.ground)
                if not any(_covers(each, copy) for each in (*spans, *found)):
                    found.append(copy)
    return tuple(found)


def _covers(span: Span, copy: Span) -> bool:
    return span.field == copy.field and span.start <= copy.start and copy.end <= span.end
