"""Forms of consultations, documents, drafts and workshops."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FileField,
    Form,
    SelectField,
    StringField,
    TextAreaField,
)

from portal.domain.bilingual import Bilingual
from portal.domain.drafts import DocumentKind
from portal.domain.errors import DomainError
from portal.domain.particulars import Particulars
from portal.domain.submissions import SenderClass
from portal.formats.dates import AMMAN
from portal.formats.labels import choices

MOMENT = "%Y-%m-%dT%H:%M"
RTL, LTR = {"dir": "rtl"}, {"dir": "ltr"}


class ConsultationForm(Form):
    slug = StringField(_l("Short name in the address"), render_kw=LTR)
    body = SelectField(_l("Public body"), validate_choice=False)
    title_ar = StringField(_l("Title in Arabic"), render_kw=RTL)
    title_en = StringField(_l("Title in English"), render_kw=LTR)
    purpose_ar = TextAreaField(_l("Purpose, in Arabic"), render_kw=RTL)
    purpose_en = TextAreaField(_l("Purpose, in English"), render_kw=LTR)
    negotiable_ar = TextAreaField(_l("What is open to change, in Arabic"), render_kw=RTL)
    negotiable_en = TextAreaField(_l("What is open to change, in English"), render_kw=LTR)
    fixed_ar = TextAreaField(_l("What is not open to change, in Arabic"), render_kw=RTL)
    fixed_en = TextAreaField(_l("What is not open to change, in English"), render_kw=LTR)
    contact = StringField(_l("Contact for the public"), render_kw={"dir": "auto"})
    moderated_after = BooleanField(_l("Show comments when they arrive; moderate after"))
    opens_at = DateTimeLocalField(_l("Opens (Amman time)"), format=[MOMENT])
    closes_at = DateTimeLocalField(_l("Closes (Amman time)"), format=[MOMENT])


def particulars_of(form: ConsultationForm) -> Particulars:
    """What was typed; raises `moment_missing` for a date that is none."""

    def words(name: str) -> Bilingual:
        return Bilingual(form[f"{name}_ar"].data or "", form[f"{name}_en"].data or "")

    return Particulars(
        title=words("title"),
        opens_at=moment_of(form.opens_at.data, "opens_at"),
        closes_at=moment_of(form.closes_at.data, "closes_at"),
        purpose=words("purpose"),
        negotiable=words("negotiable"),
        fixed=words("fixed"),
        contact=form.contact.data or "",
        moderated_after=bool(form.moderated_after.data),
    )


def moment_of(typed: datetime | None, field: str) -> datetime:
    """A moment as typed, on Amman's clock; raises `moment_missing`."""
    if typed is None:
        raise DomainError("moment_missing", field=field)
    return typed.replace(tzinfo=AMMAN)


class ReasonForm(Form):
    """A reason, and for an extension the new deadline."""

    closes_at = DateTimeLocalField(_l("New deadline (Amman time)"), format=[MOMENT])
    reason_ar = TextAreaField(_l("Reason, in Arabic"), render_kw=RTL)
    reason_en = TextAreaField(_l("Reason, in English"), render_kw=LTR)

    @property
    def reason(self) -> Bilingual:
        return Bilingual(self.reason_ar.data or "", self.reason_en.data or "")


class DocumentForm(Form):
    kind = SelectField(_l("Kind of document"), validate_choice=False)
    title_ar = StringField(_l("Title in Arabic"), render_kw=RTL)
    title_en = StringField(_l("Title in English"), render_kw=LTR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(DocumentKind)


class WorkshopForm(Form):
    """The report of a workshop, pasted or as a file, what its documents are, who took part."""

    source = TextAreaField(_l("Text"), render_kw={"dir": "auto"})
    file = FileField(_l("Or a text file (.txt, .md)"), render_kw={"accept": ".txt,.md,text/*"})
    kind = SelectField(
        _l("Kind of document"), default=DocumentKind.PLAN.value, validate_choice=False
    )
    sender_class = SelectField(
        _l("Class of submitter"), default=SenderClass.CIVIL_SOCIETY.value, validate_choice=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(DocumentKind)
        self.sender_class.choices = choices(SenderClass)
