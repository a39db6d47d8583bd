"""How provisions are numbered in drafts: digits, ordinals in words, letters; and their order."""

from __future__ import annotations

import re

from portal.domain.citations import ABJAD, LATIN
from portal.domain.ordinals import ordinal
from portal.domain.text import fold, latin_digits

# Lists that a word processor numbers by itself run أ ب ت ث; drafts by hand run أ ب ج د.
ALPHABET = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
DIGITS = "0-9٠-٩۰-۹"
REPEATED = "مكرر"
_WRITTEN = re.compile(
    rf"\s*(?:(?:رقم|no\.?)\s*)?(?:[(\[﴿]\s*|[-–—]\s*(?=[{DIGITS}]))?"
    rf"(?P<digits>[{DIGITS}]{{1,5}})(?![{DIGITS}])(?:\s*[)\]﴾])?",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\s+\(?مكرر[اةه]?ً?\)?(?!\w)(?:\s*\([ء-ي]\))?")
_WORD = re.compile(r"\s*(?:\(\s*)?([^\W\d_][\w\u064b-\u0652]{0,19})")
_LETTER = re.compile(rf"\s*(?:رقم\s*)?(?:\(\s*)?(?P<letter>[{ABJAD}اإآA-Za-z])ـ*(?:\s*\))?(?!\w)")
_MOST_WORDS = 4  # الحادية والعشرون بعد المئة
_PRELIMINARY = frozenset({"تمهيدي", "التمهيدي", "تمهيديه", "التمهيديه", "preliminary"})
_ENGLISH = {
    word: number
    for number, words in enumerate(
        (
            "one first i",
            "two second ii",
            "three third iii",
            "four fourth iv",
            "five fifth v",
            "six sixth vi",
            "seven seventh vii",
            "eight eighth viii",
            "nine ninth ix",
            "ten tenth x",
            "eleven eleventh xi",
            "twelve twelfth xii",
        ),
        start=1,
    )
    for word in words.split()
}


def read_number(text: str, start: int) -> tuple[str, int] | None:
    """The number of a division written in `text` from `start`, and where it ends.

    `""` is the number of a preliminary part, which has none; a provision put in between later
    (`5 مكرر`) keeps that word. None where no number stands there.
    """
    found = _WRITTEN.match(text, start)
    if found is None:
        return _in_words(text, start)
    number, end = str(int(latin_digits(found["digits"]))), found.end()
    again = _AGAIN.match(text, end)
    return (f"{number} {REPEATED}", again.end()) if again else (number, end)


def read_letter(text: str, start: int) -> tuple[str, int] | None:
    """The letter by which an annex is numbered (`الملحق (أ)`, `Annex B`), and where it ends."""
    found = _LETTER.match(text, start)
    if found is None:
        return None
    letter = found["letter"].lower()
    return ("أ" if letter in "اإآ" else letter), found.end()


def _in_words(text: str, start: int) -> tuple[str, int] | None:
    """The longest run of words that is an ordinal."""
    at, words = start, list[str]()
    longest = None
    for _ in range(_MOST_WORDS):
        found = _WORD.match(text, at)
        if found is None:
            break
        at = found.end()
        words.append(found[1])
        number = _number_of(words)
        if number is not None:
            closed = at + 1 if text[at : at + 1] == ")" else at
            longest = (number, closed)
    return longest


def _number_of(words: list[str]) -> str | None:
    if len(words) == 1:
        word = fold(words[0])
        if word in _PRELIMINARY:
            return ""
        if word in _ENGLISH:
            return str(_ENGLISH[word])
    found = ordinal(" ".join(words))
    return str(found) if found else None


def place(number: str, letters: str = ABJAD) -> int | None:
    """Where a number stands in its list, from 1: a letter by the abjad, a Latin one by its own.

    `letters` is the order of Arabic ones. None for what is in no sequence: no number at all, or
    one put in between later.
    """
    if number.isdecimal():
        return int(number)
    for order in (letters, LATIN):
        if len(number) == 1 and number in order:
            return order.index(number) + 1
    return None


def follows(before: str, here: str) -> bool:
    """Is `here` the number after `before`, by the abjad or by the alphabet?"""
    for letters in (ABJAD, ALPHABET):
        first, second = place(before, letters), place(here, letters)
        if first is not None and second == first + 1:
            return True
    return False


def at_place(position: int, like: str, letters: str = ABJAD) -> str:
    """The number at `position` of a list that is numbered like `like`."""
    for order in (letters, LATIN):
        if like in order and 0 < position <= len(order):
            return order[position - 1]
    return str(position)


def id_part(number: str) -> str:
    """The number as ids have it: Latin letters and digits only; 0 for none."""
    if number.isdecimal():
        return number
    position = place(number)
    if position is None:
        return number.removesuffix(REPEATED).strip() or "0"
    return LATIN[position - 1] if position <= len(LATIN) else f"x{position}"
