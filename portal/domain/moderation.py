"""Moderation: outcomes, the closed list of grounds, and what becomes of a comment (DOMAIN.md).

A moderator masks spans or withholds the whole; nobody edits words. There is no ground
'disagrees with the draft'.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.visibility import Span


class Outcome(StrEnum):
    PUBLISH = "publish"
    REDACT = "redact"
    WITHHOLD = "withhold"
    SPAM = "spam"
    RETURN = "return"


BECOMES: dict[Outcome, Publication] = {
    Outcome.PUBLISH: Publication.PUBLISHED,
    Outcome.REDACT: Publication.REDACTED,
    Outcome.WITHHOLD: Publication.WITHHELD,
    Outcome.SPAM: Publication.SPAM,
    Outcome.RETURN: Publication.RETURNED,
}
NEEDS_NOTE = frozenset({Outcome.RETURN})
NOTE_LIMIT = 2_000


def after(current: Publication, outcome: Outcome, *, confidential: bool) -> Publication:
    """The publication status that follows a decision; any decision can be undone by a new one.

    Raises `decided_withdrawn` for a comment its author withdrew, and `confidential_not_public`
    where a decision would speak of publishing what was sent in confidence.
    """
    if current is Publication.WITHDRAWN:
        raise DomainError("decided_withdrawn", status=409)
    if not confidential:
        return BECOMES[outcome]
    if outcome is Outcome.SPAM:
        return Publication.SPAM
    if outcome is Outcome.PUBLISH:
        return Publication.CONFIDENTIAL
    raise DomainError("confidential_not_public", field="outcome")


def check(
    outcome: Outcome,
    ground: Ground | None,
    note: str,
    spans: tuple[Span, ...],
    fields: Mapping[str, str],
) -> None:
    """A decision as it must be: a ground unless it simply publishes, spans inside the text.

    `fields` are the comment's texts by name. Raises `ground_missing`, `ground_needless`,
    `note_missing`, `note_long`, `span_missing`, `span_needless`, `span_outside`.
    """
    if outcome is Outcome.PUBLISH and ground is not None:
        raise DomainError("ground_needless", field="ground")
    if outcome is not Outcome.PUBLISH and ground is None:
        raise DomainError("ground_missing", field="ground")
    if outcome in NEEDS_NOTE and not note.strip():
        raise DomainError("note_missing", field="note")
    if len(note) > NOTE_LIMIT:
        raise DomainError("note_long", field="note", maximum=NOTE_LIMIT)
    if outcome is Outcome.REDACT and not spans:
        raise DomainError("span_missing", field="masked")
    if outcome is not Outcome.REDACT and spans:
        raise DomainError("span_needless", field="masked")
    for span in spans:
        if not 0 <= span.start < span.end <= len(fields.get(span.field, "")):
            raise DomainError("span_outside", field="masked")


def spans_of(words: str, fields: Mapping[str, str], ground: Ground) -> tuple[Span, ...]:
    """Every place where `words` stand in the texts, so that no second copy stays visible.

    Raises `span_not_found` where they stand nowhere.
    """
    found: list[Span] = []
    for name, text in fields.items():
        at = text.find(words) if words else -1
        while at >= 0:
            found.append(Span(name, at, at + len(words), ground))
            at = text.find(words, at + len(words))
    if not found:
        raise DomainError("span_not_found", field="masked", words=words)
    return tuple(found)
