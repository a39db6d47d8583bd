"""A clause as outside bodies write it (`4.2`, `Article 4(b)(2)`, `المادة 4/ب/2`) -> a provision."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.domain.citations import ABJAD, LATIN, steps
from portal.domain.drafts import ProvisionKind
from portal.domain.ordinals import ordinal
from portal.domain.text import fold

_TOKENS = re.compile(r"[0-9]+|[^\W\d_]+")
_LETTERS = dict(zip(fold(ABJAD), LATIN, strict=False))
_NUMBERED = frozenset({ProvisionKind.ARTICLE, ProvisionKind.PARAGRAPH, ProvisionKind.POINT})


def numbers_of(clause: str) -> tuple[str, ...]:
    """The numbers and letters that a clause names, outermost first; its words are left out.

    Arabic letters become the Latin ones of the ids: `المادة 4/ب/2` -> ("4", "b", "2").
    """
    found = [_number(word) for word in _TOKENS.findall(fold(clause))]
    return tuple(number for number in found if number)


def _number(word: str) -> str:
    if word.isdecimal():
        return str(int(word))
    if len(word) == 1:
        return _LETTERS.get(word, word if word in LATIN else "")
    spelt = ordinal(word)
    return str(spelt) if spelt else ""


def find_provision(clause: str, paragraph: str, eids: Iterable[str]) -> tuple[str, bool]:
    """The provision that clause and paragraph name together, or the clause alone.

    Gives its id, empty where there is none, and whether all that was written was found.
    """
    by_numbers: dict[tuple[str, ...], str] = {}
    for eid in eids:
        path = steps(eid)
        if path[-1].kind not in _NUMBERED:
            continue  # what stands under no number is not what a number names
        taken = [step for step in path if step.kind in _NUMBERED]
        if all(step.repeat == 1 for step in taken):
            by_numbers.setdefault(tuple(step.number.lower() for step in taken), eid)
    first = numbers_of(clause)
    whole = (*first, *numbers_of(paragraph))
    if whole and whole in by_numbers:
        return by_numbers[whole], True
    if first and first in by_numbers:
        return by_numbers[first], not paragraph.strip()
    return "", not clause.strip() and not paragraph.strip()
