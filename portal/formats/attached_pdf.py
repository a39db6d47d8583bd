"""PDF of strangers: nothing in it may run, open something or carry other files.

What names say is looked for in the whole file and in its packed lists of objects. That is no proof
(`docs/decisions/0016`): files are served as downloads, and a virus scanner looks at them too.
"""

from __future__ import annotations

import re
import zlib

import pypdfium2
from pypdfium2 import raw

from portal.domain.errors import DomainError

# Long enough not to come up by chance in packed data; a script is never without the first.
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm)(?![A-Za-z])"
)
_CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME = re.compile(rb"/[A-Za-z0-9#]{2,60}")
_BODY = re.compile(rb"stream\r?\n")
_MOST_UNPACKED = 64 * 1024 * 1024


def check_pdf(data: bytes) -> None:
    """Raise `attachment_encrypted`, `attachment_active` or `attachment_unreadable`."""
    _check_opens(data)
    if _ACTIVE.search(_decoded(data)):
        raise DomainError("attachment_active")
    left = _MOST_UNPACKED
    for packed in re.finditer(rb"/ObjStm\b", data):
        body = _BODY.search(data, packed.end(), packed.end() + 2_000)
        if body is None:
            continue
        end = data.find(b"endstream", body.end())
        listed = _unpacked(data[body.end() : end if end >= 0 else None], left)
        left -= len(listed)
        if left <= 0:
            raise DomainError("zip_bomb", maximum=_MOST_UNPACKED // 1024**2)
        if _ACTIVE.search(_decoded(listed)):
            raise DomainError("attachment_active")


def _check_opens(data: bytes) -> None:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        wants_password = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        code = "attachment_encrypted" if wants_password else "attachment_unreadable"
        raise DomainError(code) from error
    try:
        # What is locked even without a password cannot be looked into.
        if raw.FPDF_GetSecurityHandlerRevision(document.raw) != -1:
            raise DomainError("attachment_encrypted")
        # A form in XML brings scripts of its own.
        if raw.FPDF_GetFormType(document.raw) in (
            raw.FORMTYPE_XFA_FULL,
            raw.FORMTYPE_XFA_FOREGROUND,
        ):
            raise DomainError("attachment_active")
        if raw.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0:
            raise DomainError("attachment_active")
        if raw.FPDFDoc_GetAttachmentCount(document.raw) > 0:
            raise DomainError("attachment_active")
    finally:
        document.close()


def _decoded(data: bytes) -> bytes:
    """Names may be written with codes (`/J#61vaScript`): as they read."""

    def plain(name: re.Match[bytes]) -> bytes:
        return _CODED.sub(lambda code: bytes([int(code[1], 16)]), name[0])

    return _NAME.sub(plain, data)


def _unpacked(data: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        return b""
