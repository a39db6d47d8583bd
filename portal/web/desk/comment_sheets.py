"""Comments of an outside body in the ISO template: taken in, looked through, confirmed."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.drafts import MAX_FILE
from portal.domain.errors import DomainError, Refusals
from portal.domain.given_numbers import whole
from portal.domain.limits import MEGABYTE
from portal.domain.sheets import RowOutcome, SheetKind, SheetStatus
from portal.domain.submissions import Sender, SenderClass, check_sender
from portal.formats.dates import in_amman
from portal.formats.messages import message
from portal.policies.table import Act
from portal.queries.drafts import list_documents
from portal.queries.sheets import count_outcomes, list_sheets, rows_of, view_sheet
from portal.services import sheets as services
from portal.web.desk.blueprint import bp
from portal.web.desk.sheets import found, lay, nudge, refreshing, upload
from portal.web.forms.codes import code_or
from portal.web.forms.comment_sheets import CommentSheetForm
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now
from portal.web.uploads import with_file

SHOWN = 500


@bp.get("/consultations/<slug>/comments/imports")
@act(Act.OPEN_FILE)
def comment_sheets(slug: str) -> ResponseReturnValue:
    today = in_amman(now()).date().isoformat()
    return _list_page(_form(received=today, document="1"), [])


def _form(**data: str) -> CommentSheetForm:
    form = CommentSheetForm(data=data)
    _offer(form)
    return form


def _offer(form: CommentSheetForm) -> None:
    form.document.choices = [
        (str(each.number), f"{each.number}. {each.title.ar}") for each in list_documents(scope().id)
    ]


def _list_page(form: CommentSheetForm, errors: Summary) -> str:
    return render_template(
        "desk/comment_sheets.html",
        scope=scope(),
        imports=list_sheets(scope().id, SheetKind.COMMENTS),
        form=form,
        errors=errors,
        may_take_in=can(Act.TAKE_IN_COMMENTS),
        maximum=MAX_FILE // MEGABYTE,
    )


@bp.post("/consultations/<slug>/comments/imports")
@act(Act.TAKE_IN_COMMENTS)
@with_file
def comment_sheet_send(slug: str) -> ResponseReturnValue:
    form = CommentSheetForm(request.form)
    _offer(form)
    try:
        options = _options(form)
        return lay(SheetKind.COMMENTS, upload(), options)
    except (DomainError, Refusals) as refused:
        status = refused.status if isinstance(refused, DomainError) else 422
        return _list_page(form, show(form, refused)), status


def _options(form: CommentSheetForm) -> dict[str, Any]:
    """Whose comments they are, of which document, when they came; raises `Refusals`."""
    errors = []
    organisation = (form.organisation.data or "").strip()
    if not organisation:
        errors.append(DomainError("organisation_missing", field="organisation"))
    else:
        errors += check_sender(Sender(organisation=organisation))
    received = (form.received.data or "").strip()
    try:
        day = date.fromisoformat(received)
        if day > in_amman(now()).date():
            raise ValueError(received)
    except ValueError:
        errors.append(DomainError("day_wrong", field="received"))
    if errors:
        raise Refusals(errors)
    return {
        "organisation": organisation,
        "sender_class": code_or(SenderClass, form.sender_class.data, SenderClass.GOVERNMENT).value,
        "document": whole(form.document.data),
        "received": received,
    }


@bp.get("/consultations/<slug>/comments/imports/<int:import_id>")
@act(Act.OPEN_FILE)
def comment_sheet(slug: str, import_id: int) -> ResponseReturnValue:
    found(SheetKind.COMMENTS, import_id)
    return refreshing(view_sheet(import_id), _page(import_id))


def _page(import_id: int, error: str = "") -> str:
    view, rows = view_sheet(import_id), rows_of(import_id)
    good = [row for row in rows if not row.faults]
    return render_template(
        "desk/comment_sheet.html",
        scope=scope(),
        view=view,
        waits=view.status is SheetStatus.READ,
        error=error,
        rows=good[:SHOWN],
        good=len(good),
        faulty=[row for row in rows if row.faults],
        outcomes=count_outcomes(rows),
        taken=[row for row in rows if row.outcome is RowOutcome.RECORDED],
        already=[row for row in rows if row.outcome is RowOutcome.LEFT and row.refusals][:SHOWN],
        refused=[row for row in rows if row.outcome is RowOutcome.REFUSED],
        may_take_in=can(Act.TAKE_IN_COMMENTS),
    )


@bp.post("/consultations/<slug>/comments/imports/<int:import_id>/confirm")
@act(Act.TAKE_IN_COMMENTS)
def comment_sheet_confirm(slug: str, import_id: int) -> ResponseReturnValue:
    asked = found(SheetKind.COMMENTS, import_id)
    try:
        services.confirm(actor(), now(), asked)
    except DomainError as error:
        return _page(import_id, message(error)), error.status
    nudge(import_id)
    return redirect(url_for("desk.comment_sheet", slug=slug, import_id=import_id))


@bp.post("/consultations/<slug>/comments/imports/<int:import_id>/discard")
@act(Act.TAKE_IN_COMMENTS)
def comment_sheet_discard(slug: str, import_id: int) -> ResponseReturnValue:
    services.discard(now(), found(SheetKind.COMMENTS, import_id))
    flash(_("The import is discarded; nothing was written."))
    return redirect(url_for("desk.comment_sheets", slug=slug))
