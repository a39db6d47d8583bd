"""Forms of drafts: a text or its file, a translation, a provision."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FileField, Form, RadioField, SelectField, StringField, TextAreaField

from portal.domain.drafts import ProvisionKind, Tracked
from portal.formats.labels import choices

RTL, LTR = {"dir": "rtl"}, {"dir": "ltr"}
ACCEPT = ".docx,.pdf,.html,.htm,.xml,.akn,.md,.txt,text/*"


class DraftForm(Form):
    """The text of a draft: its file, or pasted."""

    file = FileField(_l("File of the draft"), render_kw={"accept": ACCEPT})
    tracked = RadioField(
        _l("Tracked changes, if the file has any"),
        default=Tracked.ACCEPT.value,
        validate_choice=False,
    )
    source = TextAreaField(_l("Or paste the text"), render_kw={"dir": "auto"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tracked.choices = choices(Tracked)


class TranslationForm(Form):
    """The English of a draft: its file, or pasted."""

    file = FileField(_l("File of the translation"), render_kw={"accept": ACCEPT})
    source = TextAreaField(_l("Or paste the text"), render_kw=LTR)


class ProvisionForm(Form):
    kind = SelectField(_l("Kind"), validate_choice=False)
    number = StringField(_l("Number"), render_kw={"dir": "auto"})
    heading = StringField(_l("Heading in Arabic"), render_kw=RTL)
    heading_en = StringField(_l("Heading in English"), render_kw=LTR)
    text = TextAreaField(_l("Text in Arabic"), render_kw={"dir": "auto"})
    text_en = TextAreaField(_l("Text in English"), render_kw=LTR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(ProvisionKind)
