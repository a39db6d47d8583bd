"""Insults from a list, however they are spelled: stretched, marked, spaced out, with digits.

The list holds words, never patterns: `a+b` and `(x)` mean themselves. A word is found whole, with
the particles that Arabic joins to it; the letters inside another word are nobody's insult.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from portal.domain.text import ARABIC_MARKS, UNSEEN, fold

STARTER = Path(__file__).with_name("insults.txt")
LONGEST = 40  # letters of a listed word
_PREFIXES = (
    "",
    "ال",
    "و",
    "ف",
    "ب",
    "ك",
    "ل",
    "لل",
    "وال",
    "بال",
    "فال",
    "كال",
    "يا",
    "ويا",
    "هال",
)
_SUFFIXES = ("", "ه", "ها", "هم", "ك", "كم", "ين", "ون", "ات", "نا")
# Digits and signs that stand for letters, by how they look or sound.
_ARABIC = str.maketrans("012345678@$أإآٱةىؤئ", "هااعاخطحقاسااااهيوي")
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_LATIN = str.maketrans("01345789@$!|l", "oieastbgasiii")
_LOOKS = str.maketrans({"٥": "ه", "۵": "ه"})
_MARKS = f"{ARABIC_MARKS}\u0640{UNSEEN}"
_UNSEEN = re.compile(f"[{_MARKS}]")
_PIECE = re.compile(r"[\w@$]+(?:[!|][\w@$]+)*")
_BETWEEN = re.compile(r"[^\w\s@$]{1,3}|[ \t][^\w\s@$]?[ \t]?|[^\w\s@$]{1,2}[ \t]")
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
_LATIN_LETTER = re.compile("[A-Za-z]")
_OTHER = re.compile(r"[^\w\s]")

Run = tuple[str, int]


class _Word(NamedTuple):
    """A word of the text, or letters of one that stand apart: where, and its runs of letters."""

    start: int
    end: int
    forms: tuple[tuple[Run, ...], ...]


def _runs(letters: str) -> tuple[Run, ...]:
    return tuple((letter, len(list(same))) for letter, same in groupby(letters))


@lru_cache(maxsize=50_000)
def _forms(written: str) -> tuple[tuple[Run, ...], ...]:
    """How a word can be read: its letters, digits and signs taken for letters of its script."""
    word = _UNSEEN.sub("", written)
    readings = []
    if _ARABIC_LETTER.search(word):
        readings = [
            fold(word.translate(looks).translate(_ARABIC_DIGITS).translate(_ARABIC))
            for looks in ({}, _LOOKS)
        ]
    elif _LATIN_LETTER.search(word):
        readings = [fold(word).translate(_LATIN)]
    return tuple(dict.fromkeys(_runs(each) for each in readings if each))


def _shape(runs: tuple[Run, ...]) -> str:
    return "".join(letter for letter, _count in runs)


def _stretched(runs: tuple[Run, ...], listed: tuple[Run, ...]) -> bool:
    """True where `runs` is the listed word, letters perhaps repeated: but a first letter doubled
    is a particle before the word (`للعين`), not a stretched one."""
    for at, ((_letter, count), (_same, wanted)) in enumerate(zip(runs, listed, strict=True)):
        if count < wanted or (at == 0 and count == wanted + 1):
            return False
    return True


@dataclass(frozen=True)
class Insults:
    """A list made ready; `find` gives the places of its words in a text."""

    words: tuple[str, ...] = ()
    _single: dict[str, list[tuple[tuple[Run, ...], str]]] = field(default_factory=dict)
    _phrases: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    _literal: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for word in self.words:
            self._add(word)

    def _add(self, word: str) -> None:
        pieces = [piece for piece in _PIECE.findall(word) if _forms(piece)]
        if _OTHER.search(_UNSEEN.sub("", word)) or not pieces:
            self._literal.append((fold(word.strip()), word))
        elif len(pieces) == 1:
            for form in _joined_forms(pieces[0]):
                self._single.setdefault(_shape(form), []).append((form, word))
        else:
            shapes = tuple(_shape(_forms(piece)[0]) for piece in pieces)
            for form in _joined_forms(pieces[0]):
                phrase = (_shape(form), *shapes[1:])
                self._phrases.setdefault(phrase[0], []).append((phrase, word))

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """`(start, end, listed word)` by place, none inside another."""
        if not self.words:
            return []
        words = list(_words(text))
        found = [hit for word in words for hit in self._whole(word)]
        found += [hit for word in _apart(text) for hit in self._whole(word)]
        found += self._several(words)
        found += self._exact(text)
        return _outermost(found)

    def _whole(self, word: _Word) -> Iterator[tuple[int, int, str]]:
        for runs in word.forms:
            for listed, said in self._single.get(_shape(runs), ()):
                if _stretched(runs, listed):
                    yield word.start, word.end, said
                    return

    def _several(self, words: list[_Word]) -> Iterator[tuple[int, int, str]]:
        shapes = [{_shape(runs) for runs in word.forms} for word in words]
        for at, here in enumerate(shapes):
            for shape in here & self._phrases.keys():
                for phrase, said in self._phrases[shape]:
                    rest = shapes[at : at + len(phrase)]
                    if len(rest) == len(phrase) and all(
                        wanted in there or f"ال{wanted}" in there
                        for wanted, there in zip(phrase[1:], rest[1:], strict=True)
                    ):
                        yield words[at].start, words[at + len(phrase) - 1].end, said

    def _exact(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Listed words with other signs in them, as they are written."""
        if not self._literal:
            return
        kept = [at for at, char in enumerate(text) if not _UNSEEN.match(char)]
        plain = [fold(text[at])[:1] or " " for at in kept]
        searched = "".join(plain)
        for wanted, said in self._literal:
            at = searched.find(wanted) if wanted else -1
            while at >= 0:
                end = at + len(wanted)
                if _alone(searched, at, end):
                    yield kept[at], kept[end - 1] + 1, said
                at = searched.find(wanted, end)


