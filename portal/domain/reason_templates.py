"""Templates of reasons that a body keeps: words with placeholders that a comment fills in.

A placeholder is a name in braces, `{provision}` or `{الحكم}`: both names mean the same in either
language. One that has nothing to stand for stays as it is, so that it is seen and written over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from portal.domain.errors import DomainError
from portal.domain.text import check_words

TITLE_LIMIT, TEXT_LIMIT = 120, 5_000


class Placeholder(StrEnum):
    """What a template may leave open."""

    PROVISION = "provision"
    DOCUMENT = "document"
    CONSULTATION = "consultation"
    REFERENCE = "reference"
    BODY = "body"


NAMES: dict[Placeholder, str] = {
    Placeholder.PROVISION: "الحكم",
    Placeholder.DOCUMENT: "الوثيقة",
    Placeholder.CONSULTATION: "الاستشارة",
    Placeholder.REFERENCE: "المرجع",
    Placeholder.BODY: "الجهة",
}
_BY_NAME = {**{each.value: each for each in Placeholder}, **{n: p for p, n in NAMES.items()}}
_BRACES = re.compile(r"\{\s*([^{}\s]{1,40})\s*\}")


def fill(text: str, values: Mapping[Placeholder, str]) -> str:
    """`text` with every placeholder that has a value in its place."""

    def value(found: re.Match[str]) -> str:
        placeholder = _BY_NAME.get(found[1])
        return (values.get(placeholder, "") if placeholder else "") or found[0]

    return _BRACES.sub(value, text)


def left_open(text: str) -> str:
    """The first placeholder that still stands in `text`, with its braces; empty where none does."""
    for found in _BRACES.finditer(text):
        if found[1] in _BY_NAME:
            return found[0]
    return ""


def unknown(text: str) -> str:
    """The first name in braces that is no placeholder; empty where there is none."""
    for found in _BRACES.finditer(text):
        if found[1] not in _BY_NAME:
            return found[0]
    return ""


def template_faults(title: str, text_ar: str, text_en: str) -> list[DomainError]:
    """All that keeps a template from being kept, in the order of its form."""
    found: list[DomainError] = []
    if not title.strip():
        found.append(DomainError("template_title_missing", field="title"))
    if not text_ar.strip() and not text_en.strip():
        found.append(DomainError("template_empty", field="text_ar"))
    limits = (("title", title, TITLE_LIMIT),)
    for field, text, limit in (
        *limits,
        ("text_ar", text_ar, TEXT_LIMIT),
        ("text_en", text_en, TEXT_LIMIT),
    ):
        found.extend(check_words(text, field, limit))
        if field != "title" and (name := unknown(text)):
            found.append(DomainError("placeholder_unknown", field=field, name=name))
    return found
