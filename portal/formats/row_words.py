"""A frozen row as plain text, column by column, in Arabic, English or both.

Every word that a row may need is looked up once: a file of 100,000 rows asks for none again. What
deceives or cannot be printed stands as its code, so that every format holds the same words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from portal.domain.bilingual import LANGUAGES, Language
from portal.domain.grounds import Ground
from portal.domain.matrices import COLUMNS
from portal.formats.citations import cite
from portal.formats.columns import CODES, TITLES, files_words
from portal.formats.dates import in_amman
from portal.formats.draft_files.shown import shown
from portal.formats.labels import label

Cells = dict[str, Any]
Reader = Callable[[Cells], str]
PIECES = ("quoted_text", "comment", "proposed_text", "grounds")
LINES = ("text_before", "text_after", "committee_opinion")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words for every code, in one language."""

    language: Language
    titles: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    grounds: Mapping[str, str]
    masked: str
    late: str
    changed: str
    document: str
    consultation: str
    unanswered: str

    @property
    def comma(self) -> str:
        return "، " if self.language == "ar" else ", "

    def mask(self, each: Mapping[str, Any]) -> str:
        """What stands in the place of masked words, without its brackets."""
        grounds = (each["mask"], *each.get("also", ()))
        said = self.comma.join(self.grounds[ground].lower() for ground in grounds)
        return self.masked % {"ground": said}


def vocabulary(language: Language) -> Vocabulary:
    """Look up all words in `language`. Needs an application context."""
    with force_locale(language):
        return Vocabulary(
            language=language,
            titles={column: str(TITLES[column]) for column in COLUMNS},
            codes={
                column: {code.value: str(label(code)) for code in codes}
                for column, codes in CODES.items()
            },
            grounds={ground.value: str(label(ground)) for ground in Ground},
            masked=_("[masked: %(ground)s]", ground="%(ground)s")[1:-1],
            late=_("Late").lower(),
            changed=_("%(place)s, version %(version)s", place="%(place)s", version="%(version)s"),
            document=_("The whole document"),
            consultation=_("The whole consultation"),
            unanswered=_("Not answered yet"),
        )


# The same moments, places and provisions stand in thousands of rows.
_REMEMBERED = lru_cache(maxsize=20_000)


@_REMEMBERED
def _cited(eid: str, language: Language) -> str:
    with force_locale(language):
        return cite(eid)


def cited(eid: str, words: RowWords) -> str:
    """A provision's place in the languages of `words`."""
    return apart([_cited(eid, each.language) for each in words.spoken])


@_REMEMBERED
def _clock(moment: str) -> str:
    """A moment (ISO 8601) on Amman's clock: sortable in a spreadsheet, read back by an import."""
    return str(in_amman(datetime.fromisoformat(moment)))[:16]


@_REMEMBERED
def _counted(counts: str, language: Language) -> str:
    """The counts of files (as JSON, which can be remembered) in one language."""
    with force_locale(language):
        return files_words(json.loads(counts))


def safe(text: str) -> str:
    """`text` as every file may hold it; most texts are as they were, and that is quickly seen."""
    return text if text.isprintable() else shown(text)


def apart(said: Iterable[str], between: str = "\n") -> str:
    """What was said in each language, once where it is the same."""
    return between.join(dict.fromkeys(filter(None, said)))


class RowWords:
    """Says rows in one language or in both, Arabic first."""

    def __init__(self, language: str) -> None:
        wanted = LANGUAGES if language == "both" else (language,)
        self.spoken = tuple(vocabulary(each) for each in LANGUAGES if each in wanted)
        self.from_right = language != "en"
        self.titles = {
            column: apart((each.titles[column] for each in self.spoken), " / ")
            for column in COLUMNS
        }
        self._codes = {
            column: {code: self._code(column, code) for code in self.spoken[0].codes[column]}
            for column in CODES
        }
        self._readers = [self._reader(column) for column in COLUMNS]

    def texts(self, cells: Cells) -> list[str]:
        """Every column of a row, in their order."""
        return [read(cells) for read in self._readers]

    def _reader(self, column: str) -> Reader:
        """How a column of a row is said."""
        special: dict[str, Reader] = {
            "document": lambda cells: self.bilingual(cells["document"]),
            "version": lambda cells: str(cells["version"] or ""),
            "provision": self.place,
            "response": lambda cells: self.bilingual(cells["response"]),
            "place_of_change": self._places,
            "received": self._received,
            "files": self._files,
            "decided": lambda cells: _clock(cells["decided"])[:10] if cells["decided"] else "",
        }
        if column in special:
            return special[column]
        if column in PIECES:
            return lambda cells: self._pieces(cells[column]) if cells[column] else ""
        if column in LINES:
            return lambda cells: "\n".join(map(safe, cells[column])) if cells[column] else ""
        if column in CODES:
            words, none = self._codes[column], self._all("unanswered", " / ")
            return lambda cells: words[cells[column]] if cells[column] else none
        return lambda cells: safe(str(cells[column])) if cells[column] else ""

    def _all(self, name: str, between: str = "\n") -> str:
        """A word of the vocabulary in each language."""
        return apart((getattr(each, name) for each in self.spoken), between)

    def _code(self, column: str, code: str) -> str:
        return apart((each.codes[column][code] for each in self.spoken), " / ")

    def _pieces(self, kept: list[Any]) -> str:
        return "".join([safe(each) if isinstance(each, str) else self._mask(each) for each in kept])

    def _mask(self, each: Mapping[str, Any]) -> str:
        return f"[{apart((words.mask(each) for words in self.spoken), ' / ')}]"

    def bilingual(self, value: Mapping[str, str] | None) -> str:
        """A two-language text in the language asked for, or one under the other."""
        if not value:
            return ""
        ar, en = safe(value["ar"]), safe(value["en"])
        picked = [en if each.language == "en" and en else ar for each in self.spoken]
        return picked[0] if len(picked) == 1 else apart(picked)

    def place(self, cells: Cells) -> str:
        """What the comment is about: a provision, a place in the source's words, or the whole."""
        if cells["provision"]:
            return cited(cells["provision"], self)
        if cells["place"]:
            return safe(str(cells["place"]))
        return self._all("document" if cells["document"] else "consultation")

    def _places(self, cells: Cells) -> str:
        """Each cited change: `Article 4(a), version 2`."""
        return "\n".join(
            [
                words.changed
                % {"place": _cited(at["eid"], words.language), "version": at["version"]}
                for at in cells["place_of_change"]
                for words in self.spoken
            ]
        )

    def _files(self, cells: Cells) -> str:
        """What became of the files sent with it; an edition of before does not say."""
        if not cells.get("files"):
            return ""
        counts = json.dumps(cells["files"])
        return apart((_counted(counts, each.language) for each in self.spoken), " / ")

    def _received(self, cells: Cells) -> str:
        words = _clock(cells["received"])
        return f"{words} ({self._all('late', ' / ')})" if cells["late"] else words
