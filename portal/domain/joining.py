"""Splitting a comment and joining its parts again: what becomes of the answers.

Nothing that was written is lost and nothing stays approved for other words than it was approved
for (DOMAIN.md, rules of the matrix, 1 and 4):

- A comment that is split keeps its response: it answers every part, and waits for approval anew.
- Parts that are joined keep their response where all that are answered have the same; where they
  have several, who joins them says which one answers the whole. The others stay as drafts that
  answer nothing, to be used again.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.domain.errors import DomainError


def answer_of_whole(answers: Mapping[int, int], keep: int | None) -> int | None:
    """The response that answers the joined comment; `answers` is by part, those answered alone.

    Raises `parts_answered_apart` where there are several and `keep` is none of them.
    """
    several = sorted(set(answers.values()))
    if len(several) < 2:
        return several[0] if several else None
    if keep not in several:
        raise DomainError(
            "parts_answered_apart", field="keep", responses=", ".join(map(str, several))
        )
    return keep
