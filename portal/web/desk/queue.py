"""The queue: what waits and how it is narrowed; one decision for many; the next; undo; filters."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.adapters.public_holidays import around
from portal.domain.citations import article_of
from portal.domain.comments import Publication
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.given_numbers import revision, whole
from portal.domain.hints import HintKind
from portal.domain.moderation import Decision, Outcome, check
from portal.domain.service_time import overdue_before
from portal.domain.submissions import Channel, SenderClass
from portal.formats.dates import in_amman
from portal.formats.labels import label
from portal.formats.messages import message
from portal.models import db
from portal.policies.table import Act, authorise, may
from portal.queries.appeals import count_open
from portal.queries.consultations import Listed
from portal.queries.desk import visible_consultations
from portal.queries.drafts import DocumentView, Target, list_documents, list_targets
from portal.queries.floods import pressed
from portal.queries.held_files import count_files
from portal.queries.moderation import filters_of, find_mapped, held_by, undelivered
from portal.queries.queue import (
    COUNTED,
    Cursor,
    Queued,
    QueuePage,
    Wanted,
    count_waiting,
    cursor_of,
    reach_of,
    status_page,
    waiting_page,
)
from portal.queries.satisfaction import count_sentences
from portal.services import filters
from portal.services.moderation import hold, settle_due, undo
from portal.web.desk.blueprint import bp
from portal.web.forms.moderation import ManyForm, ground_of, outcome_of
from portal.web.forms.queue import AGES, Asked, asked_of, wanted_of, within
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, actor
from portal.web.moment import now


@dataclass(frozen=True, slots=True)
class View:
    """The queue as an address asks for it."""

    asked: Asked
    chosen: Listed | None
    found: tuple[Listed, ...]
    documents: tuple[DocumentView, ...]
    wanted: Wanted
    overdue_before: datetime


def threshold() -> datetime:
    """What waits since before this is overdue by the service target."""
    settings = current_app.extensions["settings"]
    holidays = around(settings, in_amman(now()).date())
    return overdue_before(now(), settings.service_days, holidays)


def viewed() -> View:
    """What this request's address asks of the queue."""
    mine = tuple(
        each
        for each in visible_consultations(actor(), now())
        if may(actor(), Act.READ_QUEUE, body_id=each.body_id)
    )
    asked, chosen = within(asked_of(request.args), mine)
    documents = list_documents(chosen.id) if chosen else ()
    late = threshold()
    wanted = wanted_of(asked, chosen, documents, now(), late)
    return View(asked, chosen, mine, documents, wanted, late)


@bp.get("/moderation")
@act(Act.READ_QUEUE)
def moderation_queue() -> ResponseReturnValue:
    return _page(ManyForm(), [])


def _page(form: ManyForm, errors: Summary) -> str:
    view, reach = viewed(), reach_of(actor())
    page = _read(view)
    waits = view.asked.status in (None, Publication.PENDING)
    targets = list_targets(view.chosen.id) if view.chosen else ()
    return render_template(
        "desk/moderation_queue.html",
        view=view,
        page=page,
        attached=count_files(tuple(each.id for each in page.items)),
        waits=waits,
        count=count_waiting(reach, view.wanted, now()) if waits else None,
        most=COUNTED,
        articles=_articles(targets),
        statuses=[each for each in Publication if each is not Publication.PENDING],
        channels=Channel,
        classes=SenderClass,
        hints=HintKind,
        ages=AGES,
        kept=filters_of(actor().user_id),
        held=held_by(actor().user_id, now()),
        appeals=count_open(reach),
        failing=len(undelivered(reach)),
        sentences=count_sentences(reach),
        pressed=pressed(tuple(each.id for each in view.found), now()),
        form=form,
        errors=errors,
        seconds=current_app.extensions["settings"].undo_seconds,
    )


def _read(view: View) -> QueuePage:
    reach, after = reach_of(actor()), cursor_of(request.args.get("after", ""))
    if view.asked.status in (None, Publication.PENDING):
        return waiting_page(reach, view.wanted, now(), after=after)
    start = after.id if after else 0
    return status_page(reach, view.wanted, view.asked.status, after=start)


def _articles(targets: tuple[Target, ...]) -> list[tuple[str, int, str]]:
    """The articles to narrow by: value, number of the document, id."""
    found = {
        (each.document_number, article_of(each.eid)): None
        for each in targets
        if each.kind in (ProvisionKind.ARTICLE, ProvisionKind.PARAGRAPH, ProvisionKind.POINT)
    }
    return [(f"{document}:{article}", document, article) for document, article in found]


def next_url(asked: Asked, wanted: Wanted, *, after: Cursor | None = None) -> str | None:
    """The address of the oldest comment that nobody else looks at, or of the next one `after` a
    place in the queue; None where none waits."""
    free = replace(wanted, free=True)
    page = waiting_page(reach_of(actor()), free, now(), after=after, limit=1)
    for each in page.items:
        return item_url(each, asked)
    return None


