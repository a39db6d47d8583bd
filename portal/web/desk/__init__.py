"""The desk: what staff see and do, at `/ar/desk/…` and `/en/desk/…`."""

from portal.web.desk import (
    appeals,
    consultations,
    draft_files,
    drafts,
    groups,
    inbox,
    insults,
    matrices,
    moderation,
    navigation,
    participation,
    people,
    queue,
    responses,
)
from portal.web.desk.blueprint import bp

__all__ = [
    "appeals",
    "bp",
    "consultations",
    "draft_files",
    "drafts",
    "groups",
    "inbox",
    "insults",
    "matrices",
    "moderation",
    "navigation",
    "participation",
    "people",
    "queue",
    "responses",
]
