"""Groups of near copies: the list, the common text with each variant, one decision for all."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.adapters.database import unit_of_work
from portal.domain.comment_groups import AT_WORK, UNFINISHED, Order
from portal.domain.errors import DomainError, Refusals
from portal.models import Comment, CommentGroup
from portal.policies.table import Act
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
        page = members_page(_group(group_id), after)
        looks.note(actor(), now(), logged(tuple(each.comment for each in page.variants)))
    return _page(group_id, GroupForm(), PutInForm(), [])


@bp.post("/consultations/<slug>/groups/<int:group_id>/decide")
@act(Act.DECIDE)
def decide_group(slug: str, group_id: int) -> ResponseReturnValue:
    form, group = GroupForm(request.form), _group(group_id)
    try:
        made = group_decisions.order(actor(), now(), group, *form.read())
    except (DomainError, Refusals) as refused:
        errors = show(form, refused)
        status = refused.status if isinstance(refused, DomainError) else 422
        return _page(group_id, form, PutInForm(), errors), status
    # The first few hundred at once: a small campaign is done when the page comes back.
    if not group_decisions.carry_on(now(), made.id):
        flash(_("Decided for the whole group."))
    else:
        flash(_("The decision is being carried out; you can leave this page and come back."))
    return redirect(url_for("desk.comment_group", slug=slug, group_id=group_id))


@bp.post("/consultations/<slug>/groups/<int:group_id>/decisions/<int:decision_id>")
@act(Act.DECIDE)
def direct_group_decision(slug: str, group_id: int, decision_id: int) -> ResponseReturnValue:
    """Stop a decision that is being carried out, or take it up again."""
    made = find_decision(_group(group_id).id, decision_id)
    wish = request.form.get("wish", "")
    if made is None or wish not in set(Order):
        raise DomainError("not_found", status=404)
    group_decisions.direct(now(), made, Order(wish))
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
    typed = typed.strip()
    if not (typed.isascii() and typed.isdecimal() and int(typed[:12]) <= numbers.LARGEST):
        raise DomainError("no_such_comment", field="number", number=typed[:20])
    return int(typed)


def _page(group_id: int, form: GroupForm, put: PutInForm, errors: Summary) -> str:
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
        form=form,
        put=put,
        errors=errors,
        may_decide=can(Act.DECIDE),
    )
