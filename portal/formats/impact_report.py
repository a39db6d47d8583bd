"""The report of stakeholders' input, as DOCX: who, what, what was done.

It is the annex on consultation that Jordan's regulatory impact bylaw of 2025 asks for, drawn from
the frozen rows of a published edition and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.domain.comments import Publication
from portal.domain.impact import ArticleInput, Change, ClassInput, Input, Told, gather
from portal.domain.responses import Disposition
from portal.domain.submissions import Channel
from portal.domain.summaries import Figures
from portal.formats.citations import cite
from portal.formats.columns import bilingual, pieces, place, places_of_change
from portal.formats.dates import date_short, datetime_words, in_amman, language
from portal.formats.docx_reports import Cell, Head, Line, Report, cell
from portal.formats.labels import label
from portal.formats.matrix_files import Edition
from portal.formats.summaries import Asked, Chart, charts
from portal.formats.words import plain

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def impact_report(
    edition: Edition, asked: Asked, figures: Figures, rows: Iterable[Mapping[str, Any]], url: str
) -> bytes:
    """The annex, in the language words are being put in. `url` is the page of the edition."""
    found = gather(rows)
    report = Report(_head(edition, asked), language())
    report.say(asked.title.pick(language()), "Subtitle")
    report.say(
        _(
            "Drawn from the published response matrix, edition %(number)s, whose rows can no "
            "longer change. Every reference is that of a row there.",
            number=edition.number,
        ),
        "Note",
    )
    _consultation(report, edition, asked, figures, found)
    _people(report, figures, found)
    _input(report, found)
    _changes(report, found)
    report.heading(_("How this can be checked"), 1)
    report.say(_("The rows, as a page and as files: %(url)s", url=url))
    report.say(_("Fingerprint of the rows (SHA-256): %(digest)s", digest=edition.digest), "Note")
    return report.data()


def file_name(edition: Edition) -> str:
    """It names its consultation, edition, language and date."""
    day = in_amman(edition.published_at).date().isoformat()
    return f"{edition.slug}-stakeholder-input-{language()}-edition-{edition.number}-{day}.docx"


def _head(edition: Edition, asked: Asked) -> Head:
    return Head(
        title=_("Annex: stakeholders' input and what was done with it"),
        running=asked.title.pick(language()),
        dated=_(
            "Response matrix, edition %(number)s, %(day)s",
            number=edition.number,
            day=date_short(edition.published_at),
        ),
        author=asked.body.pick(language()),
        moment=edition.published_at,
        page=_("Page %(page)s of %(pages)s", page="{0}", pages="{1}"),
    )


def _consultation(
    report: Report, edition: Edition, asked: Asked, figures: Figures, found: Input
) -> None:
    report.heading(_("The consultation"), 1)
    channels = _listed((str(label(Channel(code))), n) for code, n in found.channels.items())
    facts = [
        (_("Public body"), asked.body.pick(language())),
        (_("Purpose"), asked.purpose.pick(language())),
        (
            _("Period"),
            _(
                "%(opens)s to %(closes)s",
                opens=date_short(asked.opens_at),
                closes=date_short(asked.closes_at),
            ),
        ),
        (_("Channels"), channels),
        (_("Comments received"), str(figures.received)),
        (_("Distinct texts"), str(figures.distinct_texts)),
        (_("Distinct senders"), str(figures.distinct_senders)),
        (_("Provisions changed because of comments"), str(figures.provisions_changed)),
        (_("Response matrix published"), datetime_words(edition.published_at)),
    ]
    report.table((), _pairs(facts), (3, 7))
    report.say(
        _(
            "Commenting is not a vote. A sender who leaves neither name nor address is counted "
            "once for each sending."
        ),
        "Note",
    )


def _pairs(facts: Iterable[tuple[str, str]]) -> list[tuple[Cell, Cell]]:
    return [(cell(name, strong=True), cell(words)) for name, words in facts if words]


def _people(report: Report, figures: Figures, found: Input) -> None:
    report.heading(_("Who took part"), 1)
    for chart in charts(figures)[2:]:
        _table_of(report, chart)
    organisations = [
        (str(label(each.sender_class)), _comma().join(each.organisations))
        for each in found.classes.values()
    ]
    if any(named for _class, named in organisations):
        report.heading(_("Organisations that the matrix names"), 2)
        report.table((), _pairs(organisations), (3, 7))
    report.heading(_("What was decided"), 1)
    _table_of(report, charts(figures)[0])


def _table_of(report: Report, chart: Chart) -> None:
    report.heading(chart.title, 2)
    rows = [(cell(words), cell(str(number))) for words, number in chart.rows]
    report.table((chart.head, _("Comments")), rows, (6, 4))
    if chart.note:
        report.say(chart.note, "Note")


def _input(report: Report, found: Input) -> None:
    report.heading(_("What each class of stakeholder said, and what was done"), 1)
    for of_class in found.classes.values():
        report.heading(_class_title(of_class), 2)
        for of_article in of_class.articles.values():
            report.heading(_article_title(of_article), 3)
            head = (_("Reference"), _("Comment and proposed text"), _("What was done, and why"))
            report.table(head, map(_row, of_article.told), (3, 9, 10))


def _class_title(of_class: ClassInput) -> str:
    comments = ngettext("%(num)s comment", "%(num)s comments", of_class.comments)
    return f"{label(of_class.sender_class)} ({comments})"


def _article_title(of_article: ArticleInput) -> str:
    if of_article.article:
        return cite(of_article.article)
    return (
        bilingual(dict(of_article.document)) if of_article.document else _("The whole consultation")
    )


def _row(told: Told) -> tuple[Cell, Cell, Cell]:
    cells = dict(told.cells)
    return _refs(told), _said(cells), _done(cells)


def _refs(told: Told) -> Cell:
    refs = told.refs
    lines = [Line(_comma().join(refs[:12]), strong=True)]
    if len(refs) > 12:
        more = ngettext("and %(num)s more", "and %(num)s more", len(refs) - 12)
        lines.append(Line(more))
    where = place(dict(told.cells))
    return (*lines, *cell(where))


def _said(cells: dict[str, Any]) -> Cell:
    words = plain(pieces(cells["comment"]))
    proposed = plain(pieces(cells["proposed_text"]))
    grounds = plain(pieces(cells["grounds"]))
    if not words and not proposed:
        return cell(
            _(
                "The text is not public. Status: %(status)s",
                status=label(Publication(cells["publication"])),
            )
        )
    found = list(cell(words))
    if proposed:
        found += [Line(_("Proposed text"), strong=True), Line(proposed)]
    if grounds:
        found += [Line(_("Proposer's grounds"), strong=True), Line(grounds)]
    return tuple(found)


def _done(cells: dict[str, Any]) -> Cell:
    found = [Line(str(label(Disposition(cells["disposition"]))), strong=True)]
    found += cell(bilingual(cells["response"]))
    changed = places_of_change(cells)
    if changed:
        found.append(Line(_("Changed: %(places)s", places=_comma().join(changed))))
    if cells["responsible_body"]:
        found.append(Line(f"{_('Body concerned')}: {cells['responsible_body']}"))
    return tuple(found)


def _changes(report: Report, found: Input) -> None:
    report.heading(_("What changed in the draft because of this"), 1)
    if not found.changes:
        report.say(_("No provision of the draft changed because of comments."))
        return
    head = (_("Place of change"), _("Text before"), _("Text after"), _("Because of comments"))
    report.table(head, map(_change, found.changes.values()), (4, 7, 7, 3))


def _change(change: Change) -> tuple[Cell, Cell, Cell, Cell]:
    where = places_of_change({"place_of_change": [change.place]})
    return cell(*where), cell(change.before), cell(change.after), cell(_comma().join(change.refs))


def _listed(pairs: Iterable[tuple[str, int]]) -> str:
    return _comma().join(f"{words} ({number})" for words, number in pairs)


def _comma() -> str:
    return "، " if language() == "ar" else ", "
