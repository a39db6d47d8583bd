"""The form of a template of reasons."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, SelectField, StringField, TextAreaField

from portal.domain.responses import Disposition
from portal.formats.labels import choices
from portal.services.reason_templates import Written


class TemplateForm(Form):
    seen = HiddenField()
    title = StringField(_l("Name of the template"))
    disposition = SelectField(_l("Goes with the decision"), validate_choice=False)
    text_ar = TextAreaField(_l("Reasons, in Arabic"), render_kw={"dir": "rtl"})
    text_en = TextAreaField(_l("Reasons, in English"), render_kw={"dir": "ltr"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.disposition.choices = [("", _l("Any decision")), *choices(Disposition)]

    def read(self) -> Written:
        """The template as typed."""
        chosen = self.disposition.data or ""
        return Written(
            title=self.title.data or "",
            text_ar=lines(self.text_ar.data),
            text_en=lines(self.text_en.data),
            disposition=Disposition(chosen) if chosen in set(Disposition) else None,
        )


def lines(text: str | None) -> str:
    """Typed lines as they are kept: browsers send them with carriage returns."""
    return (text or "").replace("\r\n", "\n").strip()
