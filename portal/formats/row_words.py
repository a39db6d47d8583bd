"""A frozen row as plain text, column by column, in Arabic, English or both.

Every word that a row may need is looked up once: a file of 100,000 rows asks for none again. What
deceives or cannot be printed stands as its code, so that every format holds the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from portal.domain.bilingual import LANGUAGES, Bilingual, Language
from portal.domain.grounds import Ground
from portal.domain.matrices import COLUMNS
from portal.formats.citations import cite
from portal.formats.columns import CODES, TITLES
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


@lru_cache(maxsize=20_000)
def _cited(eid: str, language: Language) -> str:
    with force_locale(language):
        return cite(eid)


def cited(eid: str, words: RowWords) -> str:
    """A provision's place in the languages of `words`."""
    return apart(_cited(eid, each.language) for each in words.spoken)


def safe(text: str) -> str:
    """`text` as every file may hold it; most texts are as they were, and that is quickly seen."""
    return text if text.isprintable() else shown(text)


def apart(said: Iterable[str], between: str = "\n") -> str:
    """What was said in each language, once where it is the same."""
    return between.join(dict.fromkeys(each for each in said if each))


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

    def text(self, cells: Cells, column: str) -> str:
        """One column of a row."""
        return self._readers[COLUMNS.index(column)](cells)

    def _reader(self, column: str) -> Reader:
        special: dict[str, Reader] = {
            "document": lambda cells: self.bilingual(cells["document"]),
            "version": lambda cells: str(cells["version"] or ""),
            "provision": self.place,
            "response": lambda cells: self.bilingual(cells["response"]),
            "place_of_change": self._places,
            "received": self._received,
            "decided": _day,
        }
        if column in special:
            return special[column]
        if column in PIECES:
            return lambda cells: self._pieces(cells[column])
        if column in LINES:
            return lambda cells: "\n".join(map(safe, cells[column]))
        if column in CODES:
            words = self._codes[column]
            none = apart((each.unanswered for each in self.spoken), " / ")
            return lambda cells: words[cells[column]] if cells[column] else none
        return lambda cells: safe(str(cells[column] or ""))

    def _code(self, column: str, code: str) -> str:
        return apart((each.codes[column][code] for each in self.spoken), " / ")

    def _pieces(self, kept: list[Any]) -> str:
        if len(kept) == 1 and isinstance(kept[0], str):
            return safe(kept[0])
        return "".join(safe(each) if isinstance(each, str) else self._mask(each) for each in kept)

    def _mask(self, each: Mapping[str, Any]) -> str:
        return f"[{apart((words.mask(each) for words in self.spoken), ' / ')}]"

    def bilingual(self, value: Mapping[str, str] | None) -> str:
        """A two-language text in the language asked for, or one under the other."""
        if not value:
            return ""
        both = Bilingual(value["ar"], value["en"])
        return apart(safe(both.pick(each.language)) for each in self.spoken)

    def place(self, cells: Cells) -> str:
        """What the comment is about: a provision, a place in the source's words, or the whole."""
        if cells["provision"]:
            return cited(cells["provision"], self)
        if cells["place"]:
            return safe(str(cells["place"]))
        whole = "document" if cells["document"] else "consultation"
        return apart(getattr(each, whole) for each in self.spoken)

    def _places(self, cells: Cells) -> str:
        """Each cited change: `Article 4(a), version 2`."""
        return "\n".join(
            words.changed % {"place": _cited(at["eid"], words.language), "version": at["version"]}
            for at in cells["place_of_change"]
            for words in self.spoken
        )

    def _received(self, cells: Cells) -> str:
        # Sortable in a spreadsheet, and read back by an import; on Amman's clock.
        moment = in_amman(datetime.fromisoformat(cells["received"]))
        words = moment.replace(tzinfo=None).isoformat(" ", "minutes")
        if not cells["late"]:
            return words
        return f"{words} ({apart((each.late for each in self.spoken), ' / ')})"


def _day(cells: Cells) -> str:
    if not cells["decided"]:
        return ""
    return in_amman(datetime.fromisoformat(cells["decided"])).date().isoformat()
