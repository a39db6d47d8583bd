"""Files sent with comments: those that a moderator showed, and one's own by the receipt."""

from __future__ import annotations

from flask import make_response
from flask.typing import ResponseReturnValue

from portal.domain.errors import DomainError
from portal.domain.visibility import Audience
from portal.policies.table import Act
from portal.queries.attachments import find_file, find_own_file
from portal.web.attachments import answer, suffix_of
from portal.web.gate import act, scope
from portal.web.public.blueprint import bp

# What is withheld later is withheld from every cache too: each asks before it answers.
ASK_EACH_TIME = "public, no-cache"


@bp.get("/consultations/<slug>/comments/<int:number>/files/<int:position>.<extension>")
@act(Act.READ_CONSULTATION)
def attachment(slug: str, number: int, position: int, extension: str) -> ResponseReturnValue:
    found = find_file(scope().id, number, position, Audience.PUBLIC)
    if found is None or extension != suffix_of(found.view.kind):
        raise DomainError("not_found", status=404)
    return answer(found, ASK_EACH_TIME)


@bp.get("/submissions/<code>/comments/<int:number>/files/<int:position>.<extension>")
@act(Act.FOLLOW)
def own_file(code: str, number: int, position: int, extension: str) -> ResponseReturnValue:
    found = find_own_file(code, number, position)
    if found is None or extension != suffix_of(found.view.kind):
        raise DomainError("not_found", status=404)
    response = make_response(answer(found, "no-store"))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
