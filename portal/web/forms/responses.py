"""The form of a response."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    Form,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from portal.domain.errors import DomainError
from portal.domain.matrices import Place
from portal.domain.responses import Answer, Disposition
from portal.domain.row_refs import RowKey, RowRef, parse_ref, parse_refs
from portal.domain.selections import parse_of
from portal.formats.labels import choices
from portal.queries.answers import ResponseView
from portal.queries.changes import ProvisionChange
from portal.services.responses import Draft
from portal.web.forms.reasons import lines


class ResponseForm(Form):
    """`seen` is the response's revision, `kept` that of the unrecorded copy; `of` names a whole
    set; `many` says that the rows are too many to list; `opened` is when its page was made; `key`
    names the form as it was opened, whatever references were typed since."""

    seen = HiddenField()
    kept = HiddenField()
    of = HiddenField()
    many = HiddenField()
    opened = HiddenField()
    key = HiddenField()
    comments = StringField(_l("Comments answered (their references)"))
    drops = StringField(_l("Take comments out (their references)"))
    disposition = SelectField(_l("Decision on the substance"), validate_choice=False)
    reason_ar = TextAreaField(_l("Reasons, in Arabic"), render_kw={"dir": "rtl"})
    reason_en = TextAreaField(_l("Reasons, in English"), render_kw={"dir": "ltr"})
    changes = SelectMultipleField(_l("Places of change"), validate_choice=False)
    covered_by = SelectField(_l("The provision that covers it already"), validate_choice=False)
    until = StringField(_l("Deferred until when, or to what"))
    body = StringField(_l("Body concerned, or referred to"))
    duplicate_of = StringField(_l("The comment that it repeats"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.disposition.choices = [("", _l("Choose a decision")), *choices(Disposition)]


NAMED = RowKey(-1)  # some row: which one it is, is asked when the response is recorded
# What of the form is kept while it is not recorded.
KEPT = (
    "comments",
    "drops",
    "disposition",
    "reason_ar",
    "reason_en",
    "changes",
    "covered_by",
    "until",
    "body",
    "duplicate_of",
)


def value_of(place: Place) -> str:
    """A place of change as the form names it."""
    return f"{place.version_id}:{place.eid}"


def data_of(view: ResponseView) -> dict[str, Any]:
    """The fields of a response as it is recorded."""
    return {
        "seen": str(view.revision),
        "many": "1" if view.many else "",
        "comments": "" if view.many else ", ".join(str(ref) for ref in view.refs),
        "disposition": view.disposition.value,
        "reason_ar": view.reason_ar,
        "reason_en": view.reason_en,
        "covered_by": view.covered_by,
        "until": view.until,
        "body": view.body,
        "duplicate_of": str(view.duplicate_of or ""),
        "changes": [value_of(place) for place in view.cites],
    }


def typed_in(form: ResponseForm) -> dict[str, str | list[str]]:
    """What was typed, as it is kept while it is not recorded."""
    found: dict[str, str | list[str]] = {}
    for name in KEPT:
        value = form[name].data
        found[name] = list(value or ()) if name == "changes" else lines(value)
    return found


def draft_of(form: ResponseForm, changes: tuple[ProvisionChange, ...], *, ready: bool) -> Draft:
    """The response as typed; raises `disposition_missing` and the like."""
    if form.disposition.data not in set(Disposition):
        raise DomainError("disposition_missing", field="disposition")
    known = {value_of(change.place): change.place for change in changes}
    for value in form.changes.data or ():
        if value not in known:
            raise DomainError("change_not_there", field="changes", eid=value.partition(":")[2])
    return Draft(
        refs=parse_refs(form.comments.data or ""),
        disposition=Disposition(form.disposition.data),
        reason_ar=lines(form.reason_ar.data),
        reason_en=lines(form.reason_en.data),
        covered_by=form.covered_by.data or "",
        until=form.until.data or "",
        body=form.body.data or "",
        duplicate_of=_repeated(form),
        cites=tuple(known[value] for value in form.changes.data or ()),
        ready=ready,
        of=parse_of(form.of.data or ""),
        keeps=bool(form.many.data),
        drops=parse_refs(form.drops.data or ""),
        opened=_moment(form.opened.data or ""),
    )


def answer_in(draft: Draft) -> Answer:
    """What is typed as the rules look at it; what it repeats only by being there."""
    return Answer(
        disposition=draft.disposition,
        reason=draft.reason_ar,
        reason_en=draft.reason_en,
        covered_by=draft.covered_by.strip(),
        until=draft.until.strip(),
        body=draft.body.strip(),
        duplicate_of=NAMED if draft.duplicate_of else None,
        changes=len(draft.cites),
    )


def _repeated(form: ResponseForm) -> RowRef | None:
    typed = (form.duplicate_of.data or "").strip()
    return parse_ref(typed, field="duplicate_of") if typed else None


def _moment(typed: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return found if found.tzinfo else None
