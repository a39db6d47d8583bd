"""Text made safe for files: what a format cannot hold is shown by its code, never dropped."""

from __future__ import annotations

import re
from collections.abc import Callable

from portal.domain.text import code_of, keepable, undeceived

# What XML 1.0 cannot hold.
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Figures in groups (a telephone number) would show their groups in reverse in Arabic.
FIGURES = re.compile(r"\+?[0-9](?:[ -]?[0-9]){6,}")
_SHELTERED = re.compile(r"\\u\{([0-9A-F]{1,6})\}")


def shown(text: str) -> str:
    """`text` as a reader may see it: what deceives or cannot be printed stands as its code."""
    return undeceived(ILLEGAL.sub(lambda found: code_of(found[0]), _lines(text)))


def storable(text: str) -> str:
    """`text` but for what no text file of ours holds (a NUL, half a character)."""
    return keepable(_lines(text))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def printable(text: str, covered: Callable[[str], bool]) -> str:
    """As `shown`, and by its code each character that no font covers."""
    return "".join(c if c in "\n\t" or covered(c) else code_of(c) for c in shown(text))


def shelter(text: str) -> str:
    """`text` for an XML attribute, whatever it holds; `unshelter` gives it back exactly."""
    escaped = text.replace("\\", "\\u{5C}")
    return ILLEGAL.sub(lambda found: f"\\u{{{ord(found[0]):X}}}", escaped)


def unshelter(text: str) -> str:
    """What `shelter` was given; a code that is no character stays as it is written."""
    return _SHELTERED.sub(_char_of, text)


def _char_of(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return chr(number) if number <= 0x10FFFF else found[0]
