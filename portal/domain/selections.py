"""What one response is to answer: rows by their references, or all of a theme, a group, a kind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.errors import DomainError
from portal.domain.given_numbers import whole
from portal.domain.row_refs import RowRef

MOST_REFS = 5_000


class Whole(StrEnum):
    """A set of rows that is named and not listed: it may have a hundred thousand."""

    THEME = "theme"
    GROUP = "group"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Of:
    """All rows of a theme or of a group of near copies by its id, or all that were withdrawn (0).

    Only those that have no response yet; and of a theme or group those that their authors did not
    withdraw, since these have a decision of their own.
    """

    kind: Whole
    id: int = 0

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def parse_of(typed: str) -> Of | None:
    """`theme:3` as written by `Of`; None for nothing; raises `selection_unknown`."""
    if not typed:
        return None
    kind, _colon, number = typed.partition(":")
    known = whole(number)
    if kind not in set(Whole) or known is None:
        raise DomainError("selection_unknown", field="comments")
    return Of(Whole(kind), known)


def form_key(response_id: int | None, of: Of | None, refs: Iterable[RowRef]) -> str:
    """The name of the form of a response: by it, what is typed is kept and colleagues meet.

    A response that is there by its id; a new one by what it is to answer, in whatever order.
    """
    if response_id is not None:
        return f"response:{response_id}"
    if of is not None:
        return str(of)
    listed = " ".join(str(ref) for ref in sorted(set(refs)))
    return "new:" + hashlib.sha256(listed.encode()).hexdigest()[:32]
