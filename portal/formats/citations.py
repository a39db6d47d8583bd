"""A provision's place in words: المادة 4/ب/2, Article 4(b)(2)."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.domain.citations import Step, arabic_letter, is_gone, steps
from portal.domain.drafts import ProvisionKind
from portal.formats.dates import language

NAMED = {
    ProvisionKind.PART: _l("Part %(number)s"),
    ProvisionKind.CHAPTER: _l("Chapter %(number)s"),
    ProvisionKind.SECTION: _l("Section %(number)s"),
    ProvisionKind.ARTICLE: _l("Article %(number)s"),
    ProvisionKind.PARAGRAPH: _l("Paragraph %(number)s"),
    ProvisionKind.POINT: _l("Point %(number)s"),
    ProvisionKind.TEXT: _l("Text %(number)s"),
    ProvisionKind.ANNEX: _l("Annex %(number)s"),
    ProvisionKind.TABLE: _l("Table %(number)s"),
}
INSIDE = frozenset({ProvisionKind.PARAGRAPH, ProvisionKind.POINT})


def cite(eid: str | None) -> str:
    """Where `eid` stands, in the language words are being put in; nothing for no id."""
    words = ""
    for step in steps(eid or ""):
        words = _with(words, step)
    return _("%(place)s (removed)", place=words) if words and is_gone(eid or "") else words


def named(kind: ProvisionKind, number: str) -> str:
    """A provision by its kind and number alone: المادة 4."""
    return str(NAMED[kind]) % {"number": number}


def _with(words: str, step: Step) -> str:
    number = _number(step)
    if words and step.kind in INSIDE:
        return f"{words}/{number}" if language() == "ar" else f"{words}({number})"
    named = str(NAMED[step.kind]) % {"number": number}
    return f"{words}{'، ' if language() == 'ar' else ', '}{named}" if words else named


def _number(step: Step) -> str:
    arabic = step.kind is ProvisionKind.PARAGRAPH and language() == "ar"
    number = arabic_letter(step.number) if arabic else step.number
    if step.repeat == 1:
        return number
    return _("%(number)s (repeated, %(time)s)", number=number, time=step.repeat)
