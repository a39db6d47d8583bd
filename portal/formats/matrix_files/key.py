"""The key of a matrix: its columns and codes with their words and meanings, by language."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from portal.domain.bilingual import LANGUAGES, Language
from portal.domain.comments import CommentType, Publication
from portal.domain.grounds import Ground
from portal.domain.matrices import COLUMNS
from portal.domain.responses import Disposition
from portal.domain.submissions import Channel, SenderClass
from portal.formats.columns import TITLES
from portal.formats.grounds import explained
from portal.formats.labels import label
from portal.formats.matrix_files.edition import FileLanguage
from portal.formats.matrix_files.key_words import CODE_MEANS, COLUMN_MEANS
from portal.formats.row_words import apart

# The column a list of codes belongs to; grounds stand in the comment itself.
LISTS: tuple[tuple[str, type[StrEnum]], ...] = (
    ("disposition", Disposition),
    ("publication", Publication),
    ("ground", Ground),
    ("comment_type", CommentType),
    ("submitter_class", SenderClass),
    ("channel", Channel),
)


class Entry(NamedTuple):
    """A column or code: in data, in words, and what it means (empty where the word says it)."""

    code: str
    words: str
    meaning: str


class Section(NamedTuple):
    """A list of the key; `name` is the column it belongs to, or `columns`, or `ground`."""

    name: str
    title: str
    entries: tuple[Entry, ...]


def key(language: FileLanguage) -> tuple[Section, ...]:
    """The columns, then every list of codes; in both languages with Arabic first."""
    spoken = LANGUAGES if language == "both" else (language,)
    return tuple(_together(same) for same in zip(*map(key_in, spoken), strict=True))


def key_in(language: Language) -> tuple[Section, ...]:
    """The key in one language. Needs an application context."""
    with force_locale(language):
        columns = (
            Entry(column, str(TITLES[column]), str(COLUMN_MEANS[column])) for column in COLUMNS
        )
        lists = (
            Section(name, _title(name), tuple(_entry(code) for code in codes))
            for name, codes in LISTS
        )
        return (Section("columns", _("Columns"), tuple(columns)), *lists)


def _title(name: str) -> str:
    return _("Grounds of moderation") if name == "ground" else str(TITLES[name])


def _entry(code: StrEnum) -> Entry:
    return Entry(code.value, str(label(code)), str(_means(code)))


def _means(code: StrEnum) -> LazyString | str:
    return explained(code) if isinstance(code, Ground) else CODE_MEANS.get(code, "")


def _together(same: tuple[Section, ...]) -> Section:
    entries = zip(*(each.entries for each in same), strict=True)
    return Section(
        same[0].name,
        apart((each.title for each in same), " / "),
        tuple(
            Entry(
                one[0].code,
                apart((each.words for each in one), " / "),
                apart(each.meaning for each in one),
            )
            for one in entries
        ),
    )
