"""The list of insults that hints are given for: seen and kept by moderators."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.errors import DomainError
from portal.policies.table import Act
from portal.queries.hints import insult_list
from portal.services.insults import set_listed
from portal.web.desk.blueprint import bp
from portal.web.forms.groups import WordForm
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, actor
from portal.web.moment import now


@bp.get("/insults")
@act(Act.KEEP_INSULTS)
def insults() -> ResponseReturnValue:
    return _page(WordForm(), [])


@bp.post("/insults")
@act(Act.KEEP_INSULTS)
def change_insults() -> ResponseReturnValue:
    form = WordForm(request.form)
    removed = request.form.get("remove")
    word = removed if removed is not None else form.word.data or ""
    try:
        set_listed(actor(), now(), word, listed=removed is None)
    except DomainError as refused:
        return _page(form, show(form, refused)), refused.status
    flash(
        _("“%(word)s” is on the list.", word=word.strip())
        if removed is None
        else _("“%(word)s” is off the list.", word=word)
    )
    return redirect(url_for("desk.insults"))


def _page(form: WordForm, errors: Summary) -> str:
    return render_template("desk/insults.html", listed=insult_list(), form=form, errors=errors)