def item_url(each: Queued, asked: Asked) -> str:
    """The address of one comment, which remembers how the queue is narrowed."""
    return url_for("desk.moderate", slug=each.slug, number=each.number, **asked.args())


@bp.get("/moderation/next")
@act(Act.READ_QUEUE)
def moderation_next() -> ResponseReturnValue:
    view = viewed()
    found = next_url(view.asked, view.wanted, after=cursor_of(request.args.get("after", "")))
    return redirect(found or url_for("desk.moderation_queue", **view.asked.args()))


@bp.post("/moderation")
@act(Act.DECIDE)
def decide_many() -> ResponseReturnValue:
    form, chosen = ManyForm(request.form), request.form.getlist("chosen")
    try:
        if not chosen:
            raise DomainError("none_chosen", field="chosen")
        outcome = outcome_of(form)
        if outcome is Outcome.REDACT:
            raise DomainError("outcome_missing", field="outcome")
        ground = None if outcome is Outcome.PUBLISH else ground_of(form)
        decision = Decision(outcome, -1, ground, form.note.data or "")
        check(outcome, ground, decision.note, (), {})  # what is wrong with it is wrong for all
        done, refused = _decide_each(chosen, decision)
    except DomainError as error:
        return _page(form, show(form, error)), error.status
    if not done and refused:
        return _page(form, [("", words) for words in refused]), 409
    flash(
        ngettext(
            "%(num)s comment: %(outcome)s.",
            "%(num)s comments: %(outcome)s.",
            done,
            outcome=label(outcome),
        )
    )
    for words in refused:
        flash(words)
    return redirect(url_for("desk.moderation_queue", **asked_of(request.args).args()))


def _decide_each(chosen: list[str], decision: Decision) -> tuple[int, list[str]]:
    """Each by what was seen of it; one that changed meanwhile is told, the others are done."""
    batch, done, refused = secrets.token_hex(8), 0, []
    undo_for = timedelta(seconds=current_app.extensions["settings"].undo_seconds)
    places = {each.slug: each for each in visible_consultations(actor(), now())}
    for value in dict.fromkeys(chosen):
        slug, _dash, rest = value.partition("/")
        typed, _dash, seen = rest.partition("/")
        place, number = places.get(slug), whole(typed)
        if place is None or number is None or whole(seen) is None:
            continue
        try:
            authorise(actor(), Act.DECIDE, body_id=place.body_id, phase=place.phase)
            comment = find_mapped(place.id, number)
            if comment is None:
                raise DomainError("no_such_comment", number=number)
            each = replace(decision, seen_revision=revision(seen))
            with db.session.begin_nested():
                hold(actor(), now(), comment, each, undo_for=undo_for, batch=batch)
            done += 1
        except DomainError as error:
            refused.append(_("Comment %(number)s:", number=number) + " " + message(error))
    return done, refused


@bp.post("/moderation/undo")
@act(Act.DECIDE)
def undo_decision() -> ResponseReturnValue:
    comments = undo(actor(), now())
    flash(
        ngettext(
            "Undone: %(num)s comment waits again. Nobody was told.",
            "Undone: %(num)s comments wait again. Nobody was told.",
            len(comments),
        )
    )
    asked = asked_of(request.args)
    if len(comments) > 1:
        return redirect(url_for("desk.moderation_queue", **asked.args()))
    slugs = {each.id: each.slug for each in visible_consultations(actor(), now())}
    slug = slugs[comments[0].consultation_id]
    number = comments[0].number
    return redirect(url_for("desk.moderate", slug=slug, number=number, **asked.args()))


@bp.get("/moderation/undelivered")
@act(Act.READ_QUEUE)
def undelivered_notices() -> ResponseReturnValue:
    found = undelivered(reach_of(actor()))
    return render_template("desk/undelivered.html", found=found)


@bp.post("/moderation/filters")
@act(Act.READ_QUEUE)
def keep_filter() -> ResponseReturnValue:
    asked = asked_of(dict(parse_qsl(request.form.get("query", "")[:500])))
    kept = filters.keep(actor(), request.form.get("name", ""), urlencode(asked.args()))
    flash(_("The filter “%(name)s” is kept.", name=kept.name))
    return redirect(url_for("desk.moderation_queue", **asked.args()))


@bp.post("/moderation/filters/<int:filter_id>/delete")
@act(Act.READ_QUEUE)
def forget_filter(filter_id: int) -> ResponseReturnValue:
    filters.forget(actor(), filter_id)
    return redirect(url_for("desk.moderation_queue"))


@bp.before_request
def settle_held() -> None:
    """What could be undone and no longer can takes effect before anything else is done here."""
    if request.method == "POST":
        settle_due(now())
