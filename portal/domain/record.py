"""The record: what is written down, and how a leaf commits to its content."""

from __future__ import annotations

import hashlib
from enum import StrEnum


class Entry(StrEnum):
    """What the record speaks of."""

    CONSULTATION_CREATED = "consultation_created"
    CONSULTATION_CHANGED = "consultation_changed"
    ANNOUNCED = "announced"
    EXTENDED = "extended"
    CONSULTATION_WITHDRAWN = "consultation_withdrawn"
    CONCLUDED = "concluded"
    ARCHIVED = "archived"
    VERSION_PUBLISHED = "version_published"
    COMMENT_PLACED = "comment_placed"
    RECEIVED = "received"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"
    WORKSHOP_TAKEN_IN = "workshop_taken_in"
    MODERATED = "moderated"
    ATTACHMENT_RECEIVED = "attachment_received"
    GROUP_CHANGED = "group_changed"
    APPEALED = "appealed"
    APPEAL_DECIDED = "appeal_decided"
    ANSWER_RECORDED = "answer_recorded"
    ANSWER_APPROVED = "answer_approved"
    ANSWER_RETURNED = "answer_returned"
    CHANGE_EXPLAINED = "change_explained"
    OPINION_GIVEN = "opinion_given"
    COMMENT_SPLIT = "comment_split"
    COMMENT_JOINED = "comment_joined"
    ANSWERS_IMPORTED = "answers_imported"
    SUMMARY_PUBLISHED = "summary_published"
    SATISFACTION_GIVEN = "satisfaction_given"
    EDITION_PUBLISHED = "edition_published"
    ACCOUNT_CHANGED = "account_changed"
    ERASED = "erased"
    KEYS_CHANGED = "keys_changed"


def commitment(salt: bytes, canonical: bytes) -> str:
    """`SHA256(salt || SHA256(canonical))` in hex; `canonical` is RFC 8785 JSON."""
    return hashlib.sha256(salt + hashlib.sha256(canonical).digest()).hexdigest()
