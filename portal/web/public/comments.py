"""Composing and sending, and reading what others sent."""

from __future__ import annotations

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.adapters.database import begin_write
from portal.domain.attachments import MAX_BYTES, MAX_FILES, MEGABYTE
from portal.domain.citations import article_of
from portal.domain.comments import TEXT_LIMIT
from portal.domain.consultations import Phase
from portal.domain.errors import DomainError, Refusals
from portal.domain.given_numbers import whole
from portal.domain.submissions import MAX_COMMENTS
from portal.domain.visibility import Audience
from portal.policies.table import Act, in_phase
from portal.queries.articles import read_article
from portal.queries.comments import find_comment, published_page
from portal.queries.consultations import find_consultation
from portal.queries.drafts import (
    DocumentView,
    ProvisionView,
    list_documents,
    list_targets,
    read_tree,
)
from portal.queries.drafts import Target as Choice
from portal.queries.frozen_rows import row_of_comment
from portal.queries.matrices import editions
from portal.services.submissions import check, submit
from portal.web.attaching import drop_token, kept_in, take_files
from portal.web.forms.compose import (
    ComposeForm,
    offer,
    points_of,
    refuse_more_than_kept,
    sender_of,
    target_of,
)
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, check_phase, scope
from portal.web.languages import current
from portal.web.moment import now
from portal.web.numbers import asked
from portal.web.public import sending
from portal.web.public.blueprint import bp
from portal.web.public.choosing import Chosen, chosen
from portal.web.public.proposing import original, originals, proposed
from portal.web.transactions import after_commit, begins_late, keep
from portal.web.uploads import with_attachments

NOTHING = Chosen({})


@bp.get("/consultations/<slug>/comments")
@act(Act.READ_CONSULTATION)
def comments(slug: str) -> ResponseReturnValue:
    document, article = asked("document"), request.args.get("article", "")
    version = asked("version")
    place = scope()
    page = published_page(
        place.id,
        document=document,
        article=article,
        version=version,
        after=asked("after") or 0,
    )
    return render_template(
        "public/comments.html",
        scope=place,
        page=page,
        document=document,
        article=article,
        version=version,
        documents=list_documents(place.id),
    )


@bp.get("/consultations/<slug>/comments/<int:number>")
@act(Act.READ_CONSULTATION)
def comment(slug: str, number: int) -> ResponseReturnValue:
    found = find_comment(scope().id, number, Audience.PUBLIC)
    if found is None:
        raise DomainError("not_found", status=404)
    heads = editions(scope().id)
    row = row_of_comment(heads[0].id, found.id) if heads else None
    return render_template(
        "public/comment.html",
        scope=scope(),
        comment=found,
        head=heads[0] if heads else None,
        row=row,
    )


@bp.get("/consultations/<slug>/compose")
@act(Act.COMPOSE)
def compose(slug: str) -> ResponseReturnValue:
    place = scope()
    found = chosen(list_documents(place.id), list_targets(place.id))
    form = ComposeForm(data={"form_key": sending.new_key()})
    form.comments.append_entry({**found.fields, "type": "substantive"})
    return _fresh(_page(form, found.refused, found=found))


@bp.post("/consultations/<slug>/compose")
@act(Act.SEND, phase_in_view=True)
@with_attachments
@begins_late
def send(slug: str) -> ResponseReturnValue:
    form = ComposeForm(request.form)
    asked = request.form.get("action", "preview")
    try:
        check_phase()
        refuse_more_than_kept(request.form)
        refused_files = take_files(form)
        if asked.startswith("drop-"):
            drop_token(form, asked.removeprefix("drop-"))
        begin_write()
        if refused_files:
            return _fresh(_page(form, more=refused_files), 422)
        if asked == "add" and len(form.comments.entries) < MAX_COMMENTS:
            form.comments.append_entry({"type": "substantive"})
        elif asked.startswith("remove-") and len(form.comments.entries) > 1:
            _remove(form, asked.removeprefix("remove-"))
        elif asked.startswith("propose-"):
            _propose(form, asked.removeprefix("propose-"))
        elif asked in ("preview", "send"):
            return _preview_or_send(form, asked)
    except (DomainError, Refusals) as refused:
        status = refused.status if isinstance(refused, DomainError) else 422
        return _fresh(_page(form, refused), status)
    return _fresh(_page(form))


