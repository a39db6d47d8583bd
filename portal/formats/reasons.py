"""What fills the placeholders of a template of reasons, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import force_locale

from portal.domain.bilingual import LANGUAGES, Bilingual, Language
from portal.domain.reason_templates import Placeholder
from portal.domain.row_refs import RowRef
from portal.formats.citations import cite

MOST = 3  # of more, no sentence would be made
Values = Mapping[Language, Mapping[Placeholder, str]]


def values_of(
    refs: Sequence[RowRef],
    eids: Sequence[str],
    documents: Sequence[Bilingual],
    consultation: Bilingual,
    body: Bilingual,
) -> Values:
    """By language, the words for each placeholder; empty where there are too many or none."""
    found: dict[Language, Mapping[Placeholder, str]] = {}
    for language in LANGUAGES:
        comma = "، " if language == "ar" else ", "
        with force_locale(language):
            found[language] = {
                Placeholder.PROVISION: _joined(comma, [cite(eid) for eid in eids]),
                Placeholder.DOCUMENT: _joined(comma, [each.pick(language) for each in documents]),
                Placeholder.CONSULTATION: consultation.pick(language),
                Placeholder.REFERENCE: _joined(comma, [str(ref) for ref in refs]),
                Placeholder.BODY: body.pick(language),
            }
    return found


def _joined(comma: str, words: Sequence[str]) -> str:
    unique = list(dict.fromkeys(words))
    return comma.join(unique) if len(unique) <= MOST else ""
