"""The desk: what staff see and do, at `/ar/desk/…` and `/en/desk/…`."""

from portal.web.desk import (
    consultations,
    draft_files,
    drafts,
    imports,
    inbox,
    matrices,
    moderation,
    navigation,
    participation,
    people,
    responses,
    structure,
)
from portal.web.desk.blueprint import bp

__all__ = [
    "bp",
    "consultations",
    "draft_files",
    "drafts",
    "imports",
    "inbox",
    "matrices",
    "moderation",
    "navigation",
    "participation",
    "people",
    "responses",
    "structure",
]
