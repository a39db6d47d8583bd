"""The words around the rows: titles, edition and standing, counts, what a signature stands under.

One source for the pages of DOCX and PDF and the summary of XLSX.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _

from portal.domain.bilingual import LANGUAGES, Bilingual, Language
from portal.domain.responses import Disposition
from portal.domain.submissions import SenderClass
from portal.formats.dates import datetime_words
from portal.formats.labels import label
from portal.formats.matrix_files.edition import Edition, FileLanguage
from portal.formats.row_words import apart, safe


@dataclass(frozen=True, slots=True)
class Count:
    """A number and what it counts; `share` of all rows in per cent, where it is a part of them."""

    words: str
    number: int
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is said around the rows; in both languages each text has Arabic first, then English.

    `mark` says plainly that the edition is interim or corrects another, with `reason`; both are
    empty in an ordinary edition. `footer` names edition and standing on one short line.
    """

    heading: str
    title: str
    body: str
    edition: str
    published: str
    mark: str
    reason: str
    counts: tuple[Count, ...]
    dispositions: tuple[Count, ...]
    classes: tuple[Count, ...]
    not_a_vote: str
    labels: dict[str, str]
    digest: str
    address: str
    page: str
    footer: str


def spoken(language: FileLanguage) -> tuple[Language, ...]:
    """The languages of a file, Arabic first."""
    return LANGUAGES if language == "both" else (language,)


def said(language: FileLanguage, speak: Callable[[], str], between: str = " / ") -> str:
    """What `speak` says in each language of the file."""
    found = []
    for each in spoken(language):
        with force_locale(each):
            found.append(speak())
    return apart(found, between)


def edition_words(edition: Edition, language: FileLanguage) -> tuple[str, str]:
    """The head of a column for editions, and what stands in it: `2 (corrigendum)`."""
    standing = said(language, lambda: _kind(edition))
    number = str(edition.number)
    return said(language, lambda: _("Edition")), f"{number} ({standing})" if standing else number


def sheet_name(edition: Edition, language: FileLanguage) -> str:
    """The name of the sheet of rows, its standing in it: at most 31 characters, no `/`."""
    both = language == "both"
    said_of = said("ar" if both else language, lambda: _kind(edition))
    name = said("ar" if both else language, lambda: _("Response matrix"))
    return f"{name} ({said_of})"[:31] if said_of else name


def _kind(edition: Edition) -> str:
    if edition.interim:
        return _("interim, incomplete")
    return _("corrigendum") if edition.corrigendum else ""


def standing(edition: Edition, language: FileLanguage) -> Standing:
    """All the words around the rows of an edition. Needs an application context."""

    def all_of(speak: Callable[[], str], between: str = " / ") -> str:
        return said(language, speak, between)

    def picked(text: Bilingual) -> str:
        return apart(safe(text.pick(each)) for each in spoken(language))

    return Standing(
        heading=all_of(lambda: _("Response matrix")),
        title=picked(edition.title),
        body=picked(edition.body),
        edition=all_of(lambda: _("Edition %(number)s", number=edition.number)),
        published=all_of(lambda: _published(edition), "\n"),
        mark=all_of(lambda: _mark(edition), "\n"),
        reason=safe(edition.reason),
        counts=_counts(edition, language),
        dispositions=_parts(edition, language, "dispositions", Disposition),
        classes=_parts(edition, language, "classes", SenderClass),
        not_a_vote=all_of(
            lambda: _(
                "Commenting is not a vote. A sender who leaves neither name nor address is counted "
                "once for each sending."
            ),
            "\n",
        ),
        labels={name: all_of(speak) for name, speak in LABELS.items()},
        digest=edition.digest,
        address=edition.address(language),
        page=said(
            "en" if language == "en" else "ar",
            lambda: _("Page %(page)s of %(pages)s", page="{0}", pages="{1}"),
        ),
        footer=": ".join(edition_words(edition, language)),
    )


LABELS: dict[str, Callable[[], str]] = {
    "dispositions": lambda: _("Dispositions"),
    "classes": lambda: _("Classes of submitter"),
    "counts": lambda: _("Numbers"),
    "reason": lambda: _("Reason"),
    "fingerprint": lambda: _("Fingerprint of the rows"),
    "address": lambda: _("Address"),
    "signed": lambda: _("Adopted by"),
    "name": lambda: _("Name"),
    "office": lambda: _("Office"),
    "signature": lambda: _("Signature"),
    "date": lambda: _("Date"),
    "summary": lambda: _("Summary"),
    "key": lambda: _("Key"),
    "differences": lambda: _("What changed"),
    "code": lambda: _("Code"),
    "word": lambda: _("In words"),
    "meaning": lambda: _("Meaning"),
    "number": lambda: _("How many"),
    "share": lambda: _("Share"),
    "published": lambda: _("Published on"),
    "consultation": lambda: _("Consultation"),
    "body": lambda: _("Public body"),
    "edition": lambda: _("Edition"),
}


def _published(edition: Edition) -> str:
    return _("Published on %(moment)s, Amman time", moment=datetime_words(edition.published_at))


def _mark(edition: Edition) -> str:
    if edition.interim:
        return _("Interim edition: incomplete. The study goes on, and answers may still change.")
    if edition.corrigendum:
        return _("Corrigendum: this edition corrects the one before it.")
    return ""


def _counts(edition: Edition, language: FileLanguage) -> tuple[Count, ...]:
    words: dict[str, Callable[[], str]] = {
        "received": lambda: _("Comments received"),
        "distinct_texts": lambda: _("Distinct texts"),
        "distinct_senders": lambda: _("Distinct senders"),
        "provisions_changed": lambda: _("Provisions changed because of comments"),
    }
    return tuple(
        Count(said(language, speak), edition.counts[name])
        for name, speak in words.items()
        if name in edition.counts
    )


def _parts(
    edition: Edition, language: FileLanguage, name: str, codes: Iterable[Disposition | SenderClass]
) -> tuple[Count, ...]:
    """Every code that was given, in the order of its list."""
    found: dict[str, int] = edition.counts.get(name, {})
    whole = sum(found.values())

    def part(code: Disposition | SenderClass) -> Count:
        words = said(language, lambda: str(label(code)))
        return Count(words, found[code], _share(found[code], whole))

    return tuple(part(code) for code in codes if found.get(code))


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole)
