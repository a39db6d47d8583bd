"""Groups of near copies: the list, the common text with each variant, one decision for all."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.adapters.database import unit_of_work
from portal.domain.comment_groups import AT_WORK, UNFINISHED, Order
from portal.domain.errors import DomainError, Refusals
from portal.domain.given_numbers import whole
from portal.domain.moderation import Decision
from portal.models import Comment, CommentGroup
from portal.policies.table import Act
from portal.queries.group_preview import GroupPreview, preview_for_group
from portal.queries.groups import (
    count_group,
    count_waiting_in,
    decisions_of,
    find_decision,
    find_group,
    groups_page,
    members_page,
)
from portal.queries.moderation import find_mapped
from portal.queries.originals import logged
from portal.services import group_decisions, groups, looks
from portal.web import numbers
from portal.web.desk.blueprint import bp
from portal.web.forms.groups import GroupForm, PutInForm
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now


def _group(group_id: int) -> CommentGroup:
    found = find_group(scope().id, group_id)
    if found is None:
        raise DomainError("not_found", status=404)
    return found


def _comment(number: int) -> Comment:
    found = find_mapped(scope().id, number)
    if found is None:
        raise DomainError("no_such_comment", field="number", number=number)
    return found


@bp.get("/consultations/<slug>/groups")
@act(Act.READ_QUEUE)
def comment_groups(slug: str) -> ResponseReturnValue:
    size, after = numbers.asked("size"), numbers.asked("after")
    page = groups_page(scope().id, (size, after or 0) if size is not None else None)
    return render_template("desk/groups.html", scope=scope(), page=page)


@bp.get("/consultations/<slug>/groups/<int:group_id>")
@act(Act.READ_QUEUE)
def comment_group(slug: str, group_id: int) -> ResponseReturnValue:
    after = numbers.asked("after") or 0
    with unit_of_work():  # what is seen of an original is written down
        # What was ordered goes on, also where no worker runs: a portion each time somebody looks.
        group = _group(group_id)
        for ordered in group_decisions.at_work(now(), group.id):
            group_decisions.carry_on(now(), ordered)
        page = members_page(group, after)
        looks.note(actor(), now(), logged(tuple(each.comment for each in page.variants)))
    return _page(group_id, GroupForm(), PutInForm(), [])


@bp.post("/consultations/<slug>/groups/<int:group_id>/decide")
@act(Act.DECIDE)
def decide_group(slug: str, group_id: int) -> ResponseReturnValue:
    """First it is shown what would follow; what was shown is then decided."""
    form, group = GroupForm(request.form), _group(group_id)
    undo_for = timedelta(seconds=current_app.extensions["settings"].undo_seconds)
    try:
        outcome, ground, note = form.read()
        if request.form.get("shown") != form.chosen:
            shown = preview_for_group(group, Decision(outcome, 0, ground, note), now() + undo_for)
            return _page(group_id, form, PutInForm(), [], shown)
        made = group_decisions.order(
            actor(), now(), group, outcome, ground, note, undo_for=undo_for
        )
    except (DomainError, Refusals) as refused:
        errors = show(form, refused)
        status = refused.status if isinstance(refused, DomainError) else 422
        return _page(group_id, form, PutInForm(), errors), status
    # Where nothing can be undone, a small campaign is done when the page comes back.
    if not undo_for and not group_decisions.carry_on(now(), made.id):
        flash(_("Decided for the whole group."))
    return redirect(url_for("desk.comment_group", slug=slug, group_id=group_id))


@bp.post("/consultations/<slug>/groups/<int:group_id>/decisions/<int:decision_id>")
@act(Act.DECIDE)
def direct_group_decision(slug: str, group_id: int, decision_id: int) -> ResponseReturnValue:
    """Stop a decision that is being carried out, take it up again, or undo it before it begins."""
    made = find_decision(_group(group_id).id, decision_id)
    wish = request.form.get("wish", "")
    if made is None or wish not in set(Order):
        raise DomainError("not_found", status=404)
    group_decisions.direct(now(), made, Order(wish))
    if wish == Order.UNDO:
        flash(_("Undone. Nobody was told, and nothing is on record."))
    return redirect(url_for("desk.comment_group", slug=slug, group_id=group_id))


@bp.post("/consultations/<slug>/groups/<int:group_id>/members/<int:number>")
@act(Act.DECIDE)
def move_out(slug: str, group_id: int, number: int) -> ResponseReturnValue:
    groups.move_out(actor(), now(), _group(group_id), _comment(number))
    flash(_("Comment %(number)s is out of the group.", number=number))
    if find_group(scope().id, group_id) is None:  # one that is left alone is no group
        return redirect(url_for("desk.comment_groups", slug=slug))
    return redirect(url_for("desk.comment_group", slug=slug, group_id=group_id))


@bp.post("/consultations/<slug>/groups/<int:group_id>/members")
@act(Act.DECIDE)
def put_in(slug: str, group_id: int) -> ResponseReturnValue:
    form, group = PutInForm(request.form), _group(group_id)
    try:
        groups.put_in(actor(), now(), group, _comment(_number(form.number.data or "")))
    except DomainError as refused:
        refused.field = "number"
        errors = show(form, refused)
        return _page(group_id, GroupForm(), form, errors), refused.status
    flash(_("Comment %(number)s is in this group now.", number=form.number.data))
    return redirect(url_for("desk.comment_group", slug=slug, group_id=group_id))


def _number(typed: str) -> int:
    found = whole(typed.strip())
    if found is None:
        raise DomainError("no_such_comment", field="number", number=typed.strip()[:20])
    return found


def _page(
    group_id: int,
    form: GroupForm,
    put: PutInForm,
    errors: Summary,
    shown: GroupPreview | None = None,
) -> str:
    group, decisions = _group(group_id), decisions_of(group_id)
    open_ = next((each for each in decisions if each.status in UNFINISHED), None)
    return render_template(
        "desk/group.html",
        scope=scope(),
        group=group,
        page=members_page(group, numbers.asked("after") or 0),
        counts=count_group(group.id),
        waiting=count_waiting_in(group.id),
        decisions=decisions,
        open=open_,
        at_work=open_ is not None and open_.status in AT_WORK,
        can_undo=open_ is not None and bool(open_.begins_at and open_.begins_at > now()),
        shown=shown,
        form=form,
        put=put,
        errors=errors,
        may_decide=can(Act.DECIDE),
    )
