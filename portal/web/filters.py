"""What templates call: dates, words for codes, text in two languages."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from portal.domain.bilingual import Bilingual
from portal.domain.submissions import shown_code
from portal.formats import dates
from portal.formats.citations import cite
from portal.formats.grounds import explained
from portal.formats.labels import label
from portal.formats.words import mask_words
from portal.web.languages import current
from portal.web.moment import now


def days_left(moment: datetime) -> str:
    """A countdown in words, from the moment of this request."""
    return dates.days_left(moment, now())


def local(text: Bilingual) -> str:
    """The words of `text` in the language of the page."""
    return text.pick(current())


def local_lang(text: Bilingual) -> str:
    """The language that `local` gave: the page's, or Arabic where there is no English."""
    return text.language(current())


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        date=dates.date_words,
        date_short=dates.date_short,
        datetime=dates.datetime_words,
        time=dates.time_words,
        deadline=dates.deadline,
        days_left=days_left,
        label=label,
        ground_explained=explained,
        cite=cite,
        mask_words=mask_words,
        shown_code=shown_code,
        local=local,
        local_lang=local_lang,
    )
