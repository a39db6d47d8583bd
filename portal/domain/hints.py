"""Hints for a moderator: what a machine saw in a comment, and where. Never a decision."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class HintKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    NATIONAL_NUMBER = "national_number"
    IBAN = "iban"
    LINK = "link"
    INSULT = "insult"
    OTHER_SCRIPT = "other_script"
    SAME_SENDER = "same_sender"
    HIDDEN_FIELD = "hidden_field"
    TOO_QUICK = "too_quick"


# Seen while it was sent: no later look at the words finds it again.
OF_SENDING = frozenset({HintKind.HIDDEN_FIELD, HintKind.TOO_QUICK})


class Hint(NamedTuple):
    """Characters `start` up to `end` of a text; `shown` is what stands there, letter by letter.

    `detail` says what it was taken for: a number in its international form, the listed word, a
    country, a script, how many. It is a code or somebody's words, never a sentence.
    """

    kind: HintKind
    start: int
    end: int
    shown: str
    detail: str = ""


# From so many submissions under one address in one consultation on, each further one is marked.
MANY_FROM_ONE = 5
# More would help nobody: a text that is full of them is seen to be full of them.
MOST = 200


class Script(StrEnum):
    ARABIC = "arabic"
    LATIN = "latin"
    OTHER = "other"


def script_of(text: str) -> Script | None:
    """The script that most letters of `text` are of; None where it has none."""
    counts = _counts(text)
    return max(counts, key=lambda each: counts[each]) if any(counts.values()) else None


def _counts(text: str) -> dict[Script, int]:
    counts = dict.fromkeys(Script, 0)
    for char in text:
        if char.isalpha():
            counts[_script(char)] += 1
    return counts


def _script(char: str) -> Script:
    if "\u0600" <= char <= "\u06ff" or "\u0750" <= char <= "\u077f" or "\ufb50" <= char <= "\ufefc":
        return Script.ARABIC
    return Script.LATIN if char < "\u0250" else Script.OTHER


FEWEST_LETTERS = 12


def other_script(text: str, draft: Script) -> Hint | None:
    """The whole text, where four letters in five are of another script than the draft's."""
    counts = _counts(text)
    letters = sum(counts.values())
    if letters < FEWEST_LETTERS or counts[draft] * 5 > letters:
        return None
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    found = max(counts, key=lambda each: counts[each])
    return Hint(HintKind.OTHER_SCRIPT, start, end, text[start:end], found.value)
