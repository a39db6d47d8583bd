"""Responses: what was decided about the substance of a comment, and when each may be used.

The table is DOMAIN.md's, 'Dispositions'.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.reason_templates import left_open
from portal.domain.row_refs import RowKey, RowRef

REASON_LIMIT = 10_000
Key = TypeVar("Key", bound=Hashable)


class Disposition(StrEnum):
    ACCEPTED = "accepted"
    ACCEPTED_MODIFIED = "accepted_modified"
    ACCEPTED_IN_PART = "accepted_in_part"
    ALREADY_COVERED = "already_covered"
    CLARIFIED = "clarified"
    NOTED = "noted"
    DEFERRED = "deferred"
    REFERRED = "referred"
    NOT_ACCEPTED = "not_accepted"
    OUT_OF_SCOPE = "out_of_scope"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


class ResponseStatus(StrEnum):
    DRAFT = "draft"
    READY = "ready"
    APPROVED = "approved"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a disposition needs. `needs` names the further field that must be filled."""

    reason: bool = True
    change: bool = False
    needs: str = ""


RULES: dict[Disposition, Rule] = {
    Disposition.ACCEPTED: Rule(reason=False, change=True),
    Disposition.ACCEPTED_MODIFIED: Rule(change=True),
    Disposition.ACCEPTED_IN_PART: Rule(change=True),  # the reason says which part
    Disposition.ALREADY_COVERED: Rule(needs="covered_by"),
    Disposition.CLARIFIED: Rule(),
    Disposition.NOTED: Rule(),
    Disposition.DEFERRED: Rule(needs="until"),
    Disposition.REFERRED: Rule(needs="body"),
    Disposition.NOT_ACCEPTED: Rule(),
    Disposition.OUT_OF_SCOPE: Rule(),
    Disposition.SUPERSEDED: Rule(),
    Disposition.DUPLICATE: Rule(reason=False, needs="duplicate_of"),
    Disposition.WITHDRAWN: Rule(reason=False),
}
# What may be answered to any comment that was not withdrawn or changed.
FREE = frozenset(Disposition) - {
    Disposition.NOTED,
    Disposition.SUPERSEDED,
    Disposition.DUPLICATE,
    Disposition.WITHDRAWN,
}
MISSING = {
    "covered_by": "covered_by_missing",
    "until": "until_missing",
    "body": "body_missing",
    "duplicate_of": "duplicate_of_missing",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as the rules look at it. `changes` counts the places of change it cites.

    `covers`: `covered_by` names a provision that stands in the newest version.
    """

    disposition: Disposition
    reason: str = ""
    reason_en: str = ""
    covered_by: str = ""
    until: str = ""
    body: str = ""
    duplicate_of: RowKey | None = None
    changes: int = 0
    covers: bool = True


@dataclass(frozen=True, slots=True)
class Answered:
    """A comment, or a part of one, that a response answers; or the first of many alike.

    `gone`: its provision is not in the next version. `changed`: its author changed the words after
    they were answered.
    """

    id: int
    number: int
    proposes: bool
    publication: Publication
    gone: bool = False
    part: int = 0
    changed: bool = False

    @property
    def key(self) -> RowKey:
        return RowKey(self.id, self.part)

    @property
    def ref(self) -> RowRef:
        return RowRef(self.number, self.part)


def faults(answer: Answer, comments: tuple[Answered, ...]) -> list[DomainError]:
    """All that keeps `answer` from being complete, in the order of the form."""
    rule = RULES[answer.disposition]
    found: list[DomainError] = []
    if rule.reason and not answer.reason.strip():
        found.append(DomainError("reason_missing", field="reason_ar"))
    for field, text in (("reason_ar", answer.reason), ("reason_en", answer.reason_en)):
        found.extend(_text_faults(field, text))
    if rule.change and not answer.changes:
        found.append(DomainError("change_missing", field="changes"))
    if not rule.change and answer.changes:
        found.append(DomainError("change_needless", field="changes"))
    if rule.needs and not getattr(answer, rule.needs):
        found.append(DomainError(MISSING[rule.needs], field=rule.needs))
    elif rule.needs == "covered_by" and not answer.covers:
        found.append(DomainError("covered_by_unknown", field=rule.needs))
    for comment in comments:
        found.extend(comment_faults(answer, comment))
    return found


def _text_faults(field: str, text: str) -> list[DomainError]:
    found = []
    if len(text) > REASON_LIMIT:
        found.append(DomainError("reason_long", field=field, maximum=REASON_LIMIT))
    if name := left_open(text):
        found.append(DomainError("placeholder_left", field=field, name=name))
    return found


def comment_faults(answer: Answer, comment: Answered) -> list[DomainError]:
    """What keeps `answer` from being one to this comment."""
    disposition = answer.disposition
    field = "disposition"
    withdrawn = comment.publication is Publication.WITHDRAWN
    if disposition in FREE and not withdrawn and not comment.changed:
        return []
    number = str(comment.ref)
    found: list[DomainError] = []
    if comment.changed:
        found.append(DomainError("comment_changed", field="comments", number=number))
    if disposition is Disposition.NOTED and comment.proposes:
        found.append(DomainError("noted_but_proposes", field=field, number=number))
    if disposition is Disposition.SUPERSEDED and not comment.gone:
        found.append(DomainError("text_not_gone", field=field, number=number))
    if (disposition is Disposition.WITHDRAWN) is not withdrawn:
        code = "author_withdrew" if withdrawn else "not_withdrawn"
        found.append(DomainError(code, field=field, number=number))
    if disposition is Disposition.DUPLICATE and answer.duplicate_of == comment.key:
        found.append(DomainError("duplicate_of_itself", field="duplicate_of", number=number))
    return found


def final_answer(row: Key, duplicate_of: Mapping[Key, Key | None]) -> Key:
    """The row whose response a duplicate takes over, however long the chain.

    `duplicate_of` gives, for every answered row, the one it repeats, or None where it has an
    answer of its own. Raises `duplicate_circle`, or `duplicate_unanswered` at a dead end.
    """
    seen = {row}
    at = row
    while True:
        if at not in duplicate_of:
            raise DomainError("duplicate_unanswered", field="duplicate_of")
        following = duplicate_of[at]
        if following is None:
            return at
        if following in seen:
            raise DomainError("duplicate_circle", field="duplicate_of")
        seen.add(following)
        at = following


def check_approver(approver: int, *, written_by: int, changed_by: int) -> None:
    """Four eyes: `own_response` where the approver wrote it or changed it last."""
    if approver in (written_by, changed_by):
        raise DomainError("own_response", status=403)
