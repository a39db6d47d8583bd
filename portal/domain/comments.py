"""Comments: one point on one target, and what the public may see of it."""

from __future__ import annotations

from enum import StrEnum

TEXT_LIMIT = 20_000


class CommentType(StrEnum):
    GENERAL = "general"
    SUBSTANTIVE = "substantive"
    EDITORIAL = "editorial"


class Publication(StrEnum):
    """Publication status; never merged with the disposition (DOMAIN.md, 'Two axes')."""

    PENDING = "pending"
    PUBLISHED = "published"
    REDACTED = "redacted"
    CONFIDENTIAL = "confidential"
    WITHHELD = "withheld"
    SPAM = "spam"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
