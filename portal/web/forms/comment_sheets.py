"""The form that goes with a file of comments: whose they are, of which document, when they came."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FileField, Form, SelectField, StringField

from portal.domain.submissions import SenderClass
from portal.formats.labels import choices


class CommentSheetForm(Form):
    file = FileField(_l("File (XLSX, or a Word table)"))
    organisation = StringField(_l("The body that sent it"))
    sender_class = SelectField(_l("Class of submitter"), default=SenderClass.GOVERNMENT.value)
    document = SelectField(_l("Document"), validate_choice=False)
    received = StringField(_l("Received on"), render_kw={"type": "date"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sender_class.choices = choices(SenderClass)
