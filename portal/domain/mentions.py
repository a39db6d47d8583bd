"""Who is named in a note: `@` and a colleague's name, as it is written."""

from __future__ import annotations

from collections.abc import Mapping

from portal.domain.text import fold, squeeze


def mentioned(text: str, people: Mapping[int, str]) -> frozenset[int]:
    """The ids of the people whose names stand after an `@`, however their letters are spelt.

    The longest name wins, so that `@Rana Ali` is not `@Rana`; two of one name are both meant.
    """
    plain = fold(squeeze(text))
    names: dict[str, set[int]] = {}
    for person, name in people.items():
        names.setdefault(fold(squeeze(name)), set()).add(person)
    found: set[int] = set()
    at = plain.find("@")
    while at >= 0:
        rest = plain[at + 1 :].lstrip()
        fitting = [name for name in names if name and _begins(rest, name)]
        if fitting:
            found |= names[max(fitting, key=len)]
        at = plain.find("@", at + 1)
    return frozenset(found)


def _begins(rest: str, name: str) -> bool:
    """True where `rest` begins with the whole name, not with a longer word."""
    after = rest[len(name) : len(name) + 1]
    return rest.startswith(name) and not after.isalnum()
