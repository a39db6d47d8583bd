"""A published edition as a download: light formats as they are read, heavy ones made once, kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from flask import Response, current_app, request, send_file, stream_with_context
from flask.typing import ResponseReturnValue

from portal.adapters.files import writing_whole
from portal.domain.errors import DomainError
from portal.formats.matrix_files.edition import FILE_LANGUAGES, FileLanguage
from portal.formats.matrix_files.writing import EXTENSIONS, Format, file_key, format_of, write
from portal.policies.table import Act
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
    """From the disk, or written now and kept there."""
    key = file_key(head.file, format, language)
    folder = Path(current_app.extensions["settings"].data) / "exports" / "matrices"
    path = folder / f"{head.id}-{key}.{format.extension}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with writing_whole(path) as written:
            write(format, head.file, partial(all_rows, head.id), language, written)
    return send_file(path, mimetype=format.media_type, conditional=True, etag=key)
