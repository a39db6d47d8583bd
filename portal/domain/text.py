"""Text as people type it: folding for search, what may not be stored, digits, decoding.

The stored, shown, exported and hashed text is never folded (DOMAIN.md, 'Arabic').
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from portal.domain.errors import DomainError

ARABIC_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_MARKS = re.compile(f"[{ARABIC_MARKS}\u0640]")
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي"})
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[\w\u064b-\u0652\u0670]+")
# Overrides and embeddings can make a text read as something it is not; marks that only
# help spelling and direction (ZWJ, ZWNJ, LRM, RLM, ALM) stay.
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Marks of direction, joining and no width, overrides, controls: everything without a shape.
_HIDDEN = re.compile(
    "([\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f])"
)
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
        if char in _BIDI:
            raise DomainError("bidi_characters", field=field, character=f"U+{ord(char):04X}")
        if unicodedata.category(char) in ("Cc", "Cs") and char not in _ALLOWED_CONTROLS:
            raise DomainError("control_characters", field=field, character=f"U+{ord(char):04X}")


class Hidden(NamedTuple):
    """A character that nobody sees, to be shown by its code: `U+202E`."""

    code: str


def reveal(text: str) -> tuple[str | Hidden, ...]:
    """`text` in pieces: what can be seen, and each character that cannot."""
    pieces: list[str | Hidden] = []
    for part in _HIDDEN.split(text):
        if _HIDDEN.fullmatch(part):
            pieces.append(Hidden(f"U+{ord(part):04X}"))
        elif part:
            pieces.append(part)
    return tuple(pieces)


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

    Raises `not_text` for anything else: a NUL byte, or bytes that neither encoding can hold.
    """
    if b"\x00" in data:
        raise DomainError("not_text")
    for encoding in ("utf-8-sig", "cp1256"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1256" and not re.search(r"[\u0621-\u064a]{2}", text):
            break
        return text, "utf-8" if encoding == "utf-8-sig" else "windows-1256"
    raise DomainError("not_text")
