"""What a file of the matrix says of itself: whose, which, when, how many; and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from portal.domain.bilingual import Bilingual
from portal.domain.editions import RowDifference
from portal.formats.dates import in_amman
from portal.formats.links import link

FileLanguage = Literal["ar", "en", "both"]
FILE_LANGUAGES: tuple[FileLanguage, ...] = ("ar", "en", "both")
Cells = dict[str, Any]
# Called for each pass over the rows: big editions are read in portions, never held whole.
Rows = Callable[[], Iterator[Cells]]


# Called for each pass over what a corrigendum changes in the edition before.
Changes = Callable[[], Iterator[RowDifference]]

NOBODY = Bilingual("")


def unchanged() -> Iterator[RowDifference]:
    """The differences of an edition that corrects none."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition as its files know it.

    `corrects` is the number of the edition that it corrects, and `reason` why; `interim` says that
    the study goes on and the rows are not all answered; `body` whose consultation it is. `changes`
    reads what a corrigendum changes, row by row: it follows from the rows of both editions, and
    tells no edition from another.
    """

    slug: str
    title: Bilingual
    number: int
    reason: str
    published_at: datetime
    counts: dict[str, Any]
    digest: str
    interim: bool = False
    corrects: int | None = None
    body: Bilingual = NOBODY
    changes: Changes = field(default=unchanged, repr=False, compare=False)

    def address(self, language: FileLanguage = "ar") -> str:
        """Its page, in Arabic where the file is in both. Needs an application context."""
        page = link("en" if language == "en" else "ar")
        return page("public.matrix", slug=self.slug, edition=self.number)

    @property
    def rows(self) -> int:
        """How many rows it has at least: a comment that was split has several, each answered."""
        answered = sum(self.counts.get("dispositions", {}).values())
        return max(int(self.counts.get("received", 0)), answered)

    @property
    def corrigendum(self) -> bool:
        """Does it correct an edition before it?"""
        return self.corrects is not None

    def file_name(self, extension: str, language: FileLanguage = "ar") -> str:
        """Every download names its consultation, edition and date, and its standing."""
        day = in_amman(self.published_at).date().isoformat()
        standing = "-interim" if self.interim else "-corrigendum" if self.corrigendum else ""
        spoken = "ar-en" if language == "both" else language
        return f"{self.slug}-matrix-edition-{self.number}{standing}-{day}-{spoken}.{extension}"
