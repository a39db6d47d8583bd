"""What one request may hold. Limits of single fields and files stand with their rules; all are
listed in docs/operators.md, and a test holds that list against the code."""

from __future__ import annotations

MEGABYTE = 1024 * 1024
BODY = 4 * MEGABYTE  # of a form without files
LARGEST_BODY = 64 * MEGABYTE  # of a form with files
LARGEST_TEXT = 12 * MEGABYTE  # of what may be pasted as a draft: letters of several bytes
MOST_PARTS = 1_000  # fields of a form that can carry files: 50 comments have 550
# Fields of any other form. The largest honest one names 5,000 comments; a field costs some hundred
# bytes of memory.
MOST_FIELDS = 10_000
