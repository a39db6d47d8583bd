"""What a file of a draft says of itself: whose, which, when; and the words it says it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from flask_babel import force_locale
from flask_babel import gettext as _

from portal.domain.bilingual import Bilingual
from portal.domain.drafts import DocumentKind
from portal.formats.dates import date_short

# The law alone, or with its translation beside it.
FileLanguage = Literal["ar", "both"]
_RUNNING = 60
_NOTHING = Bilingual("")


@dataclass(frozen=True, slots=True)
class About:
    """A version of a document, or (`version` 0) a file that belongs to none.

    `title` is the document's; `day` that of publication, or of writing where it is not published;
    `slug`, `document` and `version` name it in the portal, `url` is its page. `begun` is
    the day of the first version, by which the document is known through all of them.
    """

    title: Bilingual
    day: date
    kind: DocumentKind = DocumentKind.LAW
    body: Bilingual = _NOTHING
    body_slug: str = ""
    consultation: Bilingual = _NOTHING
    slug: str = ""
    document: int = 1
    version: int = 0
    published: bool = False
    url: str = ""
    begun: date | None = None

    def file_name(self, extension: str, lang: FileLanguage = "ar") -> str:
        """Every download names its consultation, document, version and date."""
        beside = "-ar-en" if lang == "both" else ""
        state = "" if self.published else "-unpublished"
        return (
            f"{self.slug}-document-{self.document}-version-{self.version}{state}"
            f"-{self.day.isoformat()}{beside}.{extension}"
        )


class Words(NamedTuple):
    """The words around a draft's text, in one language; empty where there is nothing to say."""

    title: str
    running: str
    body: str
    consultation: str
    dated: str
    page: str


def words(about: About, title: str, language: Literal["ar", "en"]) -> Words:
    """Title (the draft's own, where it has one; `running` is short), whose, which, which page.

    `page` has `{0}` for the number and `{1}` for how many there are.
    """
    full = title or about.title.pick(language)
    with force_locale(language):
        return Words(
            title=full,
            running=_short(full),
            body=about.body.pick(language),
            consultation=about.consultation.pick(language),
            dated=_dated(about),
            page=_("Page %(page)s of %(pages)s", page="{0}", pages="{1}"),
        )


def _short(title: str) -> str:
    """A title that fits on one line with other words."""
    if len(title) <= _RUNNING:
        return title
    return f"{title[: _RUNNING - 1].rsplit(' ', 1)[0]}…"


def _dated(about: About) -> str:
    if not about.version:
        return ""
    number, day = about.version, date_short(about.day)
    if about.published:
        return _("Version %(number)s, published %(day)s", number=number, day=day)
    return _("Version %(number)s, not yet published, %(day)s", number=number, day=day)
