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
    matrix_files,
    moderation,
    own_data,
    record,
    search,
    submissions,
    summaries,
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
    "matrix_files",
    "moderation",
    "own_data",
    "record",
    "search",
    "submissions",
    "summaries",
    "verify",
]
