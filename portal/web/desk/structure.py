"""The structure editor: one form of acts on a chosen provision, and a page for its words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.drafts import DraftAct, ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.structure import Placed, Row, Rows
from portal.domain.structure_acts import Words, change_kind, count_unseen, number_on, renumber
from portal.domain.structure_moves import delete, indent, insert, move_down, move_up, outdent
from portal.domain.structure_splits import breaks, join, split
from portal.formats.citations import cite
from portal.formats.labels import label
from portal.models import Document, DraftVersion
from portal.policies.table import Act
from portal.queries.structure import OneRow, find_row
from portal.services import structure as services
from portal.web.desk.blueprint import bp
from portal.web.desk.drafts import VERSION, leading_to, review, seen, version_of
from portal.web.forms.codes import code_or
from portal.web.forms.drafts import ProvisionForm
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, actor, scope
from portal.web.moment import now

Change = Callable[[Rows, int], Placed]
PLAIN: dict[DraftAct, Change] = {
    DraftAct.JOIN: join,
    DraftAct.UP: move_up,
    DraftAct.DOWN: move_down,
    DraftAct.INDENT: indent,
    DraftAct.OUTDENT: outdent,
    DraftAct.INSERT: insert,
    DraftAct.DELETE: delete,
}

IN_SECOND_ROW = frozenset(
    {DraftAct.RENUMBER, DraftAct.NUMBER_ON, DraftAct.KIND, DraftAct.INSERT, DraftAct.DELETE}
)


def _change(named: str, eid: str) -> tuple[DraftAct, Change]:
    """The act that a button named, with what was typed beside it."""
    if not eid:
        raise DomainError("choose_provision")
    typed = request.form.get("number", "")
    kind = code_or(ProvisionKind, request.form.get("kind"), ProvisionKind.TEXT)
    if named == DraftAct.KIND and not request.form.get("kind"):
        raise DomainError("kind_missing", field="kind")
    if named in (DraftAct.RENUMBER, DraftAct.NUMBER_ON) and not typed.strip():
        raise DomainError("number_missing", field="number")
    asking: dict[DraftAct, Change] = {
        **PLAIN,
        DraftAct.RENUMBER: lambda rows, at: renumber(rows, at, typed),
        DraftAct.NUMBER_ON: lambda rows, at: number_on(rows, at, typed),
        DraftAct.KIND: lambda rows, at: change_kind(rows, at, kind),
    }
    if named not in asking:
        raise DomainError("not_found", status=404)
    return DraftAct(named), asking[DraftAct(named)]


@bp.post(f"{VERSION}/structure")
@act(Act.EDIT_DRAFT)
def edit_structure(slug: str, number: int, version: int) -> ResponseReturnValue:
    document, found = version_of(number, version)
    named, eid = request.form.get("act", ""), request.form.get("eid", "")
    if named in ("edit", "split") and eid:
        where: dict[str, Any] = {"number": number, "version": version, "eid": eid}
        anchor = "split" if named == "split" else None
        return redirect(url_for("desk.provision", slug=slug, **where, _anchor=anchor))
    try:
        if named in ("undo", "redo"):
            return _turn(document, found, undo=named == "undo")
        done, change = _change(named, eid)
        then = services.perform(actor(), now(), found, seen(), done, eid, change)
    except DomainError as error:
        return review(document, found, error, eid), error.status
    _tell(done, eid)
    return redirect(leading_to(document, found, then, "1" if done in IN_SECOND_ROW else ""))


def _turn(document: Document, found: DraftVersion, *, undo: bool) -> ResponseReturnValue:
    """Back or forth by one correction."""
    eid = services.undo(found, seen()) if undo else services.redo(found, seen())
    flash(_("The last correction is undone.") if undo else _("The correction is made again."))
    return redirect(leading_to(document, found, eid))


def _tell(done: DraftAct, eid: str) -> None:
    flash(_("%(place)s: %(act)s. It can be undone.", place=cite(eid), act=label(done)))


@bp.post(f"{VERSION}/clean")
@act(Act.EDIT_DRAFT)
def clean_version(slug: str, number: int, version: int) -> ResponseReturnValue:
    document, found = version_of(number, version)
    try:
        services.remove_unseen(actor(), now(), found, seen())
    except DomainError as error:
        return review(document, found, error), error.status
    flash(_("The characters nobody sees are removed. It can be undone."))
    return redirect(leading_to(document, found))


def _row(found: DraftVersion, eid: str) -> OneRow:
    each = find_row(found, eid)
    if each is None:
        raise DomainError("not_found", status=404)
    return each


@bp.get(f"{VERSION}/provisions/<eid>")
@act(Act.EDIT_DRAFT)
def provision(slug: str, number: int, version: int, eid: str) -> ResponseReturnValue:
    document, found = version_of(number, version)
    each = _row(found, eid)
    form = ProvisionForm(
        data={
            "kind": each.row.kind.value,
            "number": each.row.number,
            "heading": each.row.heading,
            "heading_en": each.row.heading_en,
            "text": each.row.text,
            "text_en": each.row.text_en,
        }
    )
    return _provision_page(document, found, each, form, [])


@bp.post(f"{VERSION}/provisions/<eid>")
@act(Act.EDIT_DRAFT)
def correct_provision(slug: str, number: int, version: int, eid: str) -> ResponseReturnValue:
    """Save the words; with `position`, split them there."""
    document, found = version_of(number, version)
    form = ProvisionForm(request.form)
    words = Words(
        *(_typed(form[name].data) for name in ("heading", "text", "heading_en", "text_en"))
    )
    kind = code_or(ProvisionKind, form.kind.data, ProvisionKind.TEXT)
    position = request.form.get("position", type=int)
    correct = partial(services.correct_provision, actor(), now(), found, seen(), eid)
    try:
        then = correct(kind, form.number.data or "", words, split_at=_within(form, position))
    except DomainError as error:
        # Somebody may have given it another number meanwhile: what was typed is kept all the same.
        each = find_row(found, eid) or OneRow(eid, Row(kind), 0)
        errors = show(form, error)
        return _provision_page(document, found, each, form, errors, changed=True), error.status
    _tell(DraftAct.CORRECT if position is None else DraftAct.SPLIT, eid)
    return redirect(leading_to(document, found, then))


def _typed(value: str | None) -> str:
    return (value or "").replace("\r\n", "\n")


def _within(form: ProvisionForm, position: int | None) -> int | None:
    """The place of the cursor in the text as it is kept, without white space before it."""
    text = _typed(form.text.data)
    return None if position is None else position - (len(text) - len(text.lstrip()))


@bp.post(f"{VERSION}/provisions/<eid>/split")
@act(Act.EDIT_DRAFT)
def split_provision(slug: str, number: int, version: int, eid: str) -> ResponseReturnValue:
    document, found = version_of(number, version)
    position = request.form.get("position", 0, type=int)

    def change(rows: Rows, at: int) -> Placed:
        return split(rows, at, position)

    try:
        then = services.perform(actor(), now(), found, seen(), DraftAct.SPLIT, eid, change)
    except DomainError as error:
        return review(document, found, error, eid), error.status
    _tell(DraftAct.SPLIT, eid)
    return redirect(leading_to(document, found, then))


def _provision_page(
    document: Document,
    found: DraftVersion,
    each: OneRow,
    form: ProvisionForm,
    errors: Summary,
    *,
    changed: bool = False,
) -> str:
    return render_template(
        "desk/provision.html",
        scope=scope(),
        document=document,
        version=found,
        eid=each.eid,
        row=each.row,
        page=each.page,
        breaks=breaks(each.row),
        shown=changed or count_unseen((each.row,)) > 0,
        form=form,
        errors=errors,
    )
