"""The summary as it is drafted from the data, for people to edit; its charts in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from portal.domain.bilingual import LANGUAGES, Bilingual
from portal.domain.responses import Disposition
from portal.domain.submissions import Governorate, SenderClass
from portal.domain.summaries import ArticleCount, Figures
from portal.formats.citations import cite
from portal.formats.dates import date_short, language
from portal.formats.labels import label

MOST_NAMED = 5  # articles in the text; the chart has more
MOST_CHANGES = 20
CHARTED = 12  # bars of one chart; the table beside it has every row


@dataclass(frozen=True, slots=True)
class Asked:
    """What was put to the public: whose, what, when, why."""

    title: Bilingual
    body: Bilingual
    purpose: Bilingual
    negotiable: Bilingual
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Reflected:
    """A provision that changed, and the references of the rows that caused it."""

    document: int
    version: int
    eid: str
    refs: tuple[str, ...]


def draft_texts(asked: Asked, figures: Figures, reflected: tuple[Reflected, ...]) -> dict[str, str]:
    """The six texts of a summary (`domain.summaries.FIELDS`), a beginning for whoever edits."""
    texts: dict[str, str] = {}
    for lang in LANGUAGES:
        with force_locale(lang):
            texts[f"asked_{lang}"] = _asked(asked)
            texts[f"said_{lang}"] = _said(figures)
            texts[f"did_{lang}"] = _did(figures, reflected)
    return texts


def _asked(asked: Asked) -> str:
    lang = language()
    parts = [
        _(
            "%(body)s put “%(title)s” to the public for comments from %(opens)s to %(closes)s.",
            body=asked.body.pick(lang),
            title=asked.title.pick(lang),
            opens=date_short(asked.opens_at),
            closes=date_short(asked.closes_at),
        ),
        asked.purpose.pick(lang),
    ]
    if asked.negotiable.ar:
        parts.append(_("Open to change: %(what)s", what=asked.negotiable.pick(lang)))
    return "\n\n".join(part for part in parts if part)


def _said(figures: Figures) -> str:
    classes = [(str(label(SenderClass(code))), n) for code, n in _largest(figures.classes)]
    places = sorted(figures.articles, key=lambda each: -each.comments)[:MOST_NAMED]
    several = len({each.document for each in figures.articles if each.document}) > 1
    return "\n\n".join(
        [
            _(
                "Comments received: %(received)s. Distinct texts: %(texts)s. Distinct senders: "
                "%(senders)s.",
                received=figures.received,
                texts=figures.distinct_texts,
                senders=figures.distinct_senders,
            ),
            _("Who sent them: %(list)s.", list=_listed(classes)),
            _(
                "What most of them were about: %(list)s.",
                list=_listed([(place_name(p, several=several), p.comments) for p in places]),
            ),
            _("Commenting is not a vote: what counts is the reason, not the number."),
        ]
    )


def _did(figures: Figures, reflected: tuple[Reflected, ...]) -> str:
    decided = [(str(label(Disposition(code))), n) for code, n in _largest(figures.dispositions)]
    parts = [_("What was decided: %(list)s.", list=_listed(decided))]
    if reflected:
        lines = [_change(each) for each in reflected[:MOST_CHANGES]]
        parts.append("\n".join([_("What changed in the draft because of comments:"), *lines]))
    else:
        parts.append(_("No provision of the draft changed because of comments."))
    parts.append(_("The response matrix has the answer to every comment, and its reason."))
    return "\n\n".join(parts)


def _change(each: Reflected) -> str:
    comma = "، " if language() == "ar" else ", "
    return ngettext(
        "- %(place)s: because of comment %(refs)s",
        "- %(place)s: because of comments %(refs)s",
        len(each.refs),
        place=cite(each.eid),
        refs=comma.join(each.refs),
    )


def _largest(counts: object) -> list[tuple[str, int]]:
    found = dict(counts) if isinstance(counts, dict) else {}
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def _listed(pairs: list[tuple[str, int]]) -> str:
    comma = "، " if language() == "ar" else ", "
    return comma.join(f"{words} ({number})" for words, number in pairs)


def place_name(place: ArticleCount, *, several: bool) -> str:
    """An article in words; with the number of its document where there are several."""
    if not place.article:
        words = _("The whole document") if place.document else _("The whole consultation")
    else:
        words = cite(place.article)
    if several and place.document:
        return _("Document %(number)s: %(place)s", number=place.document, place=words)
    return words


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one chart: `(words, number, code)`, and what the table beside it says besides.

    `remarks` are rows of the table without a bar: words, and words in place of a number.
    """

    title: str
    about: str
    head: str
    bars: tuple[tuple[str, int, str], ...]
    rows: tuple[tuple[str, int | str], ...]
    note: str = ""

    @property
    def most(self) -> int:
        return max((number for _words, number, _code in self.bars), default=0) or 1


def charts(figures: Figures) -> tuple[Chart, ...]:
    """The four charts of a summary, in the language words are being put in."""
    return (
        _by_disposition(figures),
        _by_article(figures),
        _by_class(figures),
        _by_governorate(figures),
    )


def _by_disposition(figures: Figures) -> Chart:
    bars = [
        (str(label(each)), figures.dispositions[each], each.value)
        for each in Disposition
        if figures.dispositions.get(each)
    ]
    about = _("How many comments had each decision on their substance.")
    return _chart(_("By decision"), about, _("Disposition"), bars)


def _by_class(figures: Figures) -> Chart:
    bars = [
        (str(label(each)), figures.classes[each], "")
        for each in SenderClass
        if figures.classes.get(each)
    ]
    about = _("How many comments came from each class of sender.")
    return _chart(_("By class of sender"), about, _("Class of submitter"), bars)


def _by_article(figures: Figures) -> Chart:
    several = len({each.document for each in figures.articles if each.document}) > 1
    most = sorted(figures.articles, key=lambda each: -each.comments)
    rows = [(place_name(each, several=several), each.comments) for each in most]
    bars = [(words, number, "") for words, number in rows[:CHARTED]]
    about = _("How many comments each article of the draft had, the most commented first.")
    note = ""
    if len(rows) > CHARTED:
        note = _("The chart shows the %(number)s most commented.", number=CHARTED)
    return Chart(
        _("By article"), about, _("Article or paragraph"), tuple(bars), tuple(rows), note=note
    )


def _by_governorate(figures: Figures) -> Chart:
    spread = figures.spread
    bars = [(str(label(Governorate(code))), number, "") for code, number in spread.shown]
    rows: list[tuple[str, int | str]] = [(words, number) for words, number, _code in bars]
    rows += [(str(label(Governorate(c))), _("fewer than 3 senders")) for c in spread.few]
    rows += [(str(label(Governorate(c))), _("not shown")) for c in spread.beside]
    if spread.rest:
        words = (
            _("Not said, and those not shown, together")
            if spread.few
            else _("The sender did not say")
        )
        rows.append((words, spread.rest))
        bars.append((words, spread.rest, "rest"))
    about = _("How many comments came from each governorate, as far as senders said.")
    note = _(
        "A governorate from which fewer than three senders wrote is named without its number, so "
        "that nobody can be known by it; nor is its number left to be worked out from the others."
    )
    return Chart(_("By governorate"), about, _("Governorate"), tuple(bars), tuple(rows), note=note)


def _chart(title: str, about: str, head: str, bars: list[tuple[str, int, str]]) -> Chart:
    return Chart(title, about, head, tuple(bars), tuple((words, n) for words, n, _code in bars))
