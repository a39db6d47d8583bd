"""The words of a spreadsheet of answers: headings, decisions and places, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.domain.answer_sheets import COLUMNS, READ_COLUMNS, TOKEN, Words, folded
from portal.domain.bilingual import LANGUAGES
from portal.domain.citations import once
from portal.domain.matrices import Place
from portal.domain.responses import Disposition
from portal.formats.citations import cite
from portal.formats.columns import TITLES as MATRIX_TITLES
from portal.formats.labels import label

_EID = re.compile(r"[a-z]+_\S+")
TITLES = {
    **{name: MATRIX_TITLES[name] for name in READ_COLUMNS if name in MATRIX_TITLES},
    "group": _l("Says the same as"),
    "status": _l("Response now"),
    "disposition": _l("Decision"),
    "reason_ar": _l("Reasons, in Arabic"),
    "reason_en": _l("Reasons, in English"),
    "places": _l("Places of change"),
    "covered_by": _l("Covered by the provision"),
    "until": _l("Deferred until when, or to what"),
    "body": _l("Body concerned, or referred to"),
    "duplicate_of": _l("Repeats the comment"),
    TOKEN: _l("For the import (leave as it is)"),
}


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place of change and what its words are made of."""

    place: Place
    document: int
    version: int

    def words(self, *, several: bool) -> str:
        """`Article 4(a), version 2`, with the number of its document where there are several."""
        named = _(
            "%(place)s, version %(version)s", place=cite(self.place.eid), version=self.version
        )
        if not several:
            return named
        return _("Document %(number)s: %(place)s", number=self.document, place=named)


def covering_words(value: str) -> str:
    """The provision that covers a comment: `Article 4(a)`, with its document where it says one.

    What an earlier import took down in other words stands as it is.
    """
    eid, _at, document = value.partition("@")
    if not _EID.fullmatch(eid):
        return value
    place = cite(eid)
    return _("Document %(number)s: %(place)s", number=document, place=place) if document else place


def words_of(places: Iterable[PlaceName], covering: Iterable[str] = ()) -> Words:
    """What a file may say, in either language, by code too; folded."""
    places, covering = tuple(places), tuple(covering)
    several = len({each.document for each in places}) > 1
    headings = {code: code for code in COLUMNS}
    dispositions = {each.value: each for each in Disposition}
    named: dict[str, Place] = {}
    covers = {folded(value): value for value in covering}
    titles: dict[str, str] = {}
    for lang in LANGUAGES:
        with force_locale(lang):
            titles |= {
                c: f"{titles[c]} · {t}" if c in titles else str(t) for c, t in TITLES.items()
            }
            headings |= {folded(str(words)): code for code, words in TITLES.items()}
            dispositions |= {folded(str(label(each))): each for each in Disposition}
            for each in places:
                named.setdefault(folded(each.words(several=several)), each.place)
                named.setdefault(folded(once(each.place.eid)), each.place)
            for value in covering:
                covers.setdefault(folded(covering_words(value)), value)
    return Words(headings, titles, dispositions, named, covers)
