"""Text files that are written in two encodings at once."""

from __future__ import annotations

import re

from portal.domain.errors import DomainError

_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")


def refuse_mixed(data: bytes, broken_at: int) -> None:
    """Raise `mixed_encodings`, with the line, where only some lines of `data` are UTF-8.

    `broken_at` is where the data stops being UTF-8; a character that is cut counts too.
    """
    as_utf8 = [line for line in enumerate(data.split(b"\n"), start=1) if _looks_like_utf8(line[1])]
    if not as_utf8:
        return
    broken = data.count(b"\n", 0, broken_at) + 1
    with_letters = sum(bool(_HIGH.search(line)) for line in data.split(b"\n"))
    # The line told is one of the fewer: the odd one is what a person must mend.
    odd = broken if 2 * len(as_utf8) >= with_letters else as_utf8[0][0]
    raise DomainError("mixed_encodings", line=odd)


def _looks_like_utf8(line: bytes) -> bool:
    """Most of what is not ASCII stands in whole sequences; Windows-1256 has hardly one of them."""
    high = len(_HIGH.findall(line))
    return high >= 4 and 2 * len(b"".join(_SEQUENCE.findall(line))) > high
