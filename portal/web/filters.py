"""What templates call: dates, words for codes, text in two languages."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from flask import Flask
from flask_babel import gettext
from markupsafe import Markup, escape

from portal.domain.bilingual import Bilingual
from portal.domain.comments import Publication
from portal.domain.draft_comparison import WordOp, word_changes
from portal.domain.excerpts import Excerpt, Piece
from portal.domain.hints import Script
from portal.domain.proposals import marked_changes
from portal.domain.responses import Disposition
from portal.domain.search import Term, hits
from portal.domain.submissions import Channel, SenderClass, shown_code
from portal.domain.table_grid import Cell, Run, grid
from portal.domain.text import reveal
from portal.formats import columns, comparisons, dates
from portal.formats.citations import cite, named
from portal.formats.faults import fault_words, refusal_words
from portal.formats.grounds import explained
from portal.formats.labels import decided, label
from portal.formats.messages import message
from portal.formats.sizes import size_words
from portal.formats.warnings import warning_words
from portal.formats.words import mask_words
from portal.queries.comments import CommentView
from portal.web.languages import current
from portal.web.moment import now


def days_left(moment: datetime) -> str:
    """A countdown in words, from the moment of this request."""
    return dates.days_left(moment, now())


def ago(moment: datetime) -> str:
    """For how long something has been waiting, in words, at the moment of this request."""
    return dates.duration(now() - moment)


@lru_cache(maxsize=1024, typed=True)
def _label(code: StrEnum, _language: str) -> str:
    return str(label(code))


def label_words(code: StrEnum | None) -> str:
    """The word for a code. A list says the same few a hundred times, so they are remembered."""
    return "" if code is None else _label(code, dates.language())


@lru_cache(maxsize=8192)
def _cite(eid: str, _language: str) -> str:
    return cite(eid)


def cite_words(eid: str | None) -> str:
    """A provision's place in words, remembered in the same way."""
    return _cite(eid or "", dates.language())


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
    """`(code, words, number)` of every disposition that occurs, in the order of the domain.

    Last what is under study, in an interim edition.
    """
    found = counts["dispositions"]
    parts = [(d.value, str(label(d)), found[d.value]) for d in Disposition if d.value in found]
    open_rows = counts.get("under_study", 0)
    return [*parts, ("under_study", gettext("Under study"), open_rows)] if open_rows else parts


def marked(text: str, terms: tuple[Term, ...]) -> tuple[Piece, ...]:
    """`text` in pieces, what was looked for apart."""
    return Excerpt(text, hits(text, terms)).pieces


def changes_of(comment: CommentView) -> tuple[WordOp, ...]:
    """What a comment proposes as marked changes; nothing where it cannot be so shown."""
    words = comment.words
    return marked_changes(words.quoted, words.proposed, comment.original)


def kept_changes(cells: dict[str, Any]) -> tuple[WordOp, ...]:
    """The same for a frozen row that quotes the words it would replace."""
    quoted = columns.pieces(cells["quoted_text"])
    return marked_changes(quoted, columns.pieces(cells["proposed_text"]))


def plain_runs(text: str) -> tuple[Run, ...]:
    """A text of which no part is marked, as `domain.typesetting` sets it."""
    return (Run(text),) if text else ()


def plain_cell(cell: Cell) -> str:
    """The words of a cell of a table in one line."""
    return " ".join("".join(run.text for run in line) for line in cell)


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
        error_words=message,
        label=label_words,
        ground_explained=explained,
        fault_words=fault_words,
        cite=cite_words,
        fold_words=comparisons.fold_words,
        formerly=comparisons.formerly,
        unit_name=comparisons.unit_name,
        named=named,
        mask_words=mask_words,
        size_words=size_words,
        shown_code=shown_code,
        as_channel=Channel,
        as_class=SenderClass,
        as_disposition=Disposition,
        as_pieces=columns.pieces,
        as_publication=Publication,
        as_script=Script,
        disposition_parts=disposition_parts,
        kept_changes=kept_changes,
        kept_lang=kept_lang,
        kept_words=kept_words,
        moment=datetime.fromisoformat,
        place_words=columns.place,
        files_words=columns.files_words,
        refusal_words=refusal_words,
        reveal=reveal,
        warning_words=warning_words,
        changes_of=changes_of,
        plain_runs=plain_runs,
        plain_cell=plain_cell,
        grid=grid,
        word_changes=lambda pair: word_changes(*pair),
        local=local,
        local_lang=local_lang,
        marked=marked,
    )
