"""Words chosen on a document's page, read from the text by the server, and put into the form."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from portal.domain.anchor_words import Position
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.quoting import Choice, choose, choose_again
from portal.models.anchoring import read_words
from portal.queries.drafts import DocumentView, Target, VersionHead
from portal.web.numbers import asked


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the fields of a comment begin with; `refused` says why there are no words.

    `moved`: the words were chosen in an earlier version, and found in the newest.
    """

    fields: dict[str, str]
    refused: DomainError | None = None
    moved: bool = False


def chosen(documents: tuple[DocumentView, ...], targets: tuple[Target, ...]) -> Chosen:
    """The target or the words that the address names: `?target=d1:art_4`, or
    `?document=1&version=2&from=1234&to=1270` with characters of the version's words.
    """
    target = {"target": request.args.get("target", "")}
    start, end = asked("from"), asked("to")
    if start is None or end is None:
        return Chosen(target)
    document = next((d for d in documents if d.number == asked("document")), None)
    published = document.published if document else ()
    head = next((each for each in published if each.number == asked("version")), None)
    if document is None or head is None:
        return Chosen(target, DomainError("words_not_there"))
    newest = document.published[-1]
    try:
        found = _found(head, newest, targets, Position(start, end))
    except DomainError as refused:
        return Chosen({"target": f"d{document.number}"}, refused)
    return Chosen(_fields(document, found), moved=head != newest)


def _found(
    head: VersionHead, newest: VersionHead, targets: tuple[Target, ...], at: Position
) -> Choice:
    readings = read_words({head.id, newest.id})
    offered = {
        each.eid
        for each in targets
        if each.version_id == newest.id and each.kind is not ProvisionKind.TEXT
    }
    found = choose(readings[head.id], *at, offered)
    if head != newest:
        found = choose_again(found, readings[head.id], readings[newest.id], offered)
    return found


def _fields(document: DocumentView, found: Choice) -> dict[str, str]:
    quote, (start, end) = found.selectors.quote, found.selectors.position
    return {
        "target": f"d{document.number}:{found.eid}",
        "quoted": quote.exact,
        "at": f"{start}-{end}",
        "before": quote.prefix,
        "after": quote.suffix,
    }
