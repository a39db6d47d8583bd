"""The form of a response."""

from __future__ import annotations

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
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef, parse_ref, parse_refs
from portal.formats.labels import choices
from portal.queries.changes import ProvisionChange
from portal.services.responses import Draft


class ResponseForm(Form):
    seen = HiddenField()
    comments = StringField(_l("Comments answered (their references)"))
    disposition = SelectField(_l("Decision on the substance"), validate_choice=False)
    reason_ar = TextAreaField(_l("Reasons, in Arabic"), render_kw={"dir": "rtl"})
    reason_en = TextAreaField(_l("Reasons, in English"), render_kw={"dir": "ltr"})
    changes = SelectMultipleField(_l("Places of change"), validate_choice=False)
    covered_by = StringField(_l("The provision that covers it already"))
    until = StringField(_l("Deferred until when, or to what"))
    body = StringField(_l("Body concerned, or referred to"))
    duplicate_of = StringField(_l("The comment that it repeats"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.disposition.choices = [("", _l("Choose a decision")), *choices(Disposition)]


def value_of(place: Place) -> str:
    """A place of change as the form names it."""
    return f"{place.version_id}:{place.eid}"


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
        reason_ar=_lines(form.reason_ar.data),
        reason_en=_lines(form.reason_en.data),
        covered_by=form.covered_by.data or "",
        until=form.until.data or "",
        body=form.body.data or "",
        duplicate_of=_repeated(form),
        cites=tuple(known[value] for value in form.changes.data or ()),
        ready=ready,
    )


def _repeated(form: ResponseForm) -> RowRef | None:
    typed = (form.duplicate_of.data or "").strip()
    return parse_ref(typed, field="duplicate_of") if typed else None


def _lines(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()
