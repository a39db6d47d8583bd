"""Studying one comment: its parts, the text it was made on, opinions, notes, whose work it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.adapters.database import unit_of_work
from portal.domain.errors import DomainError
from portal.domain.given_numbers import whole
from portal.domain.row_refs import RowKey, RowRef
from portal.formats.messages import message
from portal.models import Comment
from portal.policies.table import Act
from portal.queries.accounts import list_bodies
from portal.queries.asked import advice_on
from portal.queries.assignments import assignments_of
from portal.queries.beside import then_and_now
from portal.queries.comments import CommentView
from portal.queries.groups import find_group, group_of
from portal.queries.moderation import find_mapped, history
from portal.queries.notes import colleagues, is_named, notes_on
from portal.queries.opinions import opinions
from portal.queries.rows import parts_of
from portal.queries.study_rows import answers_of, row_views
from portal.queries.themes import list_themes, themes_of
from portal.services import assignments, notes
from portal.services import opinions as services
from portal.web.desk.blueprint import bp
from portal.web.desk.originals import note_looks
from portal.web.desk.studying import today
from portal.web.forms.refusals import Summary
from portal.web.forms.splitting import PartMark
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now

HERE = "/consultations/<slug>/comments/<int:number>"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed on the page and is shown again."""

    opinion: str = ""
    note: str = ""
    words: str = ""
    marks: list[PartMark] = field(default_factory=list)
    splitting: bool = False


def comment_of(number: int) -> Comment:
    """The comment of that number here; raises `not_found`."""
    found = find_mapped(scope().id, number)
    if found is None:
        raise DomainError("not_found", status=404)
    return found


@bp.get(HERE)
@act(Act.STUDY)
def study(slug: str, number: int) -> ResponseReturnValue:
    if is_named(actor().user_id, comment_of(number).id):
        with unit_of_work():  # who is named has opened it
            notes.see(actor(), now(), comment_of(number).id)
    return study_page(number)


def study_page(number: int, typed: Typed | None = None, errors: Summary | None = None) -> str:
    """The page, with what was typed and what is wrong with it."""
    comment = comment_of(number)
    whole = RowKey(comment.id)
    views = row_views(scope().id, [whole, *parts_of([comment.id])])
    note_looks((views[whole],))
    comment = comment_of(number)
    then, there = then_and_now(comment)
    return render_template(
        "desk/study.html",
        scope=scope(),
        comment=views[whole],
        at=there.stands,
        article=then.article,
        before=then.inside,
        now=there.article,
        after=there.inside,
        history=history(comment.id),
        typed=typed or Typed(),
        errors=errors or [],
        **_of_rows(comment, views),
        **_of_the_team(comment),
    )


def _of_rows(comment: Comment, views: dict[RowKey, CommentView]) -> dict[str, object]:
    """Each row of the comment: its reference, its words, its answer, its themes."""
    answers, themes = answers_of([comment.id]), themes_of([comment.id])
    keys = [key for key in views if key.part] or [RowKey(comment.id)]
    rows = [
        (RowRef(comment.number, key.part), views[key], answers.get(key), themes.get(key, ()))
        for key in keys
    ]
    apart = {answer.id: answer for _ref, _view, answer, _themes in rows if answer}
    return {"rows": rows, "is_split": len(views) > 1, "apart": list(apart.values())}


def _of_the_team(comment: Comment) -> dict[str, object]:
    """What the team says of it, and what who asks may do."""
    may_sort = can(Act.SORT_COMMENTS)
    return {
        "group": group_of(comment.id),
        "opinions": opinions(comment.id),
        "advice": advice_on(comment.id),
        "notes": notes_on(comment.id),
        "given": assignments_of([comment.id]).get(comment.id),
        "today": today(),
        "themes": list_themes(scope().id) if may_sort else (),
        "people": colleagues(scope().body_id),
        "bodies": [each for each in list_bodies() if each.id != scope().body_id],
        "may_opine": can(Act.GIVE_OPINION),
        "may_respond": can(Act.RESPOND),
        "may_sort": may_sort,
        "may_note": can(Act.WRITE_NOTE),
    }


def refused(number: int, typed: Typed, error: DomainError) -> ResponseReturnValue:
    """The page again, with what was typed and what is wrong with it."""
    return study_page(number, typed, [(error.field or "", message(error))]), error.status


@bp.post(f"{HERE}/opinion")
@act(Act.GIVE_OPINION)
def opinion(slug: str, number: int) -> ResponseReturnValue:
    """On the comment, or once on all that say nearly the same."""
    comment, text = comment_of(number), request.form.get("text", "").replace("\r\n", "\n")
    said = group_of(comment.id) if request.form.get("all") == "1" else None
    group = find_group(scope().id, said.id) if said else None
    try:
        if group is not None:
            services.give_on_group(actor(), now(), group, text)
        else:
            services.give_opinion(actor(), now(), comment, text)
    except DomainError as error:
        return refused(number, Typed(opinion=text), error)
    flash(_("Your opinion is kept; it stands in the matrix."))
    return redirect(url_for("desk.study", slug=slug, number=number))


@bp.post(f"{HERE}/notes")
@act(Act.WRITE_NOTE)
def write_note(slug: str, number: int) -> ResponseReturnValue:
    text = request.form.get("note", "").replace("\r\n", "\n")
    named = {whole(each) or 0 for each in request.form.getlist("named")}
    try:
        notes.write(actor(), now(), scope().body_id, comment_of(number), text, named)
    except DomainError as error:
        return refused(number, Typed(note=text), error)
    return redirect(url_for("desk.study", slug=slug, number=number, _anchor="notes"))


@bp.post(f"{HERE}/assignment")
@act(Act.WRITE_NOTE)
def finish_assignment(slug: str, number: int) -> ResponseReturnValue:
    """Say that the work on it is done, or that it is not."""
    assignments.finish(now(), comment_of(number).id, done=request.form.get("wish") == "done")
    return redirect(url_for("desk.study", slug=slug, number=number))
