"""Approving: one response, or many in one act; giving one back; reading changed comments again."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.domain.errors import DomainError, Refusals
from portal.domain.given_numbers import revision, whole
from portal.domain.row_refs import RowRef, parse_ref
from portal.formats.messages import message
from portal.policies.table import Act
from portal.queries.answers import row_views
from portal.queries.reviews import load_reviews
from portal.services.rereading import read_again
from portal.services.reviews import approve, approve_many, return_with_remark
from portal.web.desk.answering import response_found
from portal.web.desk.blueprint import bp
from portal.web.desk.originals import note_looks
from portal.web.gate import act, actor, scope
from portal.web.moment import now
from portal.web.numbers import asked


@bp.get("/consultations/<slug>/reviews")
@act(Act.APPROVE)
def reviews(slug: str) -> ResponseReturnValue:
    return _page([])


@bp.post("/consultations/<slug>/reviews")
@act(Act.APPROVE)
def approve_chosen(slug: str) -> ResponseReturnValue:
    chosen = []
    for value in request.form.getlist("chosen"):
        typed, _slash, seen = value.partition("/")
        number = whole(typed)
        if number is not None:
            chosen.append((number, revision(seen)))
    try:
        done = approve_many(actor(), now(), scope().id, chosen)
    except DomainError as error:
        return _page([message(error)]), error.status
    refused = [
        _("Response %(number)s:", number=number) + " " + message(error)
        for number, error in done.refused
    ]
    if not done.approved:
        return _page(refused), 409
    flash(
        ngettext(
            "%(num)s response is approved.", "%(num)s responses are approved.", len(done.approved)
        )
    )
    for words in refused:
        flash(words)
    return redirect(url_for("desk.reviews", slug=slug))


def _page(errors: list[str]) -> str:
    found = load_reviews(scope().id, actor().user_id, start=asked("from") or 0)
    rows = {row.ref: row.comment for row in row_views(scope().id, [w.first for w in found.waits])}
    note_looks(rows.values())
    return render_template(
        "desk/reviews.html",
        scope=scope(),
        found=found,
        rows=rows,
        errors=[("", words) for words in errors],
    )


@bp.post("/consultations/<slug>/responses/<int:response_id>/approve")
@act(Act.APPROVE)
def response_approve(slug: str, response_id: int) -> ResponseReturnValue:
    seen = revision(request.form.get("seen"))
    approve(actor(), now(), response_found(response_id), seen_revision=seen)
    flash(_("Response %(number)s is approved.", number=response_id))
    return redirect(url_for("desk.reviews", slug=slug))


@bp.post("/consultations/<slug>/responses/<int:response_id>/return")
@act(Act.APPROVE)
def response_return(slug: str, response_id: int) -> ResponseReturnValue:
    return_with_remark(
        actor(),
        now(),
        response_found(response_id),
        remark=request.form.get("remark", ""),
        seen_revision=revision(request.form.get("seen")),
    )
    flash(_("Response %(number)s is returned with your remark.", number=response_id))
    return redirect(url_for("desk.reviews", slug=slug))


@bp.post("/consultations/<slug>/responses/<int:response_id>/read")
@act(Act.RESPOND)
def response_read(slug: str, response_id: int) -> ResponseReturnValue:
    """The new words of changed comments were read: the answer stands, or is to be changed."""
    read: dict[RowRef, str] = {}
    for value in request.form.getlist("read"):
        ref, _colon, digest = value.partition(":")
        read[parse_ref(ref)] = digest
    stands = request.form.get("action") == "stands"
    here = url_for("desk.response", slug=slug, response_id=response_id)
    try:
        read_again(
            actor(),
            now(),
            response_found(response_id),
            read=read,
            stands=stands,
            seen_revision=revision(request.form.get("seen")),
        )
    except Refusals as several:
        for error in several.errors:
            flash(message(error))
        return redirect(here)
    flash(
        _("Response %(number)s is ready; somebody else approves it.", number=response_id)
        if stands
        else _("Response %(number)s is kept as a draft.", number=response_id)
    )
    return redirect(here)
