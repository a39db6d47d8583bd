"""A text as the finders read it: Latin digits and signs, without what nobody sees."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.domain.text import ARABIC_MARKS, UNSEEN, latin_digits

_UNSEEN = re.compile(f"[{ARABIC_MARKS}\u0640{UNSEEN}]")
_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # the full-width forms
_SIGNS |= {0x00A0: 0x20, 0x202F: 0x20, 0x2009: 0x20}
_SIGNS |= {0x2010: 0x2D, 0x2011: 0x2D, 0x2012: 0x2D, 0x2013: 0x2D, 0x2212: 0x2D, 0x066B: 0x2E}


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` is what is searched; its character `i` stands at `at[i]` of the original."""

    text: str
    original: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of `text` stands in the original."""
        return self.at[start], self.at[end - 1] + 1


def plain(original: str) -> Plain:
    """The plain form of a text, with the way back to it."""
    kept = [at for at, char in enumerate(original) if not _UNSEEN.match(char)]
    text = latin_digits("".join(original[at] for at in kept)).translate(_SIGNS)
    return Plain(text, original, tuple(kept))
