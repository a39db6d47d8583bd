"""The summary 'we asked, you said, we did': its texts, its figures, small numbers covered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from portal.domain.errors import DomainError

FIELDS = ("asked_ar", "asked_en", "said_ar", "said_en", "did_ar", "did_en")
LIMIT = 6_000  # characters of one text: the summary is one page
FEW = 3  # senders; a smaller number of one governorate could be known by their neighbours


class Cell(NamedTuple):
    """What came from one governorate; `code` is empty where the sender did not say."""

    code: str
    comments: int
    senders: int


class Spread(NamedTuple):
    """Comments by governorate, as the public may see them.

    `shown` have a number, largest first; `few` are named without one, from each fewer than `FEW`
    senders wrote; `beside` is left out with them. `rest` are the comments of those together with
    the comments whose sender did not say.
    """

    shown: tuple[tuple[str, int], ...]
    few: tuple[str, ...]
    beside: tuple[str, ...]
    rest: int


def cover(cells: Iterable[Cell]) -> Spread:
    """Leave out the number of every governorate from which fewer than `FEW` senders wrote.

    Where one alone were left out, its number would follow from the sum: then the next smallest is
    left out with it, unless comments without a governorate are in the same remainder.
    """
    found = sorted(cells, key=lambda cell: (-cell.comments, cell.code))
    unsaid = sum(cell.comments for cell in found if not cell.code)
    named = [cell for cell in found if cell.code]
    few = [cell for cell in named if cell.senders < FEW]
    shown = [cell for cell in named if cell.senders >= FEW]
    beside = [shown.pop()] if len(few) == 1 and not unsaid and shown else []
    return Spread(
        tuple((cell.code, cell.comments) for cell in shown),
        tuple(sorted(cell.code for cell in few)),
        tuple(cell.code for cell in beside),
        unsaid + sum(cell.comments for cell in (*few, *beside)),
    )


class ArticleCount(NamedTuple):
    """Comments on one article; `article` is empty for a whole document or consultation."""

    document: int | None
    article: str
    comments: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a summary, all of one edition. The first three are always shown together."""

    received: int
    distinct_texts: int
    distinct_senders: int
    provisions_changed: int
    dispositions: Mapping[str, int]
    classes: Mapping[str, int]
    articles: tuple[ArticleCount, ...]
    spread: Spread

    def kept(self) -> dict[str, Any]:
        """As plain JSON."""
        return asdict(self)


def figures_of(kept: Mapping[str, Any]) -> Figures:
    """The figures again, from what was kept."""
    spread = kept["spread"]
    return Figures(
        **{
            **kept,
            "articles": tuple(ArticleCount(*each) for each in kept["articles"]),
            "spread": Spread(
                tuple((code, number) for code, number in spread[0]),
                tuple(spread[1]),
                tuple(spread[2]),
                spread[3],
            ),
        }
    )


def check_texts(texts: Mapping[str, str]) -> list[DomainError]:
    """What keeps the texts from being published: all six are needed, none too long."""
    found = []
    for field in FIELDS:
        if not texts[field].strip():
            found.append(DomainError("summary_text_missing", field=field))
        elif len(texts[field]) > LIMIT:
            length = len(texts[field])
            found.append(DomainError("text_long", field=field, maximum=LIMIT, length=length))
    return found


def check_publisher(publisher: int | None, writers: Iterable[int]) -> None:
    """Four eyes: `own_summary` where the publisher wrote a version since the last published."""
    if publisher is None or publisher in set(writers):
        raise DomainError("own_summary", status=403)
