"""What anybody reads and sends, at `/ar/…` and `/en/…`. No view here reads a session."""

from portal.web.public import (
    authors,
    comments,
    consultations,
    documents,
    draft_files,
    matrices,
    moderation,
    submissions,
)
from portal.web.public.blueprint import bp

__all__ = [
    "authors",
    "bp",
    "comments",
    "consultations",
    "documents",
    "draft_files",
    "matrices",
    "moderation",
    "submissions",
]
