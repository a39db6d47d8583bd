"""The desk: what staff see and do, at `/ar/desk/…` and `/en/desk/…`."""

from portal.web.desk import (
    comparison,
    consultations,
    draft_files,
    drafts,
    imports,
    inbox,
    matching,
    matrices,
    moderation,
    navigation,
    orphans,
    participation,
    people,
    responses,
    structure,
    study,
)
from portal.web.desk.blueprint import bp

__all__ = [
    "bp",
    "comparison",
    "consultations",
    "draft_files",
    "drafts",
    "imports",
    "inbox",
    "matching",
    "matrices",
    "moderation",
    "navigation",
    "orphans",
    "participation",
    "people",
    "responses",
    "structure",
    "study",
]
