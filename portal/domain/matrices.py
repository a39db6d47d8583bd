"""The response matrix: its columns, what is missing in it, its honest counts (DOMAIN.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.domain.errors import DomainError, Refusals
from portal.domain.responses import (
    Answer,
    Answered,
    Disposition,
    ResponseStatus,
    check_approver,
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
class Place:
    """A provision that changed: its id in the later version, marked (`citations.gone`) if lost."""

    version_id: int
    eid: str


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


def gaps(rows: Iterable[Row], changed: frozenset[Place], explained: frozenset[Place]) -> list[Gap]:
    """All that keeps the matrix from being published: first by row, then by changed provision.

    `changed` are the provisions that differ from the version commented on; `explained` those of
    them that carry the drafter's own reason.
    """
    rows = list(rows)
    repeats = {
        row.comment.key: row.reply.answer.duplicate_of
        if row.reply.answer.disposition is Disposition.DUPLICATE
        else None
        for row in rows
        if row.reply
    }
    found = [gap for row in rows for gap in _row_gaps(row, changed, repeats)]
    cited = {place for row in rows if row.reply for place in row.reply.cites}
    for place in sorted(changed - cited - explained, key=lambda p: (p.version_id, p.eid)):
        error = DomainError("change_unexplained", eid=place.eid)
        found.append(Gap(error, error.code, place=place))
    return found


def _row_gaps(
    row: Row, changed: frozenset[Place], repeats: Mapping[RowKey, RowKey | None]
) -> list[Gap]:
    ref, reply = row.comment.ref, row.reply
    if reply is None:
        error = DomainError("unanswered", number=str(ref))
        return [Gap(error, error.code, ref=ref)]
    errors = faults(reply.answer, (row.comment,))
    errors += [
        DomainError("change_not_there", eid=place.eid)
        for place in reply.cites
        if place not in changed
    ]
    try:
        final_answer(row.comment.key, repeats)
    except DomainError as error:
        errors.append(error)
    if reply.approved_by is None or reply.status is not ResponseStatus.APPROVED:
        errors.append(DomainError("not_approved"))
    else:
        try:
            check_approver(
                reply.approved_by, written_by=reply.written_by, changed_by=reply.changed_by
            )
        except DomainError as error:
            errors.append(error)
    return [Gap(error, error.code, ref=ref, response_id=reply.id) for error in errors]


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of an edition; the first three are always shown together."""

    received: int
    distinct_texts: int
    distinct_senders: int
    provisions_changed: int
    dispositions: Mapping[str, int]
    classes: Mapping[str, int]


def count(
    *,
    texts: Iterable[str],
    senders: Iterable[str],
    dispositions: Iterable[Disposition],
    classes: Iterable[str],
    cited: Iterable[Place],
) -> Counts:
    """Count rows by their text keys, sender keys, dispositions and classes of sender."""
    texts = list(texts)
    return Counts(
        received=len(texts),
        distinct_texts=len(set(texts)),
        distinct_senders=len(set(senders)),
        provisions_changed=len(set(cited)),
        dispositions=dict(Counter(str(each) for each in dispositions)),
        classes=dict(Counter(str(each) for each in classes)),
    )


class Incomplete(Refusals):
    """The matrix may not be published yet; `gaps` say all that is missing."""

    def __init__(self, found: list[Gap]) -> None:
        super().__init__([gap.error for gap in found])
        self.gaps = found
