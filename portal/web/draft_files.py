"""A version of a draft as the answer to a request, for the public and for the desk alike."""

from __future__ import annotations

from flask import Response

from portal.domain.errors import DomainError
from portal.formats.draft_files.about import FileLanguage
from portal.formats.draft_files.writing import BESIDE, EXTENSIONS, MEDIA_TYPES, FileFormat
from portal.queries.draft_files import VersionFile, find_version_file
from portal.web.gate import scope
from portal.web.languages import current
from portal.web.links import absolute
from portal.web.moment import now

_FORMATS = {extension: format for format, extension in EXTENSIONS.items()}


def asked_format(extension: str) -> FileFormat:
    """The format of an extension. Raises `not_found`."""
    if extension not in _FORMATS:
        raise DomainError("not_found", status=404)
    return _FORMATS[extension]


def asked_version(number: int, version: int) -> VersionFile:
    """The version that the address names. Raises `not_found`."""
    page = {"slug": scope().slug, "number": number, "version": version, "lang": "ar"}
    url = absolute("public.document", **page)
    found = find_version_file(scope().id, number, version, now(), url)
    if found is None:
        raise DomainError("not_found", status=404)
    return found


def asked_language(found: VersionFile, format: FileFormat) -> FileLanguage:
    """At an English address the translation stands beside the law, where there is one."""
    beside = current() == "en" and found.translated and format in BESIDE
    return "both" if beside else "ar"


def answer(
    found: VersionFile, format: FileFormat, lang: FileLanguage, data: bytes = b""
) -> Response:
    """The file as a download whose name says whose, which and when."""
    name = found.about.file_name(EXTENSIONS[format], lang)
    response = Response(data, content_type=MEDIA_TYPES[format])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Language"] = "ar, en" if lang == "both" else "ar"
    return response
