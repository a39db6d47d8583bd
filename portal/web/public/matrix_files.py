"""A published edition as a download: light formats as they are read, heavy ones made once, kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from flask import Response, current_app, request, send_file, stream_with_context
from flask.typing import ResponseReturnValue

from portal.adapters import originals
from portal.adapters.files import writing_whole
from portal.domain.errors import DomainError
from portal.formats.matrix_files.edition import FILE_LANGUAGES, FileLanguage
from portal.formats.matrix_files.writing import (
    EXTENSIONS,
    PARTED_PDF,
    Format,
    file_key,
    format_of,
    in_job,
    write,
)
from portal.policies.table import Act
from portal.queries.edition_runs import FileView, files_of, is_filing
from portal.queries.matrices import EditionHead, all_rows
from portal.web.gate import act
from portal.web.languages import current
from portal.web.public.blueprint import bp
from portal.web.public.matrices import asked_edition

CACHE = "public, max-age=3600"


@bp.get("/consultations/<slug>/matrix/<int:edition>/file.<extension>")
@act(Act.READ_MATRIX)
def matrix_file(slug: str, edition: int, extension: str) -> ResponseReturnValue:
    head, _others = asked_edition(edition)
    if extension not in EXTENSIONS:
        raise DomainError("not_found", status=404)
    format, language = format_of(EXTENSIONS[extension], head.file), _language()
    response = _heavy(head, format, language) if format.heavy else _light(head, format, language)
    name = head.file.file_name(format.extension, language)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Language"] = "ar, en" if language == "both" else language
    response.headers["Cache-Control"] = CACHE
    return response


def _language() -> FileLanguage:
    """As chosen; that of the page where nothing that we know was."""
    given = request.args.get("language", current())
    return next((each for each in FILE_LANGUAGES if each == given), "ar")


def _light(head: EditionHead, format: Format, language: FileLanguage) -> Response:
    assert format.stream is not None  # noqa: S101 (that is what light means)
    portions = format.stream(head.file, partial(all_rows, head.id), language)
    return Response(stream_with_context(portions), content_type=format.media_type)


def _heavy(head: EditionHead, format: Format, language: FileLanguage) -> Response:
    """As it was made when the edition was published; else from the disk, or written now."""
    kept = _stored(head.id, format, language)
    data = Path(current_app.extensions["settings"].data)
    if kept is not None:
        path = originals.place_of(data, kept.sha256)
        if path.exists():
            return send_file(path, mimetype=format.media_type, conditional=True, etag=kept.sha256)
    elif in_job(format, head.file) and is_filing(head.id):
        raise DomainError("file_being_made", status=503)
    key = file_key(head.file, format, language)
    folder = data / "exports" / "matrices"
    path = folder / f"{head.id}-{key}.{format.extension}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with writing_whole(path) as written:
            write(format, head.file, partial(all_rows, head.id), language, written)
    return send_file(path, mimetype=format.media_type, conditional=True, etag=key)


def _stored(edition_id: int, format: Format, language: FileLanguage) -> FileView | None:
    """The file that was kept when the edition was published, if it was one to keep."""
    name = "pdf" if format is PARTED_PDF else EXTENSIONS[format.extension]
    for file in files_of(edition_id):
        if (file.format, file.language) == (name, language):
            return file
    return None
