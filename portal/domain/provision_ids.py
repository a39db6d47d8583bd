"""The ids of a draft's provisions, in the manner of Akoma Ntoso: `art_4__para_b__point_2`.

One scheme for what is read from a text and for what a drafter corrects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.domain.draft_numbers import id_part
from portal.domain.drafts import ProvisionKind

_PREFIX = {
    ProvisionKind.PART: "part",
    ProvisionKind.CHAPTER: "chp",
    ProvisionKind.SECTION: "sec",
    ProvisionKind.ARTICLE: "art",
    ProvisionKind.PARAGRAPH: "para",
    ProvisionKind.POINT: "point",
    ProvisionKind.TEXT: "text",
    ProvisionKind.ANNEX: "annex",
    ProvisionKind.TABLE: "table",
}
# What means something in an id or in an address cannot be a part of a number there.
_UNFIT = re.compile(r"[\W_]+")


class Ids:
    """Gives ids in reading order; a number used again in the same place gets `-2`, `-3`, …"""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def give(self, kind: ProvisionKind, number: str, parent: str, texts: int) -> str:
        """The id of a provision under `parent`; `texts` counts the plain texts there up to it."""
        eid = own_id(kind, number, parent, texts)
        self._seen[eid] = self._seen.get(eid, 0) + 1
        return eid if self._seen[eid] == 1 else f"{eid}-{self._seen[eid]}"


def own_id(kind: ProvisionKind, number: str, parent: str, texts: int = 0) -> str:
    """The id by kind and number alone, whatever else bears it."""
    told = str(texts) if kind is ProvisionKind.TEXT else _UNFIT.sub("_", id_part(number))
    own = f"{_PREFIX[kind]}_{told.strip('_') or '0'}"
    # Articles are numbered through the whole draft, whatever part they stand in.
    return own if kind is ProvisionKind.ARTICLE or not parent else f"{parent}__{own}"


def name_all(provisions: Iterable[tuple[ProvisionKind, str, int]]) -> list[str]:
    """The ids of provisions given as (kind, number, depth) in reading order."""
    ids, found = Ids(), list[str]()
    path: list[str] = []
    texts: list[int] = [0]
    for kind, number, depth in provisions:
        del path[depth:], texts[depth + 1 :]
        texts[depth] += kind is ProvisionKind.TEXT
        found.append(ids.give(kind, number, path[-1] if path else "", texts[depth]))
        path.append(found[-1])
        texts.append(0)
    return found