def _remove(form: ComposeForm, index: str) -> None:
    gone = whole(index)
    if gone is not None and gone < len(form.comments.entries):
        kept = [entry.data for at, entry in enumerate(form.comments.entries) if at != gone]
        while form.comments.entries:
            form.comments.pop_entry()
        form.comments.last_index = -1
        for data in kept:
            form.comments.append_entry(data)


def _propose(form: ComposeForm, index: str) -> None:
    """Let the proposal begin with the words that it is to replace, where nothing is typed yet."""
    entries, place, at = form.comments.entries, scope(), whole(index)
    if at is None or at >= len(entries):
        return
    field = entries[at].form.proposed
    if (field.data or "").strip():
        return
    points = points_of(form, list_documents(place.id), list_targets(place.id))
    target = points[at].target
    tree = read_tree(target.version_id) if target.version_id is not None else ()
    field.data = original(points[at], tree)


def _preview_or_send(form: ComposeForm, asked: str) -> ResponseReturnValue:
    place = scope()
    documents, targets = list_documents(place.id), list_targets(place.id)
    points, sender = points_of(form, documents, targets), sender_of(form)
    consultation = find_consultation(place.slug)
    if consultation is None:
        raise DomainError("not_found", status=404)
    if asked == "preview":
        files, gone = kept_in(form)
        if gone:
            return _fresh(_page(form, more=gone), 422)
        _sender, settled = check(consultation, sender, points)
        offer(form, documents, targets)
        return _fresh(
            render_template(
                "public/preview.html",
                form=form,
                points=proposed(settled),
                sender=sender,
                scope=place,
                files=files,
                wait=sending.while_read(form, consultation, sender, points),
            )
        )
    marks = sending.marks(form)
    wait = sending.before_sending(form, consultation, sender, points)
    if wait is not None:
        check(consultation, sender, points)
        return _waiting(form, wait)
    sent = submit(
        now(),
        consultation,
        sender,
        points,
        form_key=form.form_key.data or "",
        language=current(),
        marks=marks,
    )
    if sent.received_at == now():
        sending.received(consultation, marks)
        after_commit(current_app.extensions["nudge_looking"])
    return redirect(url_for("public.receipt", code=sent.code), 303)


def _waiting(form: ComposeForm, wait: sending.Wait) -> ResponseReturnValue:
    """Not sent yet, and nothing lost: the page keeps the form and says when to go on."""
    keep()  # the turn that was given stays given
    page = render_template("public/wait.html", form=form, wait=wait, scope=scope())
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(wait.seconds)
    return response


def _page(
    form: ComposeForm,
    refused: DomainError | Refusals | None = None,
    *,
    found: Chosen = NOTHING,
    more: Summary | None = None,
) -> str:
    place = scope()
    documents, targets = list_documents(place.id), list_targets(place.id)
    offer(form, documents, targets)
    files, gone = kept_in(form)
    errors: Summary = [*(more or []), *gone, *(show(form, refused) if refused else [])]
    return render_template(
        "public/compose.html",
        form=form,
        scope=place,
        errors=errors,
        files=files,
        limit=TEXT_LIMIT,
        most=MAX_COMMENTS,
        most_files=MAX_FILES,
        most_size=MAX_BYTES // MEGABYTE,
        open=in_phase(Act.SEND, place.phase),
        late=place.phase is Phase.CLOSED,
        quoted=_text_of(form, documents, targets),
        originals=originals(points_of(form, documents, targets)),
        moved=found.moved,
        quote=bool(request.args.get("quote")),
    )


def _text_of(
    form: ComposeForm, documents: tuple[DocumentView, ...], targets: tuple[Choice, ...]
) -> ProvisionView | None:
    """The article that the first comment is about, to be read beside the form."""
    entry = form.comments.entries[0].form if form.comments.entries else None
    target = target_of(entry.target.data or "", documents, targets) if entry else None
    if target is None or target.version_id is None or target.eid is None:
        return None
    return read_article(target.version_id, article_of(target.eid))


def _fresh(page: str, status: int = 200) -> ResponseReturnValue:
    """Never from a cache: the form has a key of its own, and holds what was typed."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
