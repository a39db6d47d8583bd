"""Splitting a comment into parts by marking their words, and joining them again."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.domain.errors import DomainError
from portal.domain.given_numbers import whole
from portal.policies.table import Act
from portal.services import splitting as services
from portal.web.desk.blueprint import bp
from portal.web.desk.study import HERE, Typed, comment_of, refused, study_page
from portal.web.forms.splitting import (
    PartMark,
    by_paragraph,
    fields_of,
    marks_of,
    parts_of,
    with_typed,
)
from portal.web.gate import act, actor
from portal.web.moment import now


def _seen() -> int:
    seen = whole(request.form.get("seen", ""))
    return -1 if seen is None else seen


@bp.post(f"{HERE}/split")
@act(Act.SORT_COMMENTS)
def split_comment(slug: str, number: int) -> ResponseReturnValue:
    """Split it as marked; or only mark, unmark and propose, and show the page again."""
    comment, asked = comment_of(number), request.form.get("action", "split")
    fields, words = fields_of(comment), request.form.get("words", "")
    marks: list[PartMark] = []
    try:
        marks = marks_of(request.form, fields)
        if asked == "paragraphs":
            marks = by_paragraph(fields)
        elif asked.startswith("unmark-"):
            marks = [mark for mark in marks if f"unmark-{mark.value}" != asked]
        else:
            marks = with_typed(marks, words, fields)
        if asked != "split":
            return study_page(number, Typed(marks=marks, splitting=True))
        parts = parts_of(marks)
        services.split(actor(), now(), comment, parts, seen_revision=_seen())
    except DomainError as error:
        return refused(number, Typed(marks=marks, words=words, splitting=True), error)
    flash(
        ngettext(
            "The comment has %(num)s part now; each has its own row.",
            "The comment has %(num)s parts now; each has its own row.",
            len(parts),
        )
    )
    return redirect(url_for("desk.study", slug=slug, number=number))


@bp.post(f"{HERE}/join")
@act(Act.SORT_COMMENTS)
def join_comment(slug: str, number: int) -> ResponseReturnValue:
    keep = whole(request.form.get("keep", ""))
    try:
        services.join(actor(), now(), comment_of(number), keep=keep, seen_revision=_seen())
    except DomainError as error:
        return refused(number, Typed(), error)
    flash(_("The comment is whole again."))
    return redirect(url_for("desk.study", slug=slug, number=number))
