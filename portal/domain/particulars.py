"""What staff write about a consultation and its documents, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from portal.domain.bilingual import Bilingual
from portal.domain.errors import DomainError
from portal.domain.text import check_words

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
TITLE_LIMIT = 300
DOCUMENT_TITLE_LIMIT = 500
SLUG_LIMIT = 80
YEARS = (2000, 2100)
TEXT_LIMIT = 10_000
NOTHING = Bilingual("")


@dataclass(frozen=True, slots=True)
class Particulars:
    """What staff write about a consultation. `moderated_after`: comments are shown on arrival."""

    title: Bilingual
    opens_at: datetime
    closes_at: datetime
    purpose: Bilingual = NOTHING
    negotiable: Bilingual = NOTHING
    fixed: Bilingual = NOTHING
    contact: str = ""
    moderated_after: bool = False


def check_slug(slug: str) -> list[DomainError]:
    """The name in addresses: small Latin letters, digits, single hyphens between them."""
    if len(slug) <= SLUG_LIMIT and _SLUG.fullmatch(slug):
        return []
    return [DomainError("slug_bad", field="slug")]


def check_particulars(particulars: Particulars) -> list[DomainError]:
    """All that is wrong with what was written, each about its field."""
    found: list[DomainError] = []
    if not particulars.title.ar.strip():
        found.append(DomainError("title_missing", field="title_ar"))
    for field in ("opens_at", "closes_at"):
        found += check_year(getattr(particulars, field), field)
    if particulars.closes_at <= particulars.opens_at:
        found.append(DomainError("period_backwards", field="closes_at"))
    for name in ("title", "purpose", "negotiable", "fixed"):
        limit = TITLE_LIMIT if name == "title" else TEXT_LIMIT
        words: Bilingual = getattr(particulars, name)
        for language, text in words._asdict().items():
            found += check_words(text, f"{name}_{language}", limit)
    return found + check_words(particulars.contact, "contact", TITLE_LIMIT)


def check_year(moment: datetime, field: str) -> list[DomainError]:
    """A slip of the keyboard makes the year 202 or 20261 of 2026."""
    first, last = YEARS
    if first <= moment.year <= last:
        return []
    return [DomainError("year_far", field=field, first=first, last=last)]


def check_title(title: Bilingual) -> list[DomainError]:
    """The title of a document."""
    found = [] if title.ar.strip() else [DomainError("title_missing", field="title_ar")]
    for language, text in title._asdict().items():
        found += check_words(text, f"title_{language}", DOCUMENT_TITLE_LIMIT)
    return found
