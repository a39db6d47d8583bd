"""What templates call: dates, words for codes, text in two languages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask
from markupsafe import Markup, escape

from portal.domain.bilingual import Bilingual
from portal.domain.comments import Publication
from portal.domain.draft_comparison import word_changes
from portal.domain.hints import Script
from portal.domain.responses import Disposition
from portal.domain.submissions import Channel, SenderClass, shown_code
from portal.formats import columns, dates
from portal.formats.citations import cite, named
from portal.formats.grounds import explained
from portal.formats.labels import decided, label
from portal.formats.warnings import warning_words
from portal.formats.words import mask_words
from portal.web.languages import current
from portal.web.moment import now


def days_left(moment: datetime) -> str:
    """A countdown in words, from the moment of this request."""
    return dates.days_left(moment, now())


def ago(moment: datetime) -> str:
    """For how long something has been waiting, in words, at the moment of this request."""
    return dates.duration(now() - moment)


def exact(text: str) -> Markup:
    """Text whose characters a script can count: a browser would make LF of a bare CR."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))  # noqa: S704 (escaped)


def local(text: Bilingual) -> str:
    """The words of `text` in the language of the page."""
    return text.pick(current())


def local_lang(text: Bilingual) -> str:
    """The language that `local` gave: the page's, or Arabic where there is no English."""
    return text.language(current())


def kept_words(text: dict[str, str]) -> str:
    """A two-language text of a frozen row, in the language of the page."""
    return Bilingual(text["ar"], text["en"]).pick(current())


def kept_lang(text: dict[str, str]) -> str:
    return Bilingual(text["ar"], text["en"]).language(current())


def disposition_parts(counts: dict[str, Any]) -> list[tuple[str, str, int]]:
    """`(code, words, number)` of every disposition that occurs, in the order of the domain."""
    found = counts["dispositions"]
    return [(d.value, str(label(d)), found[d.value]) for d in Disposition if d.value in found]


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        ago=ago,
        clock=dates.clock_words,
        exact=exact,
        date=dates.date_words,
        date_short=dates.date_short,
        datetime=dates.datetime_words,
        time=dates.time_words,
        deadline=dates.deadline,
        days_left=days_left,
        decided=decided,
        label=label,
        ground_explained=explained,
        cite=cite,
        named=named,
        mask_words=mask_words,
        shown_code=shown_code,
        as_channel=Channel,
        as_class=SenderClass,
        as_disposition=Disposition,
        as_pieces=columns.pieces,
        as_publication=Publication,
        as_script=Script,
        disposition_parts=disposition_parts,
        kept_lang=kept_lang,
        kept_words=kept_words,
        moment=datetime.fromisoformat,
        place_words=columns.place,
        warning_words=warning_words,
        word_changes=lambda pair: word_changes(*pair),
        local=local,
        local_lang=local_lang,
    )
