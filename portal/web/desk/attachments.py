"""Files sent with comments, for the staff who decide on them and who answer."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.adapters.database import unit_of_work
from portal.domain.attachments import Standing
from portal.domain.errors import DomainError
from portal.domain.visibility import Audience
from portal.policies.table import Act
from portal.queries.attachments import find_file
from portal.queries.comments import find_comment
from portal.queries.held_files import held_page
from portal.queries.originals import logged
from portal.queries.queue import reach_of
from portal.services import looks
from portal.web.attachments import answer, suffix_of
from portal.web.desk.blueprint import bp
from portal.web.gate import act, actor, scope
from portal.web.moment import now
from portal.web.numbers import asked


@bp.get("/moderation/files")
@act(Act.READ_QUEUE)
def held_files() -> ResponseReturnValue:
    """What was published without a word on its files: nobody forgets them here."""
    page = held_page(reach_of(actor()), after=asked("after") or 0)
    return render_template("desk/held_files.html", page=page)


@bp.get("/consultations/<slug>/comments/<int:number>/files/<int:position>.<extension>")
@act(Act.OPEN_FILE)
def attachment(slug: str, number: int, position: int, extension: str) -> ResponseReturnValue:
    """Opening what is withheld, or belongs to a comment that is, is written down."""
    found = find_file(scope().id, number, position, Audience.STAFF)
    view = find_comment(scope().id, number, Audience.STAFF)
    if found is None or view is None or extension != suffix_of(found.view.kind):
        raise DomainError("not_found", status=404)
    response = answer(found, "no-store")
    if found.view.standing is Standing.WITHHELD or logged((view,)):
        with unit_of_work():
            looks.note(actor(), now(), [view.id])
    return response
