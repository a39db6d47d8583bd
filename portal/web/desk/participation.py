"""The report of a workshop: read, look at what was found, take it in as comments."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.drafts import DocumentKind
from portal.domain.errors import DomainError
from portal.domain.participation import WorkshopReport, parse_report
from portal.domain.submissions import SenderClass
from portal.domain.text import decode
from portal.policies.table import Act
from portal.services.participation import take_in_report
from portal.web.desk.blueprint import bp
from portal.web.desk.consultations import mapped
from portal.web.forms.codes import code_or
from portal.web.forms.consultations import WorkshopForm
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, actor, scope
from portal.web.moment import now

WARNINGS_SHOWN = 100


def _page(form: WorkshopForm, report: WorkshopReport | None, errors: Summary) -> str:
    return render_template(
        "desk/workshop.html",
        scope=scope(),
        form=form,
        report=report,
        warnings=report.warnings[:WARNINGS_SHOWN] if report else (),
        errors=errors,
    )


@bp.get("/consultations/<slug>/workshops/new")
@act(Act.TAKE_IN_WORKSHOP)
def new_workshop(slug: str) -> ResponseReturnValue:
    return _page(WorkshopForm(), None, [])


@bp.post("/consultations/<slug>/workshops/new")
@act(Act.TAKE_IN_WORKSHOP)
def read_workshop(slug: str) -> ResponseReturnValue:
    form = WorkshopForm(request.form)
    try:
        source = _typed_source(form)
        report = parse_report(source)
        if request.form.get("action") != "take-in":
            return _page(form, report, [])
        take_in_report(
            actor(),
            now(),
            mapped(),
            report,
            source,
            kind=code_or(DocumentKind, form.kind.data, DocumentKind.PLAN),
            sender_class=code_or(SenderClass, form.sender_class.data, SenderClass.CIVIL_SOCIETY),
        )
    except DomainError as error:
        error.field = "source" if error.field in (None, "text") else error.field
        return _page(form, None, show(form, error)), error.status
    flash(
        _(
            "%(comments)s recommendations are taken in as comments on %(documents)s documents.",
            comments=report.recommendation_count,
            documents=len(report.documents),
        )
    )
    return redirect(url_for("desk.consultation", slug=slug))


def _typed_source(form: WorkshopForm) -> str:
    """What was pasted, or the text of the file; says which encoding was recognised.

    The text of a file stands in the form from then on, so that it can be mended there.
    """
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return (form.source.data or "").replace("\r\n", "\n")
    text, encoding = decode(upload.read())
    if encoding != "utf-8":
        flash(_("The file was read as Windows-1256. Look whether its letters are right."))
    form.source.data = text.replace("\r\n", "\n")
    return form.source.data
