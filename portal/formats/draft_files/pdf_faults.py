"""Faults that text of Arabic PDF files is known for, pointed out where they stand."""

from __future__ import annotations

import re
import unicodedata

from portal.domain.draft_tree import DraftWarning
from portal.domain.text import latin_digits

_FORMS = re.compile("[\ufb50-\ufd3d\ufd40-\ufdff\ufe70-\ufefc]+")
_PREFIX = "[وفبكل]{0,2}"
_ALEF = "[اأإآ]"
# Lam-alef ligatures that come out as alef-lam: `االستشارة`, `األحكام`, `لألحكام`, `إال`, `خالل`.
_LAM_ALEF = re.compile(
    rf"(?<!\w)(?:{_PREFIX}ا{_ALEF}ل\w+|ل[أإآ]ل\w{{2,}}|و?[إأ]ال|\w{{0,2}}خالل\w*|\w*[^\W\dا]األ\w+)(?!\w)"
)
_BRACKETS = re.compile(
    r"(?<![^\s،.:])[)\]][^()\[\]\n]{1,60}[(\[](?!\w)|\w+[\u064b-\u0652]?\((?=[\s.،:]|$)|(?<!\S)\)\w+"
)
_YEAR = re.compile(r"(?:لسنة|سنة|عام|لعام)\s+(\d{4})(?!\d)")
_YEARS = range(1850, 2151)
# No Arabic word begins with ta marbuta or alef maqsura, so such a word stands backwards.
_BACKWARDS = re.compile(r"(?<![\w\u064b-\u0652])[ةى]\w{2,}")
# A line does not end with a letter by itself: it was parted from the word before it (`نشره ف ي`).
_PARTED = re.compile(r"(?<!\S)(?!\w*(?:فقرة|بند)\s)[\w\u064b-\u0652]+ [ء-نهىي]$")
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")
_MOST = 200  # of one kind; the rest is told as a number


def without_forms(text: str) -> tuple[str, str]:
    """`text` with presentation forms as letters, and those that stood there.

    Nothing else is normalised: a full NFKC would change what the law says.
    """
    found = "".join(_FORMS.findall(text))
    if not found:
        return text, ""
    return _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form.group()), text), found


class Faults:
    """Gathers warnings, each with page and line and the words seen."""

    def __init__(self) -> None:
        self.warnings: list[DraftWarning] = []
        self._counts: dict[str, int] = {}

    def look(self, text: str, forms: str, page: int, line: int) -> None:
        """Point out what looks wrong in a line; `forms` are those that were taken out of it."""
        years = [year for year in _YEAR.findall(text) if _reversed_year(year)]
        for code, found in (
            ("pdf_lam_alef", _LAM_ALEF.findall(text)),
            ("pdf_brackets", _BRACKETS.findall(text)),
            ("pdf_digits", years),
            ("pdf_backwards", _BACKWARDS.findall(text)),
            ("pdf_parted", _PARTED.findall(text)),
            ("pdf_unreadable", _UNREADABLE.findall(text)),
            ("pdf_forms", [forms] if forms else []),
        ):
            if found:
                self._add(code, page, line, "، ".join(dict.fromkeys(found)))

    def _add(self, code: str, page: int, line: int, found: str) -> None:
        count = self._counts[code] = self._counts.get(code, 0) + 1
        if count <= _MOST:
            params = {"page": str(page), "found": found[:200]}
            self.warnings.append(DraftWarning(code, line, params))
        elif count == _MOST + 1:
            self.warnings.append(DraftWarning("pdf_more_faults", line, {"page": str(page)}))


def _reversed_year(year: str) -> bool:
    digits = latin_digits(year)
    return int(digits) not in _YEARS and int(digits[::-1]) in _YEARS
