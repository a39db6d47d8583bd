"""Receipt, and what became of a submission. Who holds the code sees it; no cache keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import segno
from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.domain.appeals import appeal_until
from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.row_refs import parse_ref
from portal.domain.submissions import clean_code, shown_code
from portal.formats.canonical import canonical
from portal.formats.messages import message
from portal.formats.record_files.receipts import compact, in_one_form
from portal.policies.table import Act
from portal.queries.receipts import find_receipt
from portal.queries.submissions import SubmissionView, find_submission
from portal.services.satisfaction import say
from portal.services.submissions import withdraw_comment
from portal.web.gate import act
from portal.web.links import absolute
from portal.web.moment import now
from portal.web.public.blueprint import bp


def found_submission(code: str) -> SubmissionView:
    """The submission of a code; raises `code_unknown` (404)."""
    found = find_submission(code, now())
    if found is None:
        raise DomainError("code_unknown", status=404)
    return found


def private(page: str, status: int = 200) -> ResponseReturnValue:
    """A page that no cache keeps, no other site hears of and no engine lists."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/submissions", endpoint="find_submission")
@act(Act.FOLLOW)
def find() -> ResponseReturnValue:
    typed = request.args.get("code", "")[:60]
    if not typed:
        return render_template("public/find.html", typed="", error="")
    if find_submission(typed, now()) is None:
        error = message(DomainError("code_unknown"))
        return private(render_template("public/find.html", typed=typed, error=error), 404)
    return redirect(url_for("public.submission", code=clean_code(typed)))


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed about the answer to a row and not taken, and why not."""

    ref: str
    satisfied: str
    sentence: str
    words: str


@bp.get("/submissions/<code>")
@act(Act.FOLLOW)
def submission(code: str) -> ResponseReturnValue:
    return _page(code)


@bp.post("/submissions/<code>/rows/<ref>/satisfaction")
@act(Act.FOLLOW)
def say_satisfied(code: str, ref: str) -> ResponseReturnValue:
    """The author's word on the answer to one row, said once."""
    typed = request.form.get("satisfied", ""), request.form.get("sentence", "")
    try:
        if typed[0] not in ("yes", "no"):
            raise DomainError("satisfaction_missing", field="satisfied")
        row = parse_ref(ref)
        say(now(), clean_code(code), row, satisfied=typed[0] == "yes", sentence=typed[1])
    except DomainError as error:
        if error.status == 404:
            raise
        return _page(code, Refused(ref, *typed, message(error)), error.status)
    anchor = f"say-{ref.replace('.', '-')}"
    return redirect(url_for("public.submission", code=clean_code(code), _anchor=anchor), 303)


def _page(code: str, refused: Refused | None = None, status: int = 200) -> ResponseReturnValue:
    days = current_app.extensions["settings"].appeal_days
    page = render_template(
        "public/submission.html",
        submission=found_submission(code),
        withdrawn=Publication.WITHDRAWN,
        appeal_until=lambda decided_at: appeal_until(decided_at, days),
        now=now(),
        refused=refused,
    )
    return private(page, status)


@bp.get("/submissions/<code>/receipt")
@act(Act.FOLLOW)
def receipt(code: str) -> ResponseReturnValue:
    found = found_submission(code)
    link = absolute("public.submission", code=found.code)
    code_of_link = segno.make(link, error="m")
    picture = Markup(code_of_link.svg_inline(scale=1, border=2, omitsize=True))  # noqa: S704
    kept = find_receipt(found.code)
    page = render_template(
        "public/receipt.html",
        submission=found,
        link=link,
        qr=picture,
        receipt=kept,
        proof=_proof_picture(kept),
    )
    return private(page)


def _proof_picture(receipt: dict[str, Any] | None) -> Markup | None:
    """The receipt but for its texts as a QR code, where one can hold it."""
    try:
        held = segno.make(canonical(compact(receipt or {})), error="l", micro=False)
    except (segno.DataOverflowError, KeyError):
        return None
    return Markup(held.svg_inline(scale=1, border=2, omitsize=True))  # noqa: S704


@bp.get("/submissions/<code>/receipt.json")
@act(Act.FOLLOW)
def receipt_json(code: str) -> ResponseReturnValue:
    content = find_receipt(code)
    if content is None:
        raise DomainError("code_unknown", status=404)
    response = Response(in_one_form(content), content_type="application/json")
    name = f"radd-receipt-{shown_code(clean_code(code))}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/submissions/<code>/comments/<int:number>/withdraw")
@act(Act.FOLLOW)
def withdraw(code: str, number: int) -> ResponseReturnValue:
    withdraw_comment(now(), clean_code(code), number)
    return redirect(url_for("public.submission", code=clean_code(code)), 303)
