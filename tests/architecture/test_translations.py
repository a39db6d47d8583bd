"""Every word on the screens is in Arabic: whole, current, with the same things filled in."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import cache
from gettext import GNUTranslations
from typing import NamedTuple

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config import ROOT

CATALOG = ROOT / "translations" / "ar" / "LC_MESSAGES" / "messages.po"
FILLED_IN = re.compile(r"%\((\w+)\)[sd]")
MARKS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None}
FORMS = ("zero", "one", "two", "few", "many", "other")
# Arabic says none, one and two without a figure.
WITHOUT_FIGURE = FORMS[:3]


class Message(NamedTuple):
    """A message of the catalogue: one text or, for a number, singular and plural; its Arabic."""

    ids: tuple[str, ...]
    arabic: tuple[str, ...]
    fuzzy: bool


@cache
def marked() -> frozenset[tuple[str, ...]]:
    """The messages in the code and the templates."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    rows = extract_from_dir(str(ROOT), methods, options, keywords=MARKS)
    return frozenset(_several(row[2]) for row in rows)


@cache
def catalog() -> Catalog:
    with CATALOG.open("rb") as file:
        return read_po(file, locale="ar", abort_invalid=True)


@cache
def messages() -> tuple[Message, ...]:
    each = (entry for entry in catalog() if entry.id)
    return tuple(Message(_several(m.id), _several(m.string), m.fuzzy) for m in each)


def _several(texts: str | Sequence[str] | None) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def test_the_catalogue_holds_what_the_screens_say_and_nothing_else() -> None:
    translated = {message.ids for message in messages()}
    assert sorted(marked() - translated) == []
    assert sorted(translated - marked()) == []
    assert list(catalog().obsolete) == []


def test_every_message_is_translated_in_all_its_forms() -> None:
    lacking = [
        message.ids[0]
        for message in messages()
        if message.fuzzy
        or not all(message.arabic)
        or len(message.arabic) != (len(FORMS) if len(message.ids) > 1 else 1)
    ]
    assert lacking == []


def test_a_translation_fills_in_what_the_message_does() -> None:
    differing = []
    for message in messages():
        known = {name for each in message.ids for name in FILLED_IN.findall(each)}
        for form, text in zip(FORMS, message.arabic, strict=False):
            unsaid = {"num"} if form in WITHOUT_FIGURE and len(message.ids) > 1 else set()
            if not known - unsaid <= set(FILLED_IN.findall(text)) <= known:
                differing.append(text or message.ids[0])
    assert differing == []


@pytest.mark.parametrize("number", [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111, 200])
def test_the_catalogue_counts_as_arabic_does(number: int) -> None:
    """CLDR's order of forms; Babel's own formula would take the form of 100 for 11 days."""
    compiled = io.BytesIO()
    write_mo(compiled, catalog())
    arabic = GNUTranslations(io.BytesIO(compiled.getvalue()))
    form = FORMS.index(Locale("ar").plural_form(number))
    counted = [message for message in messages() if len(message.ids) > 1 and all(message.arabic)]
    assert counted
    for message in counted:
        singular, plural = message.ids
        assert arabic.ngettext(singular, plural, number) == message.arabic[form]
