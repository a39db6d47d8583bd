"""The response matrix: its columns, what is missing in it, its honest counts (DOMAIN.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.domain.errors import DomainError, Refusals
from portal.domain.places import Place as Place
from portal.domain.reflection import CODES, Changes, Citing, cite_errors, unexplained
from portal.domain.responses import (
    Answer,
    Answered,
    Disposition,
    ResponseStatus,
    check_approver,
    comment_faults,
    faults,
    final_answer,
)
from portal.domain.row_refs import RowKey, RowRef

# One source for the page and every export, in this order.
COLUMNS = (
    "ref",
    "document",
    "version",
    "provision",
    "quoted_text",
    "comment_type",
    "comment",
    "proposed_text",
    "grounds",
    "submitter",
    "submitter_class",
    "on_behalf_of",
    "channel",
    "received",
    "publication",
    "files",
    "group",
    "disposition",
    "response",
    "place_of_change",
    "text_before",
    "text_after",
    "responsible_body",
    "committee_opinion",
    "decided",
    "hash",
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A response as the check of the matrix looks at it."""

    id: int
    answer: Answer
    status: ResponseStatus
    cites: tuple[Place, ...]
    written_by: int
    changed_by: int
    approved_by: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A comment received, or a part of one, with its response where there is one."""

    comment: Answered
    reply: Reply | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing or inconsistent: which row or which changed provision, and what.

    `error` has the code and parameters; `ref` is the row's reference, `place` the changed
    provision, whichever it is about.
    """

    error: DomainError = field(compare=False)
    code: str
    ref: RowRef | None = None
    response_id: int | None = None
    place: Place | None = None


def gaps(
    rows: Iterable[Row],
    changed: frozenset[Place],
    explained: frozenset[Place],
    undone: frozenset[Place] = frozenset(),
) -> list[Gap]:
    """All that keeps the matrix from being published: first by row, then by changed provision.

    `changed`, `explained` and `undone` are those of `domain.reflection.Changes`.
    """
    rows, changes = list(rows), Changes(changed, explained, undone)
    repeats = _repeats(rows)
    found: list[Gap] = []
    of_reply: dict[int, list[DomainError]] = {}
    for row in rows:
        if row.reply is None:
            error = DomainError("unanswered", number=str(row.comment.ref))
            found.append(Gap(error, error.code, ref=row.comment.ref))
            continue
        errors = of_reply.get(row.reply.id)
        if errors is None:
            errors = of_reply[row.reply.id] = _reply_errors(row.reply, changes)
        for error in (*_row_errors(row.comment, row.reply, repeats), *errors):
            found.append(Gap(error, error.code, ref=row.comment.ref, response_id=row.reply.id))
    replies = {row.reply.id: row.reply for row in rows if row.reply}
    cited = {place for reply in replies.values() for place in reply.cites}
    for missing in unexplained(changes, cited):
        eid = missing.place.eid if missing.place else ""
        error = DomainError(CODES[missing.kind], eid=eid)
        found.append(Gap(error, error.code, place=missing.place))
    return found


def _repeats(rows: Iterable[Row]) -> dict[RowKey, RowKey | None]:
    """By answered row: the one it repeats. Only needed where there are duplicates at all."""
    answered = [(row.comment, row.reply.answer) for row in rows if row.reply]
    if all(answer.disposition is not Disposition.DUPLICATE for _comment, answer in answered):
        return {}
    return {
        comment.key: answer.duplicate_of if answer.disposition is Disposition.DUPLICATE else None
        for comment, answer in answered
    }


def _row_errors(
    comment: Answered, reply: Reply, repeats: Mapping[RowKey, RowKey | None]
) -> list[DomainError]:
    """What is wrong between a response and one of the rows that it answers."""
    errors = comment_faults(reply.answer, comment)
    if reply.answer.disposition is Disposition.DUPLICATE:
        try:
            final_answer(comment.key, repeats)
        except DomainError as error:
            errors.append(error)
    return errors


def _reply_errors(reply: Reply, changes: Changes) -> list[DomainError]:
    """What is wrong with a response, whatever it answers: found once for all its rows."""
    errors = faults(reply.answer, ())
    errors += cite_errors(Citing(reply.id, False, reply.cites), changes)
    if reply.approved_by is None or reply.status is not ResponseStatus.APPROVED:
        return [*errors, DomainError("not_approved")]
    try:
        check_approver(reply.approved_by, written_by=reply.written_by, changed_by=reply.changed_by)
    except DomainError as error:
        errors.append(error)
    return errors


class Incomplete(Refusals):
    """The matrix may not be published yet; `gaps` say all that is missing."""

    def __init__(self, found: list[Gap]) -> None:
        super().__init__([gap.error for gap in found])
        self.gaps = found
