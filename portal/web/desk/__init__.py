"""The desk: what staff see and do, at `/ar/desk/…` and `/en/desk/…`."""

from portal.web.desk import (
    comparison,
    consultations,
    draft_files,
    drafts,
    inbox,
    matching,
    matrices,
    moderation,
    navigation,
    participation,
    people,
    responses,
)
from portal.web.desk.blueprint import bp

__all__ = [
    "bp",
    "comparison",
    "consultations",
    "draft_files",
    "drafts",
    "inbox",
    "matching",
    "matrices",
    "moderation",
    "navigation",
    "participation",
    "people",
    "responses",
]
