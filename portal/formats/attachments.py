"""A file sent with a comment: what it is by its content, whether it is taken, what is kept of it.

Meant to run in a process with limits: `adapters.reading.inspect_safely`.
"""

from __future__ import annotations

import re

from portal.domain.attachments import IMAGES, FileKind, check_suffix
from portal.domain.errors import DomainError
from portal.formats.attached_images import clean_image
from portal.formats.attached_pdf import check_pdf
from portal.formats.draft_files.packages import Package
from portal.formats.draft_files.xml_parts import parse_xml

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
    (b"{\\rtf", "RTF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x1f\x8b", "gzip"),
    (b"<", "HTML"),
)
_SPACE = b"\xef\xbb\xbf \t\r\n"
_MACRO_NAMES = re.compile(r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml)$|(?:^|/)activex/", re.I)
_MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject", re.I)
_MACRO_FILES = re.compile(r"\.(?:doc|dot|xls|xlt|xlsb|ppt|pot)m$|\.xlsb$", re.I)
_ODF_MACROS = re.compile(r"^(?:basic|scripts|dialogs)/", re.I)
_ODT = b"application/vnd.oasis.opendocument.text"
_REMOTE = re.compile(r"^(?:https?:|ftp:|\\\\|//|file:////)", re.I)


def inspect(data: bytes, name: str) -> tuple[FileKind, bytes]:
    """The kind of a file and what is kept of it: an image drawn anew, all else as it came.

    Raises `attachment_kind` for what is not on the list, `attachment_mislabelled` for a name that
    says another kind, and `attachment_macros`, `attachment_remote`, `attachment_active`,
    `attachment_encrypted`, `image_large`, `image_moves`, `image_unreadable`, and what `Package`
    raises.
    """
    kind = _kind(data)
    check_suffix(name, kind)
    if kind in IMAGES:
        return kind, clean_image(data, kind)
    if kind is FileKind.PDF:
        check_pdf(data)
    return kind, data


def _kind(data: bytes) -> FileKind:
    if data.startswith(b"PK\x03\x04"):
        return _in_package(data)
    if data.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return FileKind.WEBP
    bare = data.lstrip(_SPACE)
    if bare.startswith(b"%PDF-"):
        return FileKind.PDF
    if data.startswith(_OLE):
        code = "EncryptedPackage".encode("utf-16-le")
        raise DomainError("attachment_encrypted" if code in data else "attachment_old_office")
    for magic, found in _OTHERS:
        if bare.startswith(magic):
            raise DomainError("attachment_kind_known", found=found)
    raise DomainError("attachment_kind")


def _in_package(data: bytes) -> FileKind:
    package = Package(data)
    kind = (package.read("mimetype") or b"").strip()
    if kind.startswith(_ODT):
        _check_odt(package, kind)
        return FileKind.ODT
    types = package.read("[Content_Types].xml") or b""
    if _MACRO_TYPES.search(types) or any(map(_MACRO_NAMES.search, package.names)):
        raise DomainError("attachment_macros")
    if b"wordprocessingml.document.main+xml" not in types:
        raise DomainError("attachment_kind")
    _check_docx(package)
    return FileKind.DOCX


def _check_odt(package: Package, kind: bytes) -> None:
    if kind != _ODT:
        raise DomainError("attachment_kind")
    if any(map(_ODF_MACROS.search, package.names)):
        raise DomainError("attachment_macros")
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise DomainError("attachment_encrypted")


def _check_docx(package: Package) -> None:
    """No macro in what is inside it, and no template fetched from elsewhere."""
    if any(map(_MACRO_FILES.search, package.names)):
        raise DomainError("attachment_macros")
    for name in package.names:
        if name.lower().endswith("settings.xml.rels"):
            for relation in parse_xml(package.read(name) or b""):
                template = str(relation.get("Type", "")).endswith("/attachedTemplate")
                if template and _REMOTE.match(str(relation.get("Target", ""))):
                    raise DomainError("attachment_remote")
