"""JSON lines of texts: `{"id": …, "text": …}`, one object a line, read as they come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from portal.domain.errors import DomainError, Refusals

# After so many bad lines nobody reads on; the file is something else.
MOST_FAULTS = 20
Line = tuple[str | int, str]


def read_lines(lines: Iterable[bytes]) -> Iterator[Line]:
    """`(id, text)` of each line; empty lines are passed over, other fields let be.

    Raises `Refusals` with the number of every bad line (up to `MOST_FAULTS`) at the end, or as
    soon as there are so many; `file_empty` where there is none at all.
    """
    faults: list[DomainError] = []
    seen: set[str | int] = set()
    for number, raw in enumerate(lines, start=1):
        if not raw.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        try:
            line = _read(number, raw.removeprefix(b"\xef\xbb\xbf"), seen)
        except DomainError as fault:
            faults.append(fault)
            if len(faults) >= MOST_FAULTS:
                break
            continue
        seen.add(line[0])
        yield line
    if faults:
        raise Refusals(faults)
    if not seen:
        raise DomainError("file_empty")


def _read(number: int, raw: bytes, seen: set[str | int]) -> Line:
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise DomainError("line_not_json", line=number) from error
    if not isinstance(content, dict):
        raise DomainError("line_not_json", line=number)
    text, named = content.get("text"), content.get("id")
    if not isinstance(text, str):
        raise DomainError("line_lacks", line=number, name="text")
    if isinstance(named, bool) or not isinstance(named, str | int):
        raise DomainError("line_lacks", line=number, name="id")
    if named in seen:
        raise DomainError("line_twice", line=number, id=str(named)[:40])
    return named, text
