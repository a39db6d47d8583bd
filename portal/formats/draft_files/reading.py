"""A draft's file read into the one intermediate form, whatever its format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from portal.domain.draft_parsing import parse
from portal.domain.draft_sources import SourceDraft
from portal.domain.draft_tree import reassemble
from portal.domain.drafts import DraftFormat, Tracked
from portal.domain.errors import DomainError
from portal.domain.text import decode
from portal.formats.draft_files.akn_in import read_akn
from portal.formats.draft_files.detection import detect
from portal.formats.draft_files.docx_in import read_docx
from portal.formats.draft_files.html_in import read_html
from portal.formats.draft_files.pdf_in import read_pdf
from portal.formats.draft_files.source_lines import SourceLines

Progress = Callable[[int], None]


def read_draft(
    data: bytes,
    name: str = "",
    tracked: Tracked = Tracked.ACCEPT,
    progress: Progress = lambda _percent: None,
) -> SourceDraft:
    """Read a file; `name` only helps to tell formats apart that look alike.

    `progress` is told per cent. Raises DomainError where the file cannot be read, with `field`
    `file` for the file and `source` for its text. Meant to run in a process with limits:
    `adapters.reading.read_safely`.
    """
    try:
        return _read(detect(data, name), data, tracked, progress)
    except RecursionError as error:
        raise DomainError("nested_too_deep", field="file") from error


def _read(form: DraftFormat, data: bytes, tracked: Tracked, progress: Progress) -> SourceDraft:
    progress(5)
    if form is DraftFormat.AKN:
        draft = read_akn(data, tracked)
        return SourceDraft(form, reassemble(draft), draft)
    if form is DraftFormat.PDF:
        lines, page_lines = read_pdf(data, progress)
        return replace(_parsed(form, lines), page_lines=page_lines, to_confirm=True)
    if form in (DraftFormat.DOCX, DraftFormat.HTML):
        lines, count = (read_docx if form is DraftFormat.DOCX else read_html)(data, tracked)
        progress(60)
        return replace(_parsed(form, lines), tracked=count)
    source = decode(data)[0]
    return SourceDraft(form, source, parse(source))


def _parsed(form: DraftFormat, lines: SourceLines) -> SourceDraft:
    """The tree, with what was noticed in the file before what was noticed in the text."""
    source = lines.text
    draft = parse(source)
    return SourceDraft(form, source, replace(draft, warnings=(*lines.warnings, *draft.warnings)))
