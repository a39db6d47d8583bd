"""What an author says of the answer: satisfied or not, once, with a sentence if they like."""

from __future__ import annotations

from enum import StrEnum

from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.text import refuse_unsafe, squeeze

SENTENCE_LIMIT = 300


class SentenceStatus(StrEnum):
    """What became of the sentence: the public sees it when a moderator has published it."""

    PENDING = "pending"
    PUBLISHED = "published"
    WITHHELD = "withheld"


def check_sentence(typed: str) -> str:
    """The sentence on one line. Raises `text_long` and what `refuse_unsafe` raises."""
    sentence = squeeze(typed)
    if len(sentence) > SENTENCE_LIMIT:
        raise DomainError(
            "text_long", field="sentence", maximum=SENTENCE_LIMIT, length=len(sentence)
        )
    refuse_unsafe(sentence, field="sentence")
    return sentence


def check_look(status: SentenceStatus | None, *, publish: bool, ground: Ground | None) -> None:
    """A moderator looks at a sentence once. Raises `sentence_looked_at` (409), `ground_missing`."""
    if status is not SentenceStatus.PENDING:
        raise DomainError("sentence_looked_at", status=409)
    if not publish and ground is None:
        raise DomainError("ground_missing", field="ground")
