"""Moderation: outcomes, and what a decision must have (DOMAIN.md).

A moderator masks spans or withholds the whole; nobody edits words. There is no ground
'disagrees with the draft'. What may follow what stands in `domain.comment_life`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.attachments import FileWord
from portal.domain.comment_life import RULES, Event
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.text import check_words
from portal.domain.visibility import Span


class Outcome(StrEnum):
    PUBLISH = "publish"
    REDACT = "redact"
    WITHHOLD = "withhold"
    SPAM = "spam"
    RETURN = "return"

    @property
    def event(self) -> Event:
        """What it is in the life of a comment."""
        return Event(self.value)


NEEDS_NOTE = frozenset({Outcome.RETURN})
# Words are masked in one comment; everything else can be decided for many at once.
FOR_MANY = tuple(outcome for outcome in Outcome if outcome is not Outcome.REDACT)
NOTE_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class Decision:
    """What a moderator decides; `seen_revision` is the state of the comment they looked at.

    `files` are words on files of the comment; one without a word is held back.
    """

    outcome: Outcome
    seen_revision: int
    ground: Ground | None = None
    note: str = ""
    spans: tuple[Span, ...] = ()
    files: tuple[FileWord, ...] = ()


# Where nothing of a comment is shown, none of its files is, and nothing need be said of them.
SHOWS = frozenset({Outcome.PUBLISH, Outcome.REDACT})


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
    needs_ground = RULES[outcome.event].ground
    if not needs_ground and ground is not None:
        raise DomainError("ground_needless", field="ground")
    if needs_ground and ground is None:
        raise DomainError("ground_missing", field="ground")
    if outcome in NEEDS_NOTE and not note.strip():
        raise DomainError("note_missing", field="note")
    if len(note) > NOTE_LIMIT:
        raise DomainError("note_long", field="note", maximum=NOTE_LIMIT)
    for error in check_words(note, "note", NOTE_LIMIT):
        raise error
    if outcome is Outcome.REDACT and not spans:
        raise DomainError("span_missing", field="masked")
    if outcome is not Outcome.REDACT and spans:
        raise DomainError("span_needless", field="masked")
    check_spans(spans, fields)


def check_spans(spans: tuple[Span, ...], fields: Mapping[str, str]) -> None:
    """Raise `span_outside` for a span that is not inside its text."""
    for span in spans:
        if not 0 <= span.start < span.end <= len(fields.get(span.field, "")):
            raise DomainError("span_outside", field="masked")
