"""People, their roles, and the public bodies they work for."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.accounts import STAFF_ROLES, Role, administered
from portal.domain.errors import DomainError
from portal.formats.labels import label
from portal.models import User, db
from portal.policies.table import Act
from portal.queries.accounts import list_bodies, list_staff
from portal.services import accounts, second_factor, sessions, sign_on
from portal.web.desk.blueprint import bp
from portal.web.forms.accounts import BodyForm, InviteForm
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, actor
from portal.web.languages import current
from portal.web.moment import now


def _offer(form: InviteForm) -> InviteForm:
    form.role.choices = [(role.value, label(role)) for role in STAFF_ROLES]
    bodies = [(str(body.id), body.name.pick(current())) for body in list_bodies()]
    form.body.choices = [*bodies, ("", _("All public bodies"))]
    return form


def _people(form: InviteForm, errors: Summary) -> str:
    return render_template(
        "desk/people.html",
        people=list_staff(administered(actor())),
        form=_offer(form),
        errors=errors,
        staff_id=actor().user_id,
    )


@bp.get("/people")
@act(Act.MANAGE_PEOPLE)
def people() -> ResponseReturnValue:
    return _people(InviteForm(), [])


@bp.post("/people/invitations")
@act(Act.MANAGE_PEOPLE)
def invite() -> ResponseReturnValue:
    form = InviteForm(request.form)
    try:
        accounts.invite(
            actor(),
            now(),
            email=form.email.data or "",
            name=form.name.data or "",
            role=_role(form.role.data),
            body_id=_body_id(form.body.data),
        )
    except DomainError as error:
        return _people(form, show(form, error)), error.status
    flash(_("The invitation is on its way to %(email)s.", email=form.email.data))
    return redirect(url_for("desk.people"))


@bp.post("/people/<int:user_id>/roles")
@act(Act.MANAGE_PEOPLE)
def grant(user_id: int) -> ResponseReturnValue:
    role, body_id = _role(request.form.get("role")), _body_id(request.form.get("body"))
    accounts.grant(actor(), now(), _user(user_id), role, body_id)
    return redirect(url_for("desk.people"))


@bp.post("/people/<int:user_id>/roles/<int:grant_id>/revoke")
@act(Act.MANAGE_PEOPLE)
def revoke(user_id: int, grant_id: int) -> ResponseReturnValue:
    accounts.revoke(actor(), now(), _user(user_id), grant_id)
    return redirect(url_for("desk.people"))


@bp.post("/people/<int:user_id>/active")
@act(Act.MANAGE_PEOPLE)
def set_active(user_id: int) -> ResponseReturnValue:
    active = request.form.get("active") == "yes"
    accounts.set_active(actor(), now(), _user(user_id), active=active)
    return redirect(url_for("desk.people"))


@bp.post("/people/<int:user_id>/second-factor/reset")
@act(Act.MANAGE_PEOPLE)
def reset_second_factor(user_id: int) -> ResponseReturnValue:
    user = _user(user_id)
    second_factor.reset(actor(), now(), user)
    flash(_("%(name)s signs in with the password alone now, and was told by mail.", name=user.name))
    return redirect(url_for("desk.people"))


@bp.post("/people/<int:user_id>/sessions/end")
@act(Act.MANAGE_PEOPLE)
def end_sessions_of(user_id: int) -> ResponseReturnValue:
    user = _user(user_id)
    sessions.end_all_of(actor(), now(), user)
    flash(_("All sessions of %(name)s have ended, and they were told by mail.", name=user.name))
    return redirect(url_for("desk.people"))


@bp.post("/people/<int:user_id>/sign-on/unlink")
@act(Act.MANAGE_PEOPLE)
def unlink_sign_on_of(user_id: int) -> ResponseReturnValue:
    user = _user(user_id)
    sign_on.unlink(actor(), now(), user)
    flash(_("The link of %(name)s to the single sign-on is removed.", name=user.name))
    return redirect(url_for("desk.people"))


@bp.get("/bodies")
@act(Act.MANAGE_BODIES)
def bodies() -> ResponseReturnValue:
    return render_template("desk/bodies.html", bodies=list_bodies(), form=BodyForm(), errors=[])


@bp.post("/bodies")
@act(Act.MANAGE_BODIES)
def create_body() -> ResponseReturnValue:
    form = BodyForm(request.form)
    try:
        accounts.create_body(
            actor(),
            now(),
            slug=form.slug.data or "",
            name_ar=form.name_ar.data or "",
            name_en=form.name_en.data or "",
        )
    except DomainError as error:
        page = render_template(
            "desk/bodies.html", bodies=list_bodies(), form=form, errors=show(form, error)
        )
        return page, error.status
    return redirect(url_for("desk.bodies"))


def _user(user_id: int) -> User:
    user = db.session.get(User, user_id)
    if user is None:
        raise DomainError("not_found", status=404)
    return user


def _role(given: str | None) -> Role:
    if given not in {role.value for role in STAFF_ROLES}:
        raise DomainError("role_bad", field="role")
    return Role(given)


def _body_id(given: str | None) -> int | None:
    known = {str(body.id): body.id for body in list_bodies()}
    if not given:
        return None
    if given not in known:
        raise DomainError("no_such_body", field="body", slug=given[:20])
    return known[given]
