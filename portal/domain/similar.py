"""Why an earlier answer is shown to whom answers a comment like one it answered."""

from __future__ import annotations

from enum import StrEnum


class Likeness(StrEnum):
    """How two comments are alike, the likest first."""

    SAME_TEXT = "same_text"
    SAME_GROUP = "same_group"
    SAME_PROPOSAL = "same_proposal"
