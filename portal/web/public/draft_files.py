"""A published version as a file: made once, kept on the disk, the same for everybody."""

from __future__ import annotations

from pathlib import Path

from flask import current_app, request
from flask.typing import ResponseReturnValue

from portal.adapters.files import keep, kept
from portal.domain.errors import DomainError
from portal.formats.draft_files.about import FileLanguage
from portal.formats.draft_files.writing import EXTENSIONS, FileFormat, file_key, write_draft
from portal.policies.table import Act
from portal.queries.draft_files import VersionFile, read_draft_of
from portal.web.draft_files import answer, asked_format, asked_language, asked_version
from portal.web.gate import act
from portal.web.public.blueprint import bp

CACHE = "public, max-age=3600"


@bp.get("/consultations/<slug>/documents/<int:number>/versions/<int:version>/draft.<extension>")
@act(Act.READ_CONSULTATION)
def draft_file(slug: str, number: int, version: int, extension: str) -> ResponseReturnValue:
    format = asked_format(extension)
    found = asked_version(number, version)
    if not found.about.published:
        raise DomainError("not_found", status=404)
    lang = asked_language(found, format)
    key = file_key(found.text_key, format, found.about, lang)
    known = key in request.if_none_match
    response = answer(found, format, lang, b"" if known else _file(found, format, lang, key))
    response.set_etag(key)
    response.headers["Cache-Control"] = CACHE
    return response.make_conditional(request)


def _file(found: VersionFile, format: FileFormat, lang: FileLanguage, key: str) -> bytes:
    """From the disk, or written now and kept there."""
    folder = Path(current_app.extensions["settings"].data) / "exports" / "drafts"
    name = f"{found.version_id}-{key}.{EXTENSIONS[format]}"
    data = kept(folder, name)
    if data is None:
        data = write_draft(read_draft_of(found), format, found.about, lang)
        keep(folder, name, data)
    return data
