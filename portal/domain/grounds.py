"""The closed list of moderation grounds (DOMAIN.md)."""

from __future__ import annotations

from enum import StrEnum


class Ground(StrEnum):
    PERSONAL_DATA = "personal_data"
    INSULT = "insult"
    HATE = "hate"
    OBSCENE = "obscene"
    ADVERTISING = "advertising"
    OFF_TOPIC = "off_topic"
    IMPERSONATION = "impersonation"
    COPYRIGHT = "copyright"
    SAME_AUTHOR = "same_author"
    BUSINESS_SECRET = "business_secret"  # noqa: S105 (a ground, not a password)
