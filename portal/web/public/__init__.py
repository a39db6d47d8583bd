"""What anybody reads and sends, at `/ar/…` and `/en/…`. No view here reads a session."""

from portal.web.public import (
    annotations,
    attachments,
    authors,
    comments,
    comparison,
    consultations,
    documents,
    draft_files,
    matrices,
    moderation,
    record,
    search,
    submissions,
    verify,
)
from portal.web.public.blueprint import bp

__all__ = [
    "annotations",
    "attachments",
    "authors",
    "bp",
    "comments",
    "comparison",
    "consultations",
    "documents",
    "draft_files",
    "matrices",
    "moderation",
    "record",
    "search",
    "submissions",
    "verify",
]
