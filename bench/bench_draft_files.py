"""Drafts: written as a file of each format, and Akoma Ntoso read again."""

from __future__ import annotations

from datetime import date
from functools import partial
from tempfile import mkdtemp

from bench.bench_drafts import ARTICLES, _draft
from bench.harness import Candidates
from config import Settings
from portal.application import create_app
from portal.domain.bilingual import Bilingual
from portal.domain.draft_parsing import parse
from portal.domain.draft_tree import ParsedDraft
from portal.formats.draft_files.about import About
from portal.formats.draft_files.akn_in import read_akn
from portal.formats.draft_files.akn_out import write_akn
from portal.formats.draft_files.writing import FileFormat, write_draft

ABOUT = About(Bilingual("مشروع نظام"), date(2026, 11, 1), slug="bylaw", version=1, published=True)


def _drafts() -> dict[str, ParsedDraft]:
    return {f"{len(ARTICLES) * times} articles": parse(_draft(times)) for times in (1, 4, 16)}


def _writing(format: FileFormat) -> Candidates:
    """The words around a draft are translated, which needs the portal's context."""
    app = create_app(Settings.from_environment({"PORTAL_DATA": mkdtemp()}))

    def write(draft: ParsedDraft) -> bytes:
        with app.app_context():
            return write_draft(draft, format, ABOUT)

    return {name: partial(write, draft) for name, draft in _drafts().items()}


def writing_docx() -> Candidates:
    """A draft is written as DOCX; where writing is linear the ratio is the size."""
    return _writing(FileFormat.DOCX)


def writing_pdf() -> Candidates:
    """A draft is written as tagged PDF."""
    return _writing(FileFormat.PDF)


def writing_markdown() -> Candidates:
    """A draft is written as Markdown, and read back to see that it is the same."""
    return _writing(FileFormat.MD)


def writing_akn() -> Candidates:
    """A draft is written as Akoma Ntoso."""
    return _writing(FileFormat.AKN)


def reading_akn() -> Candidates:
    """Akoma Ntoso is read into the tree."""
    return {name: partial(read_akn, write_akn(draft, ABOUT)) for name, draft in _drafts().items()}
