"""Any version as a file, for staff: written at each request and kept nowhere."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from portal.formats.draft_files.writing import write_draft
from portal.policies.table import Act
from portal.queries.draft_files import read_draft_of
from portal.web.desk.blueprint import bp
from portal.web.draft_files import answer, asked_format, asked_language, asked_version
from portal.web.gate import act


@bp.get("/consultations/<slug>/documents/<int:number>/versions/<int:version>/draft.<extension>")
@act(Act.OPEN_FILE)
def draft_file(slug: str, number: int, version: int, extension: str) -> ResponseReturnValue:
    format = asked_format(extension)
    found = asked_version(number, version)
    lang = asked_language(found, format)
    return answer(found, format, lang, write_draft(read_draft_of(found), format, found.about, lang))
