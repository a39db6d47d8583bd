"""The desk: what staff see and do, at `/ar/desk/…` and `/en/desk/…`."""

from portal.web.desk import (
    consultations,
    draft_files,
    drafts,
    inbox,
    matrices,
    moderation,
    navigation,
    orphans,
    participation,
    people,
    responses,
    study,
)
from portal.web.desk.blueprint import bp

__all__ = [
    "bp",
    "consultations",
    "draft_files",
    "drafts",
    "inbox",
    "matrices",
    "moderation",
    "navigation",
    "orphans",
    "participation",
    "people",
    "responses",
    "study",
]
