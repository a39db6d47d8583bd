"""DOCX read into the source text of a draft.

The XML is walked by ourselves: no library computes automatic numbering and lets the reader
refuse tracked changes (docs/decisions/0008).
"""

from __future__ import annotations

from portal.domain.drafts import Tracked
from portal.formats.draft_files.docx_body import Body
from portal.formats.draft_files.docx_package import open_docx
from portal.formats.draft_files.source_lines import SourceLines


def read_docx(data: bytes, tracked: Tracked) -> tuple[SourceLines, int]:
    """The lines of the text, and how many tracked changes were met.

    Headers, footers, comments and pictures are left out; notes stand at the end of their
    provision as `[1] …`, boxes behind their paragraph.
    """
    lines = SourceLines()
    parts = open_docx(data)
    body = Body(parts, tracked, lines)
    body.blocks(parts.body)
    body.end()
    for code, count in (
        ("contents_left_out", body.contents),
        ("pictures_left_out", body.state.pictures),
        ("embedded_left_out", body.embedded),
    ):
        if count:
            lines.warn(code, count=str(count))
    return lines, body.state.tracked