def _alone(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
    after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not before and not after


def _joined_forms(word: str) -> Iterator[tuple[Run, ...]]:
    """A listed word with the particles and endings that Arabic writes together with it."""
    letters = "".join(letter * count for letter, count in _forms(word)[0])
    if not _ARABIC_LETTER.search(letters):
        yield _runs(letters)
        yield _runs(letters + "s")
        return
    for prefix in _PREFIXES:
        if letters[0] == "ل" and prefix.endswith("ل") and not prefix.endswith("ال"):
            continue  # `للعين` says "to the eye" more often than anything else
        for suffix in _SUFFIXES:
            feminine = word.endswith("ة") and suffix not in ("", "ه")
            ending = letters[:-1] if feminine else letters
            yield _runs(prefix + ending + suffix)


def _words(text: str) -> Iterator[_Word]:
    for match in _PIECES_WITH_MARKS.finditer(text):
        forms = _forms(match.group()) if len(match.group()) <= LONGEST * 8 else ()
        if forms:
            yield _Word(match.start(), match.end(), forms)


_PIECES_WITH_MARKS = re.compile(rf"[\w@${_MARKS}](?:[\w@$!|{_MARKS}]*[\w@${_MARKS}])?")


def _apart(text: str) -> Iterator[_Word]:
    """Letters that stand apart, as one word: `ح م ا ر`, `ح.م.ا.ر`; and `حم.ار`."""
    chain: list[re.Match[str]] = []
    for match in _PIECES_WITH_MARKS.finditer(text):
        if chain and not _continues(text, chain[-1], match):
            yield from _as_one(chain)
            chain = []
        chain.append(match)
    yield from _as_one(chain)


def _continues(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    between = text[before.end() : after.start()]
    if not _BETWEEN.fullmatch(between):
        return False
    single = len(_UNSEEN.sub("", before.group())) == len(_UNSEEN.sub("", after.group())) == 1
    return single or not any(char.isspace() for char in between)


def _as_one(chain: list[re.Match[str]]) -> Iterator[_Word]:
    if 1 < len(chain) <= LONGEST:
        forms = _forms("".join(match.group() for match in chain))
        if forms:
            yield _Word(chain[0].start(), chain[-1].end(), forms)


def _outermost(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for hit in sorted(found, key=lambda each: (each[0], -each[1])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept


NONE = Insults()


@lru_cache(maxsize=8)
def ready(words: tuple[str, ...]) -> Insults:
    """The list made ready, once for each list."""
    return Insults(words)


def starter() -> tuple[str, ...]:
    """The words that the portal comes with: one a line, `#` begins a remark."""
    lines = STARTER.read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def key_of(word: str) -> str:
    """What a listed word is known by: two spellings of one word are one."""
    return fold(" ".join(word.split()))
