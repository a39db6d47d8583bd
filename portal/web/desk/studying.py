"""The study: what is to be answered, narrowed and ordered, and what is done with many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.domain.comments import CommentType, Publication
from portal.domain.errors import DomainError
from portal.domain.given_numbers import whole
from portal.domain.row_refs import RowKey, RowRef, parse_ref
from portal.domain.studying import Assigned, Order, Shown
from portal.domain.submissions import Channel, SenderClass
from portal.formats.dates import in_amman
from portal.formats.messages import message
from portal.policies.table import Act
from portal.queries.accounts import list_bodies
from portal.queries.drafts import DocumentView, list_documents
from portal.queries.moderation import filters_of
from portal.queries.notes import colleagues
from portal.queries.rows import find_rows
from portal.queries.standing import count_orphans
from portal.queries.study_page import answering_nothing, count_by_article, progress, study_page
from portal.queries.studying import Wanted, found_rows
from portal.queries.themes import find_theme, list_themes
from portal.services import assignments, filters, themes
from portal.web import numbers
from portal.web.desk.blueprint import bp
from portal.web.desk.originals import note_looks
from portal.web.forms.assignments import given_of
from portal.web.forms.refusals import Summary
from portal.web.forms.study import Asked, asked_of, wanted_of
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now

HERE = "/consultations/<slug>/responses"
GROUP = "group:"
# So many rows are named one by one in the address of a response's form.
MOST_BY_NAME = 1_000


def today() -> date:
    """The day in Amman."""
    return in_amman(now()).date()


@bp.get(HERE)
@act(Act.STUDY)
def responses(slug: str) -> ResponseReturnValue:
    return _page([])


def _wanted(asked: Asked, documents: Iterable[DocumentView]) -> Wanted:
    ids = {each.number: each.id for each in documents}
    return wanted_of(asked, ids, actor().user_id, today())


def _all_of(asked: Asked) -> Wanted:
    """What an address asks for, near copies each on its own."""
    return replace(_wanted(asked, list_documents(scope().id)), apart=True)


def _page(errors: Summary) -> str:
    place, asked = scope(), asked_of(request.args)
    documents = list_documents(place.id)
    redrafted = [each for each in documents if len(each.published) > 1]
    number = max(1, min(numbers.asked("page") or 1, 1_000_000))
    page = study_page(place.id, _wanted(asked, documents), number=number)
    note_looks(row.comment for row in page.rows)
    may_sort = can(Act.SORT_COMMENTS)
    return render_template(
        "desk/responses.html",
        scope=place,
        asked=asked,
        page=page,
        progress=progress(place.id),
        articles=sorted(count_by_article(place.id).items(), key=_in_order),
        themes=list_themes(place.id),
        documents=documents,
        orphans=count_orphans(place.id) if redrafted else {},
        redrafted=redrafted,
        loose=answering_nothing(place.id),
        kept=filters_of(actor().user_id, screen=place.slug),
        people=colleagues(place.body_id) if may_sort else {},
        bodies=[each for each in list_bodies() if each.id != place.body_id] if may_sort else [],
        orders=Order,
        states=Shown,
        assigned=Assigned,
        classes=SenderClass,
        channels=Channel,
        types=CommentType,
        statuses=Publication,
        today=today(),
        chosen=request.form.getlist("chosen"),
        errors=errors,
        may_respond=can(Act.RESPOND),
        may_sort=may_sort,
        may_approve=can(Act.APPROVE),
        may_check=can(Act.CHECK_MATRIX),
    )


def _in_order(counted: tuple[tuple[int, str], int]) -> tuple[int, int, str]:
    (document, article), _many = counted
    digits = "".join(char for char in article if char.isdecimal())
    return document, int(digits[:9] or 0), article


def _back() -> ResponseReturnValue:
    """To the list as it was narrowed, or to the comment from which it was asked."""
    one = whole(request.form.get("back", ""))
    if one:
        return redirect(url_for("desk.study", slug=scope().slug, number=one))
    args = asked_of(request.args).args(page=numbers.asked("page"))
    return redirect(url_for("desk.responses", slug=scope().slug, **args))


def _refused(error: DomainError) -> ResponseReturnValue:
    if request.form.get("back"):  # nothing was written: it is told where it was asked
        flash(message(error))
        return _back()
    return _page([(error.field or "", message(error))]), error.status


def _chosen() -> tuple[RowKey, ...]:
    """The rows that were chosen, each member of a group that was; all that are found, if asked.

    Raises `none_chosen`, `no_such_comment`, `comment_split`.
    """
    wanted = _all_of(asked_of(request.args))
    if request.form.get("all") == "1":
        return tuple(found_rows(scope().id, wanted))
    refs, groups = _typed()
    keys = list(find_rows(scope().id, refs).values()) if refs else []
    for group_id in groups:
        keys += found_rows(scope().id, replace(wanted, group_id=group_id))
    if not keys:
        raise DomainError("none_chosen", field="chosen")
    return tuple(dict.fromkeys(keys))


def _typed() -> tuple[list[RowRef], list[int]]:
    values = request.form.getlist("chosen")
    named = [each.removeprefix(GROUP) for each in values if each.startswith(GROUP)]
    groups = [number for each in named if (number := whole(each))]
    refs = [parse_ref(each, field="chosen") for each in values if not each.startswith(GROUP)]
    return refs, groups


@bp.post(f"{HERE}/answer")
@act(Act.RESPOND)
def answer_chosen(slug: str) -> ResponseReturnValue:
    """To the form of a response, for the rows and groups that were chosen."""
    try:
        refs, groups = _typed()
        if not refs and not groups:
            raise DomainError("none_chosen", field="chosen")
    except DomainError as error:
        return _refused(error)
    if len(groups) == 1 and not refs:
        return redirect(url_for("desk.response_new", slug=slug, group=groups[0]))
    for group_id in groups:
        members = found_rows(
            scope().id, replace(_all_of(asked_of(request.args)), group_id=group_id)
        )
        refs += members.values()
    if len(refs) > MOST_BY_NAME:
        return _refused(DomainError("chosen_many", field="chosen", maximum=MOST_BY_NAME))
    comments = ",".join(str(ref) for ref in dict.fromkeys(refs))
    return redirect(url_for("desk.response_new", slug=slug, comments=comments))


@bp.post(f"{HERE}/themes")
@act(Act.SORT_COMMENTS)
def label_chosen(slug: str) -> ResponseReturnValue:
    """Put rows under a theme, an old one or a new one, or take them from under it."""
    try:
        keys, wish = _chosen(), request.form.get("wish", "put")
        named = request.form.get("theme", "")
        if request.form.get("name_ar", "").strip():
            theme = themes.make(scope().id, request.form["name_ar"])
        else:
            found = find_theme(scope().id, whole(named) or 0)
            if found is None:
                raise DomainError("theme_missing", field="theme")
            theme = found
        done = (themes.take_away if wish == "take" else themes.put_under)(theme, keys)
    except DomainError as error:
        return _refused(error)
    if wish == "take":
        words = ngettext(
            "%(num)s row is no longer under “%(theme)s”.",
            "%(num)s rows are no longer under “%(theme)s”.",
            done,
            theme=theme.name_ar,
        )
    else:
        words = ngettext(
            "%(num)s row was put under “%(theme)s”.",
            "%(num)s rows were put under “%(theme)s”.",
            done,
            theme=theme.name_ar,
        )
    flash(words)
    return _back()


@bp.post(f"{HERE}/assignments")
@act(Act.SORT_COMMENTS)
def assign_chosen(slug: str) -> ResponseReturnValue:
    """Give comments to somebody to study, or to nobody in particular."""
    try:
        comments = {key.comment_id for key in _chosen()}
        if request.form.get("wish") == "nobody":
            assignments.take_back(comments)
        else:
            given = given_of(request.form)
            assignments.assign(actor(), now(), today(), scope().body_id, comments, given)
    except DomainError as error:
        return _refused(error)
    flash(
        ngettext(
            "Whose work %(num)s comment is has been kept.",
            "Whose work %(num)s comments are has been kept.",
            len(comments),
        )
    )
    return _back()


@bp.post(f"{HERE}/filters")
@act(Act.STUDY)
def keep_study_filter(slug: str) -> ResponseReturnValue:
    asked = asked_of(dict(parse_qsl(request.form.get("query", "")[:500])))
    name = request.form.get("name", "")
    kept = filters.keep(actor(), name, urlencode(asked.args()), screen=slug)
    flash(_("The filter “%(name)s” is kept.", name=kept.name))
    return redirect(url_for("desk.responses", slug=slug, **asked.args()))


@bp.post(f"{HERE}/filters/<int:filter_id>/delete")
@act(Act.STUDY)
def forget_study_filter(slug: str, filter_id: int) -> ResponseReturnValue:
    filters.forget(actor(), filter_id)
    return redirect(url_for("desk.responses", slug=slug))
