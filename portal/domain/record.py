"""The record: what is written down, what a leaf says, and how it commits to its content."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
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
    EXPIRED = "expired"
    KEYS_CHANGED = "keys_changed"


# What the entries of all erasures of a consultation are about: by it they are found.
ERASED = "erased"

# Acts whose leaf names the consultation, once that is announced: the public knows of them.
NAMED = frozenset(
    {
        Entry.ANNOUNCED,
        Entry.EXTENDED,
        Entry.CONSULTATION_WITHDRAWN,
        Entry.CONCLUDED,
        Entry.ARCHIVED,
        Entry.VERSION_PUBLISHED,
        Entry.RECEIVED,
        Entry.EDITED,
        Entry.WITHDRAWN,
        Entry.MODERATED,
        Entry.APPEALED,
        Entry.APPEAL_DECIDED,
        Entry.EDITION_PUBLISHED,
        Entry.ERASED,
    }
)
# Entries whose content has nothing private in it: it is kept, and shown with its salt.
OPENED = frozenset(
    {
        Entry.RECEIVED,
        Entry.EDITED,
        Entry.WITHDRAWN,
        Entry.EDITION_PUBLISHED,
        Entry.ERASED,
        Entry.KEYS_CHANGED,
    }
)


def commitment(salt: bytes, canonical: bytes) -> str:
    """`SHA256(salt || SHA256(canonical))` in hex; `canonical` is RFC 8785 JSON."""
    return hashlib.sha256(salt + hashlib.sha256(canonical).digest()).hexdigest()


def leaf(kind: Entry, at: datetime, committed: str, slug: str | None) -> str:
    """A leaf, byte for byte (RFC 8785 JSON, ASCII): what happened, when, and the commitment.

    `slug` names the consultation; None leaves it out. Nothing else is public of an entry.
    """
    said = {
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "commitment": committed,
        "kind": kind.value,
    }
    if slug is not None:
        said["consultation"] = slug
    return json.dumps(said, sort_keys=True, separators=(",", ":"))
