"""Text made safe for files: what a format cannot hold is shown by its code, never dropped."""

from __future__ import annotations

import re
from collections.abc import Callable

# What XML 1.0 cannot hold.
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Overrides, embeddings and old format controls can make a text read as something it is not.
_DECEIVING = re.compile("[\u007f-\u009f\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]")
# Figures in groups (a telephone number) would show their groups in reverse in Arabic.
FIGURES = re.compile(r"\+?[0-9](?:[ -]?[0-9]){6,}")
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_SHELTERED = re.compile(r"\\u\{([0-9A-F]{1,6})\}")


def code(char: str) -> str:
    """The code by which a character is shown: U+202E."""
    return f"U+{ord(char):04X}"


def shown(text: str) -> str:
    """`text` as a reader may see it: characters that cannot be printed stand as their codes."""
    return _DECEIVING.sub(
        _code_of, ILLEGAL.sub(_code_of, text.replace("\r\n", "\n").replace("\r", "\n"))
    )


def _code_of(found: re.Match[str]) -> str:
    return code(found[0])


def keepable(text: str) -> str:
    """`text` but for what no text file of ours holds (a NUL, half a character)."""
    return _UNKEEPABLE.sub(_code_of, text.replace("\r\n", "\n").replace("\r", "\n"))


def printable(text: str, covered: Callable[[str], bool]) -> str:
    """As `shown`, and by its code each character that no font covers."""
    return "".join(c if c in "\n\t" or covered(c) else code(c) for c in shown(text))


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
