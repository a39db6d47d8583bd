"""One way out: a draft as a file of any format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from pathlib import Path

from portal.domain.draft_tree import ParsedDraft, walk
from portal.formats.draft_files.about import About, FileLanguage, words
from portal.formats.draft_files.akn_out import write_akn
from portal.formats.draft_files.docx_out import write_docx
from portal.formats.draft_files.markdown_out import write_markdown
from portal.formats.draft_files.pdf_out import write_pdf


class FileFormat(StrEnum):
    """What a draft can be written as."""

    DOCX = "docx"
    PDF = "pdf"
    MD = "md"
    AKN = "akn"


_WRITERS: dict[FileFormat, Callable[[ParsedDraft, About, FileLanguage], bytes]] = {
    FileFormat.DOCX: write_docx,
    FileFormat.PDF: write_pdf,
    FileFormat.MD: write_markdown,
    FileFormat.AKN: write_akn,
}
MEDIA_TYPES = {
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.PDF: "application/pdf",
    FileFormat.MD: "text/markdown; charset=utf-8",
    FileFormat.AKN: "application/akn+xml",
}
EXTENSIONS = {
    FileFormat.DOCX: "docx",
    FileFormat.PDF: "pdf",
    FileFormat.MD: "md",
    FileFormat.AKN: "xml",
}
# Formats that set a translation beside the text; Akoma Ntoso always carries it, Markdown never.
BESIDE = frozenset({FileFormat.DOCX, FileFormat.PDF})
_HERE = Path(__file__).parent
_DOMAIN = _HERE.parents[1] / "domain"
_TOOLS = ("typst", "python-docx", "lxml", "fontpkg-amiri", "fontpkg-ibm-plex-sans-arabic")


def write_draft(
    draft: ParsedDraft, format: FileFormat, about: About, lang: FileLanguage = "ar"
) -> bytes:
    """The file; the same draft and `about` give the same bytes. Needs an application context.

    `lang` "both" sets the translation beside the text, where the format does that.
    """
    return _WRITERS[format](draft, about, lang)


def translated(draft: ParsedDraft) -> bool:
    """Whether any provision has a text in English: titles of articles alone fill no column."""
    return any(node.text_en for node, _depth in walk(draft.provisions))


def file_key(text_key: str, format: FileFormat, about: About, lang: FileLanguage) -> str:
    """What a file is kept under: it changes with the text, the words around it and the code.

    `text_key` names the text itself: ids and digests of the version.
    """
    said = (words(about, "", "ar"), words(about, "", "en"), about, format, lang)
    whole = "\n".join((text_key, code_digest(), repr(said)))
    return hashlib.sha256(whole.encode()).hexdigest()


@cache
def code_digest() -> str:
    """A digest of all that writes: this folder, what it knows of drafts, libraries and fonts."""
    digest = hashlib.sha256()
    for file in (*sorted(_HERE.glob("*.*")), *sorted(_DOMAIN.glob("draft_*.py"))):
        digest.update(file.read_bytes())
    digest.update(" ".join(f"{tool} {version(tool)}" for tool in _TOOLS).encode())
    return digest.hexdigest()
