"""Responses: what was decided about the substance of a comment."""

from __future__ import annotations

from enum import StrEnum


class Disposition(StrEnum):
    ACCEPTED = "accepted"
    ACCEPTED_MODIFIED = "accepted_modified"
    ACCEPTED_IN_PART = "accepted_in_part"
    ALREADY_COVERED = "already_covered"
    CLARIFIED = "clarified"
    NOTED = "noted"
    DEFERRED = "deferred"
    REFERRED = "referred"
    NOT_ACCEPTED = "not_accepted"
    OUT_OF_SCOPE = "out_of_scope"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


class ResponseStatus(StrEnum):
    DRAFT = "draft"
    READY = "ready"
    APPROVED = "approved"
    RETURNED = "returned"
