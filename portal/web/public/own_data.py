"""A sender's own data, through the receipt: what there is, all of it as a file, and its erasure."""

from __future__ import annotations

from functools import partial

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.adapters import attachments as store
from portal.adapters.erasing import forget_files
from portal.domain.accounts import CITIZEN
from portal.domain.errors import DomainError
from portal.domain.submissions import shown_code
from portal.formats.messages import message
from portal.formats.person_files import archive
from portal.models import Submission
from portal.policies.table import Act
from portal.queries.people import exported, find_sent, own_data
from portal.services.people import erase
from portal.web.gate import act
from portal.web.moment import now
from portal.web.public.blueprint import bp
from portal.web.public.submissions import private
from portal.web.transactions import after_commit


def _sent(code: str) -> Submission:
    found = find_sent(code)
    if found is None:
        raise DomainError("code_unknown", status=404)
    return found


@bp.get("/submissions/<code>/data", endpoint="own_data")
@act(Act.FOLLOW)
def show_data(code: str) -> ResponseReturnValue:
    return private(render_template("public/own_data.html", found=own_data(_sent(code))))


@bp.get("/submissions/<code>/data.zip")
@act(Act.FOLLOW)
def own_data_file(code: str) -> ResponseReturnValue:
    data = current_app.extensions["settings"].data
    content, files = exported(_sent(code))
    read = [(each.name, store.load(data, each.stored, each.sha256)) for each in files]
    response = Response(archive([content], read), content_type="application/zip")
    name = f"radd-data-{shown_code(content['reference'])}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/submissions/<code>/erase", endpoint="erase")
@act(Act.FOLLOW)
def ask_to_erase(code: str) -> ResponseReturnValue:
    return _page(_sent(code))


@bp.post("/submissions/<code>/erase")
@act(Act.FOLLOW)
def erase_now(code: str) -> ResponseReturnValue:
    submission = _sent(code)
    try:
        if request.form.get("sure") != "yes":
            raise DomainError("erase_unsure", field="sure")
        done = erase(CITIZEN, now(), submission)
    except DomainError as refused:
        return _page(submission, message(refused), refused.status)
    data = current_app.extensions["settings"].data
    after_commit(partial(forget_files, data, done.slug, done.files))
    return redirect(url_for("public.submission", code=submission.code), 303)


def _page(submission: Submission, error: str = "", status: int = 200) -> ResponseReturnValue:
    page = render_template("public/erase.html", found=own_data(submission), error=error)
    return private(page, status)
