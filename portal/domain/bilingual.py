"""A text in the two languages of the portal."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["ar", "en"]
LANGUAGES: tuple[Language, ...] = ("ar", "en")


class Bilingual(NamedTuple):
    """Arabic is always there; English may be empty and then Arabic is shown, marked as Arabic."""

    ar: str
    en: str = ""

    def pick(self, language: str) -> str:
        """The words in `language`, or the Arabic ones where there are none."""
        return self.en if language == "en" and self.en else self.ar

    def language(self, wanted: str) -> Language:
        """The language that `pick` really gives."""
        return "en" if wanted == "en" and self.en else "ar"
