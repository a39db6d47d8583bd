"""Rows of the matrix by their references: a comment, or each part of one that was split.

DOMAIN.md, rule 1: one comment that makes several points can be split, and each part has its own
row (`17.1`, `17.2`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from portal.domain.errors import DomainError

_REF = re.compile(r"([0-9]{1,9})(?:\.([1-9][0-9]{0,2}))?")
_BETWEEN = re.compile(r"[\s,،;؛]+")


class RowRef(NamedTuple):
    """A row as people name it: the comment's number, and the part (0: the comment is whole)."""

    number: int
    part: int = 0

    def __str__(self) -> str:
        return f"{self.number}.{self.part}" if self.part else str(self.number)


class RowKey(NamedTuple):
    """A row as the database knows it: the comment's id, and the part (0: the comment is whole)."""

    comment_id: int
    part: int = 0


def parse_ref(typed: str, *, field: str = "comments") -> RowRef:
    """`17` or `17.1`; raises `no_such_comment` for anything else."""
    found = _REF.fullmatch(typed.strip())
    if found is None:
        raise DomainError("no_such_comment", field=field, number=typed.strip()[:20])
    return RowRef(int(found[1]), int(found[2] or 0))


def parse_refs(typed: str) -> tuple[RowRef, ...]:
    """`1, 2 17.1` as references, each once, in their order; raises `no_such_comment`."""
    return tuple(dict.fromkeys(parse_ref(each) for each in _BETWEEN.split(typed) if each))
