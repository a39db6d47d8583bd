"""What a file is, found from its content; a name that says something else is a lie to be told."""

from __future__ import annotations

import re
from pathlib import PurePath

from portal.domain.drafts import MAX_FILE, DraftFormat
from portal.domain.errors import DomainError
from portal.domain.text import decode
from portal.formats.draft_files.packages import Package

# The name of each kind of file that a draft may come in by mistake, as people say it.
_BY_SUFFIX = {
    ".docx": DraftFormat.DOCX,
    ".pdf": DraftFormat.PDF,
    ".html": DraftFormat.HTML,
    ".htm": DraftFormat.HTML,
    ".xhtml": DraftFormat.HTML,
    ".md": DraftFormat.MARKDOWN,
    ".markdown": DraftFormat.MARKDOWN,
    ".txt": DraftFormat.TEXT,
    ".akn": DraftFormat.AKN,
    ".xml": DraftFormat.AKN,
}
_PLAIN = frozenset({DraftFormat.TEXT, DraftFormat.MARKDOWN})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x1f\x8b", "gzip"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_HTML_PART = re.compile(rb"\s*<(?:head|body|div|p|h[1-6]|table|section|article|main|ol|ul)\b", re.I)
_XML = re.compile(rb"\s*<(?:\?xml\b|(?:\w+:)?akomaNtoso\b)", re.I)
_MARKDOWN = re.compile(r"(?m)^(?:#{1,6} \S|\|(?: ?:?-+:? ?\|)+\s*$)")
_BOM = b"\xef\xbb\xbf"
_HEAD = 4_096  # a format shows itself at the beginning


def detect(data: bytes, name: str) -> DraftFormat:
    """The format of a draft's file.

    Raises `draft_file_empty`, `file_too_large`, `file_mislabelled` (`named`, `found`), or the
    code of what cannot be read: `file_old_word`, `file_odt`, `file_macros`, `file_encrypted`, ….
    """
    if not data:
        raise DomainError("draft_file_empty", field="file")
    if len(data) > MAX_FILE:
        raise DomainError("file_too_large", field="file", maximum=MAX_FILE // 1024**2)
    suffix = PurePath(name).suffix.lower()
    found = _found(data, suffix)
    named = _BY_SUFFIX.get(suffix)
    if named is None or named is found or {named, found} <= _PLAIN:
        return named if named in _PLAIN else found
    raise DomainError("file_mislabelled", field="file", named=suffix, found=found)


def _found(data: bytes, suffix: str) -> DraftFormat:
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _in_package(data)
    if data.startswith(_OLE):
        raise DomainError(_in_ole(data), field="file")
    if b"%PDF-" in data[:1024]:
        return DraftFormat.PDF
    for magic, kind in _OTHERS:
        if data.startswith(magic):
            raise DomainError("file_of_no_use", field="file", found=kind)
    return _in_text(data.removeprefix(_BOM), suffix)


def _in_package(data: bytes) -> DraftFormat:
    package = Package(data)
    names = package.names
    kind = (package.read("mimetype") or b"") if "mimetype" in names else b""
    if b"opendocument.text" in kind:
        raise DomainError("file_odt", field="file")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise DomainError("file_macros", field="file")
    types = package.read("[Content_Types].xml") or b""
    if b"macroEnabled" in types:
        raise DomainError("file_macros", field="file")
    if b"wordprocessingml" not in types:
        raise DomainError("file_of_no_use", field="file", found=_package_kind(names, kind))
    return DraftFormat.DOCX


def _package_kind(names: frozenset[str], kind: bytes) -> str:
    for prefix, program in (("xl/", "Excel"), ("ppt/", "PowerPoint")):
        if any(name.startswith(prefix) for name in names):
            return program
    return kind.decode("ascii", "replace").strip()[:60] or "ZIP"


def _in_ole(data: bytes) -> str:
    """Names in the container are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "file_encrypted"
    return "file_old_word" if "WordDocument".encode("utf-16-le") in data else "file_old_office"


def _in_text(data: bytes, suffix: str) -> DraftFormat:
    head = data[:_HEAD]
    if _HTML.match(head):
        return DraftFormat.HTML
    if _XML.match(head):
        return DraftFormat.AKN
    if _HTML_PART.match(head) and suffix not in (".md", ".markdown"):
        return DraftFormat.HTML
    text, _encoding = decode(data)
    return DraftFormat.MARKDOWN if _MARKDOWN.search(text) else DraftFormat.TEXT
