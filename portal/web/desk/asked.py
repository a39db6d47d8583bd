"""Comments that another public body asks about: what lies with mine, read only, and an opinion."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.consultations import Phase
from portal.domain.errors import DomainError
from portal.domain.visibility import TEXT_PUBLIC
from portal.formats.messages import message
from portal.models import Comment, db
from portal.policies.table import Act, authorise, in_phase
from portal.queries.asked import (
    AskedRow,
    advice_on,
    asked_comment,
    asked_rows,
    find_asked,
    phase_of,
)
from portal.queries.beside import then_and_now
from portal.services.asked import advise
from portal.web.desk.blueprint import bp
from portal.web.desk.studying import today
from portal.web.gate import act, actor
from portal.web.moment import now


@bp.get("/asked")
@act(Act.READ_ASKED)
def asked() -> ResponseReturnValue:
    return render_template("desk/asked.html", rows=asked_rows(actor()), today=today())


@bp.get("/asked/<int:comment_id>")
@act(Act.READ_ASKED)
def asked_about(comment_id: int) -> ResponseReturnValue:
    return _page(_row(comment_id))


@bp.post("/asked/<int:comment_id>")
@act(Act.ADVISE)
def advise_on(comment_id: int) -> ResponseReturnValue:
    row, text = _row(comment_id), request.form.get("text", "").replace("\r\n", "\n")
    authorise(actor(), Act.ADVISE, body_id=row.body_id, phase=_phase(row))
    try:
        advise(actor(), now(), row, text)
    except DomainError as error:
        if error.status == 404:
            raise
        return _page(row, text, message(error)), error.status
    flash(_("The opinion is kept; who asked for it reads it beside the comment."))
    return redirect(url_for("desk.asked"))


def _row(comment_id: int) -> AskedRow:
    """The comment where it lies with a body of who asks; for everybody else there is none."""
    row = find_asked(actor(), comment_id)
    if row is None:
        raise DomainError("not_found", status=404)
    return row


def _phase(row: AskedRow) -> Phase:
    phase = phase_of(row, now())
    if phase is None:
        raise DomainError("not_found", status=404)
    return phase


def _page(row: AskedRow, text: str | None = None, error: str = "") -> str:
    comment = asked_comment(row)
    if comment is None:
        raise DomainError("not_found", status=404)
    readable = comment.publication in TEXT_PUBLIC
    then, there = then_and_now(db.session.get_one(Comment, row.comment_id))
    said = advice_on(row.comment_id, row.body_id)
    return render_template(
        "desk/asked_about.html",
        row=row,
        comment=comment,
        readable=readable,
        article=then.article,
        # Where its words stand is said with them, and only then.
        before=then.inside if readable else None,
        now=there.article,
        after=there.inside if readable else None,
        at=there.stands,
        said=said[0] if said else None,
        text=text if text is not None else (said[0].text if said else ""),
        error=error,
        today=today(),
        may_advise=in_phase(Act.ADVISE, _phase(row)),
    )
