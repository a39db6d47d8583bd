"""The themes of a consultation: made, renamed, given up."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.errors import DomainError
from portal.formats.messages import message
from portal.models import Theme
from portal.policies.table import Act
from portal.queries.themes import find_theme, list_themes
from portal.services import themes as services
from portal.web.desk.blueprint import bp
from portal.web.forms.refusals import Summary
from portal.web.gate import act, can, scope

HERE = "/consultations/<slug>/themes"


def _theme(theme_id: int) -> Theme:
    found = find_theme(scope().id, theme_id)
    if found is None:
        raise DomainError("not_found", status=404)
    return found


@bp.get(HERE)
@act(Act.STUDY)
def themes(slug: str) -> ResponseReturnValue:
    return _page([])


def _page(errors: Summary) -> str:
    return render_template(
        "desk/themes.html",
        scope=scope(),
        themes=list_themes(scope().id),
        typed=request.form,
        errors=errors,
        may_sort=can(Act.SORT_COMMENTS),
        may_respond=can(Act.RESPOND),
    )


@bp.post(HERE)
@act(Act.SORT_COMMENTS)
def make_theme(slug: str) -> ResponseReturnValue:
    try:
        services.make(scope().id, request.form.get("name_ar", ""), request.form.get("name_en", ""))
    except DomainError as error:
        return _page([((error.field or "").removeprefix("name_"), message(error))]), error.status
    return redirect(url_for("desk.themes", slug=slug))


@bp.post(f"{HERE}/<int:theme_id>")
@act(Act.SORT_COMMENTS)
def change_theme(slug: str, theme_id: int) -> ResponseReturnValue:
    """Other names for it, or none at all: the rows under it stay as they are otherwise."""
    theme = _theme(theme_id)
    try:
        if request.form.get("wish") == "give-up":
            services.give_up(theme)
            flash(_("The theme is given up; its comments stay."))
        else:
            services.rename(theme, request.form.get("name_ar", ""), request.form.get("name_en", ""))
    except DomainError as error:
        return _page([("", message(error))]), error.status
    return redirect(url_for("desk.themes", slug=slug))
