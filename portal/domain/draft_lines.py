"""What stands on a line of a draft: which provision it begins, if any, and how it is numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.domain.draft_markers import DIVISIONS, UNSEEN, Form, Marker, find_marker
from portal.domain.draft_numbers import place
from portal.domain.drafts import ProvisionKind

_BREAK = re.compile("\r\n|[\n\r\u2028\u2029]")
_STRONG = re.compile(r"(?<!\*)\*\*(?!\*)")
# As spaces, marks of direction leave every other character in its place.
_BLANKED = dict.fromkeys(map(ord, UNSEEN), " ")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, or the part of one that begins a provision: `المادة ٣: أ- …`.

    `kind` None: it begins none and belongs to what is open. `marker` and `rest` together are the
    line. `joined`: no blank line parts it from the line before. `sure` and `titled` are those of
    the marker.
    """

    at: int
    kind: ProvisionKind | None
    number: str
    marker: str
    rest: str
    joined: bool
    form: Form = ""
    marked: bool = False
    sure: bool = True
    titled: bool = False

    @property
    def words(self) -> str:
        """The whole of it, where it turns out that it begins no provision."""
        return f"{self.marker} {self.rest}".strip() if self.kind else self.rest


def lines(text: str) -> list[Line]:
    """The lines of a draft. Markdown's `**` is formatting and is left out."""
    found: list[Line] = []
    joined = False
    for at, raw in enumerate(split_lines(plain(text)), start=1):
        line = raw.strip()
        if line:
            found += _read(at, line, joined=joined)
        joined = bool(line)
    return found


def plain(text: str) -> str:
    """The text without Markdown's `**` around strong words; one without its pair stays."""
    return "\n".join(_plain(line) for line in split_lines(text)) if "**" in text else text


def split_lines(text: str) -> list[str]:
    """The lines as an editor shows them; control characters part none and stay in theirs."""
    return _BREAK.split(text)


def _plain(line: str) -> str:
    pairs = len(_STRONG.findall(line)) // 2
    return _STRONG.sub("", line, count=2 * pairs) if pairs else line


def _read(at: int, line: str, *, joined: bool) -> list[Line]:
    seen = line.translate(_BLANKED)
    found: list[Line] = []
    start, marker = 0, find_marker(seen, 0)
    while marker:
        following = find_marker(seen, marker.end) if marker.kind else None
        inner = following if following and _begins_inside(marker, following) else None
        found.append(
            Line(
                at,
                marker.kind,
                marker.number,
                line[start : marker.end].strip(),
                "" if inner else line[marker.end :].strip(),
                joined or bool(found),
                marker.form,
                marker.marked,
                marker.sure,
                marker.titled,
            )
        )
        start, marker = marker.end, inner
    return found or [Line(at, None, "", "", line, joined)]


def _begins_inside(marker: Marker, following: Marker) -> bool:
    """Does what follows a marker on its line begin a provision too (`المادة ٣: أ- ١- …`)?"""
    if following.form == "row" or marker.form == "list":
        return marker.kind in DIVISIONS and following.form == "row"
    if marker.kind in DIVISIONS:
        return following.form != "unread"
    return place(following.number) == 1 and {marker.kind, following.kind} == {
        ProvisionKind.PARAGRAPH,
        ProvisionKind.POINT,
    }
