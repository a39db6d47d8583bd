"""What anybody reads and sends, at `/ar/…` and `/en/…`. No view here reads a session."""

from portal.web.public import (
    annotations,
    comments,
    comparison,
    consultations,
    documents,
    draft_files,
    matrices,
    search,
    submissions,
)
from portal.web.public.blueprint import bp

__all__ = [
    "annotations",
    "bp",
    "comments",
    "comparison",
    "consultations",
    "documents",
    "draft_files",
    "matrices",
    "search",
    "submissions",
]
