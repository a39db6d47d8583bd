"""The ids of a draft's provisions, in the manner of Akoma Ntoso: `art_4__para_b__point_2`.

One scheme for what is read from a text and for what a drafter corrects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from portal.domain.draft_markers import LIST
from portal.domain.draft_numbers import id_part
from portal.domain.drafts import ProvisionKind
from portal.domain.text import fold


class Named(NamedTuple):
    """What the id of a provision is made of: an annex that is a list is known by its marker."""

    kind: ProvisionKind
    number: str
    marker: str


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
COUNTED = frozenset({ProvisionKind.TEXT, ProvisionKind.TABLE})  # they have no number of their own
# What means something in an id or in an address cannot be a part of a number there.
_UNFIT = re.compile(r"[\W_]+")


class Ids:
    """Gives ids in reading order; a number used again in the same place gets `-2`, `-3`, …"""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def give(self, named: Named, parent: str, annex: str, count: int) -> str:
        """The id of a provision under `parent`, within `annex` where it is in one; `count` tells
        how many of its kind stand there up to it."""
        eid = _own_id(named, parent, annex, count)
        self._seen[eid] = self._seen.get(eid, 0) + 1
        return eid if self._seen[eid] == 1 else f"{eid}-{self._seen[eid]}"


def _own_id(named: Named, parent: str, annex: str, count: int) -> str:
    told = str(count) if named.kind in COUNTED else _UNFIT.sub("_", id_part(named.number))
    listed = named.kind is ProvisionKind.ANNEX and LIST in fold(named.marker)
    prefix = _PREFIX[ProvisionKind.TABLE if listed else named.kind]
    own = f"{prefix}_{told.strip('_') or '0'}"
    # Articles are numbered through the whole draft or annex, whatever part they stand in.
    above = annex if named.kind is ProvisionKind.ARTICLE else parent
    return f"{above}__{own}" if above else own


def name_all(provisions: Iterable[tuple[Named, int]]) -> list[str]:
    """The ids of provisions given with their depths in reading order."""
    ids, found = Ids(), list[str]()
    path: list[tuple[str, str]] = [("", "")]  # id and annex of what is open, the draft first
    counts: list[dict[ProvisionKind, int]] = [{}]
    for named, depth in provisions:
        del path[depth + 1 :], counts[depth + 1 :]
        here = counts[depth]
        here[named.kind] = here.get(named.kind, 0) + 1
        parent, annex = path[depth]
        eid = ids.give(named, parent, annex, here[named.kind])
        path.append((eid, eid if named.kind is ProvisionKind.ANNEX else annex))
        counts.append({})
        found.append(eid)
    return found
