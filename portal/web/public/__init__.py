"""What anybody reads and sends, at `/ar/…` and `/en/…`. No view here reads a session."""

from portal.web.public import (
    comments,
    consultations,
    documents,
    draft_files,
    matrices,
    submissions,
)
from portal.web.public.blueprint import bp

__all__ = ["bp", "comments", "consultations", "documents", "draft_files", "matrices", "submissions"]
