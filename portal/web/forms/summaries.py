"""The form of the summary: three texts in two languages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, TextAreaField

from portal.domain.summaries import FIELDS

ARABIC = {"dir": "rtl", "lang": "ar", "rows": 8}
ENGLISH = {"dir": "ltr", "lang": "en", "rows": 8}


class SummaryForm(Form):
    seen = HiddenField()
    asked_ar = TextAreaField(_l("We asked, in Arabic"), render_kw=ARABIC)
    asked_en = TextAreaField(_l("We asked, in English"), render_kw=ENGLISH)
    said_ar = TextAreaField(_l("You said, in Arabic"), render_kw=ARABIC)
    said_en = TextAreaField(_l("You said, in English"), render_kw=ENGLISH)
    did_ar = TextAreaField(_l("We did, in Arabic"), render_kw=ARABIC)
    did_en = TextAreaField(_l("We did, in English"), render_kw=ENGLISH)

    def texts(self) -> dict[str, str]:
        """What was typed, with the line ends of a text."""
        return {name: (self[name].data or "").replace("\r\n", "\n") for name in FIELDS}
