"""The commenting template of ISO/IEC: its eight columns, their heads, its three types of comment.

`Template for comments and secretariat observations` (ISO/IEC Directives, Part 1, Supplement). The
English heads are those of the template, so that what was filled in elsewhere is recognised.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.domain.comments import CommentType

ISO_COLUMNS = ("mb", "line", "clause", "paragraph", "type", "comment", "change", "observations")
ISO_TITLES = {
    "mb": _l("MB/NC"),
    "line": _l("Line number"),
    "clause": _l("Clause/Subclause"),
    "paragraph": _l("Paragraph/Figure/Table"),
    "type": _l("Type of comment"),
    "comment": _l("Comments"),
    "change": _l("Proposed change"),
    "observations": _l("Observations of the secretariat"),
}
# General, technical, editorial.
ISO_TYPES = {
    CommentType.GENERAL: "ge",
    CommentType.SUBSTANTIVE: "te",
    CommentType.EDITORIAL: "ed",
}
