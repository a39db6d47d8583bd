"""Provision ids as steps: `art_4__para_b__point_2` -> article 4, paragraph ب, point 2.

The ids are in the manner of Akoma Ntoso; a repeated number carries `-2`, `-3`, … A provision that
is gone is named in the version that lacks it by `gone__` and the id it had, which may be another's
by now.
"""

from __future__ import annotations

from typing import NamedTuple

from portal.domain.drafts import ProvisionKind

ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
LATIN = "abcdefghijklmnopqrstuvwxyz"
PREFIXES = {
    "part": ProvisionKind.PART,
    "chp": ProvisionKind.CHAPTER,
    "sec": ProvisionKind.SECTION,
    "art": ProvisionKind.ARTICLE,
    "para": ProvisionKind.PARAGRAPH,
    "point": ProvisionKind.POINT,
    "text": ProvisionKind.TEXT,
    "annex": ProvisionKind.ANNEX,
    "table": ProvisionKind.TABLE,
}


GONE = "gone__"


class Step(NamedTuple):
    """One level: its kind, its number as the id has it, and which of several repeats it is."""

    kind: ProvisionKind
    number: str
    repeat: int = 1


def gone(eid: str) -> str:
    """The id, in the later version, of the provision that was `eid` in the one before."""
    return GONE + eid


def is_gone(eid: str) -> bool:
    return eid.startswith(GONE)


def once(eid: str) -> str:
    """The id that a provision has, or had while it was there."""
    return eid.removeprefix(GONE)


def steps(eid: str) -> tuple[Step, ...]:
    """The levels of `eid`, outermost first; an unknown prefix counts as plain text."""
    found: list[Step] = []
    eid = once(eid)
    for part in eid.split("__") if eid else ():
        prefix, _, rest = part.partition("_")
        number, _, repeat = rest.partition("-")
        kind = PREFIXES.get(prefix, ProvisionKind.TEXT)
        found.append(Step(kind, number, int(repeat) if repeat.isdigit() else 1))
    return tuple(found)


def article_of(eid: str | None) -> str:
    """The id of the article that `eid` lies in, or of its outermost level where there is none.

    That of a provision that is gone is marked as gone too.
    """
    if not eid:
        return ""
    if is_gone(eid):
        return gone(article_of(once(eid)))
    parts = eid.split("__")
    for index, part in enumerate(parts):
        if part.startswith("art_"):
            return "__".join(parts[: index + 1])
    return parts[0]


def arabic_letter(number: str) -> str:
    """The Arabic letter of a paragraph from the Latin one in its id; others stay as they are."""
    place = LATIN.find(number) if len(number) == 1 else -1
    return ABJAD[place] if place >= 0 else number
