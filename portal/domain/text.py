"""Text as people type it: folding for search, what may not be stored, digits, decoding.

The stored, shown, exported and hashed text is never folded (DOMAIN.md, 'Arabic').
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from portal.domain.encodings import refuse_mixed
from portal.domain.errors import DomainError

ARABIC_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_MARKS = re.compile(f"[{ARABIC_MARKS}\u0640]")
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي"})
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[\w\u064b-\u0652\u0670]+")
# The one list of what nobody sees. Overrides and embeddings can make a text read as something
# it is not; marks that only help spelling and direction (ZWJ, ZWNJ, LRM, RLM, ALM) stay.
_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_INVISIBLE = "\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f"
_MARKS_ONLY = "\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2065\ufeff"
UNSEEN = f"{_DIRECTIONS}{_INVISIBLE}{_MARKS_ONLY}"  # for a set of a regular expression
_HARMLESS = re.compile(f"[{_MARKS_ONLY}]")
_BIDI = re.compile(f"[{_DIRECTIONS}]")
_DECEPTIVE = re.compile(f"[{_DIRECTIONS}{_CONTROLS}{_INVISIBLE}]")
# Everything without a shape.
_HIDDEN = re.compile(f"([{_DIRECTIONS}{_CONTROLS}{_INVISIBLE}{_MARKS_ONLY}])")
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_ALLOWED_CONTROLS = frozenset("\n\t\r")


def fold(text: str) -> str:
    """The form that search and duplicate detection compare: one spelling, one case."""
    text = unicodedata.normalize("NFC", text)
    return _MARKS.sub("", text).translate(_LETTERS).translate(_DIGITS).casefold()


def squeeze(text: str) -> str:
    """`text` with every run of white space as one space, none at the ends."""
    return _SPACE.sub(" ", text).strip()


def latin_digits(text: str) -> str:
    """Arabic and Persian digits as 0-9."""
    return text.translate(_DIGITS)


def words(text: str) -> list[str]:
    """The words of `text`; Arabic marks stay with their letters (DEPENDENCIES.md)."""
    return _WORD.findall(text)


def refuse_unsafe(text: str, *, field: str | None = None) -> None:
    """Raise `bidi_characters` or `control_characters` where `text` holds one (code in params)."""
    for char in text:
        if _BIDI.match(char):
            raise DomainError("bidi_characters", field=field, character=code_of(char))
        if unicodedata.category(char) in ("Cc", "Cs") and char not in _ALLOWED_CONTROLS:
            raise DomainError("control_characters", field=field, character=code_of(char))


def code_of(char: str) -> str:
    """The code by which a character is shown: U+202E."""
    return f"U+{ord(char):04X}"


class Hidden(NamedTuple):
    """A character that nobody sees, to be shown by its code: `U+202E`."""

    code: str


def reveal(text: str) -> tuple[str | Hidden, ...]:
    """`text` in pieces: what can be seen, and each character that cannot."""
    pieces: list[str | Hidden] = []
    for part in _HIDDEN.split(text):
        if _HIDDEN.fullmatch(part):
            pieces.append(Hidden(code_of(part)))
        elif part:
            pieces.append(part)
    return tuple(pieces)


def refuse_unkeepable(text: str, *, field: str | None = None) -> None:
    """Raise `control_characters` for a NUL or half a character: no database keeps them."""
    found = _UNKEEPABLE.search(text)
    if found:
        raise DomainError("control_characters", field=field, character=code_of(found.group()))


def is_keepable(text: str) -> bool:
    """False for a text with a NUL or half a character."""
    return _UNKEEPABLE.search(text) is None


def keepable(text: str) -> str:
    """`text` with the code of each character that no database and no text file of ours keeps."""
    return _UNKEEPABLE.sub(lambda found: code_of(found[0]), text)


def hidden(text: str) -> tuple[str, ...]:
    """Every character of `text` that nobody sees, in its order."""
    return tuple(_HIDDEN.findall(text))


def deceptive(text: str) -> tuple[str, ...]:
    """The hidden ones by which a text can read as another: no law is published with them."""
    return tuple(_DECEPTIVE.findall(text))


def is_harmless(char: str) -> bool:
    """Is it a mark that nobody sees and by which no text can read as another?"""
    return bool(_HARMLESS.fullmatch(char))


def undeceived(text: str) -> str:
    """`text` with the code of each deceptive character in its place."""
    return _DECEPTIVE.sub(lambda found: code_of(found[0]), text)


def strip_hidden(text: str) -> str:
    """`text` without what stands in the way of publishing it; marks that help spelling stay."""
    return _DECEPTIVE.sub("", text)


def counted(characters: Iterable[str]) -> str:
    """Characters by code, with how often they stand there: `U+202E × 2, U+200B`."""
    times = Counter(map(code_of, characters))
    return ", ".join(f"{code} × {count}" if count > 1 else code for code, count in times.items())


def check_words(text: str, field: str, limit: int) -> list[DomainError]:
    """Too long, or with characters that nobody sees."""
    if len(text) > limit:
        return [DomainError("text_long", field=field, maximum=limit, length=len(text))]
    try:
        refuse_unsafe(text, field=field)
    except DomainError as error:
        return [error]
    return []


def decode(data: bytes) -> tuple[str, str]:
    """Text of a file and the encoding found: UTF-8 (with or without BOM) or Windows-1256.

    Raises `mixed_encodings` where it is written in both, and `not_text` for anything else: a NUL
    byte, or bytes that neither encoding can hold.
    """
    if b"\x00" in data:
        raise DomainError("not_text")
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        refuse_mixed(data, error.start)
    try:
        text = data.decode("cp1256")
    except UnicodeDecodeError as error:
        raise DomainError("not_text") from error
    if not re.search(r"[\u0621-\u064a]{2}", text):
        raise DomainError("not_text")
    return text, "windows-1256"
