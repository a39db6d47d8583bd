"""`python -m portal.adapters.reading_child`: one file of a stranger, read within limits.

Standard input holds one line of JSON that says what to do and then the file; standard output
gets lines of JSON: progress, and at the end a result or an error by its code.
"""

from __future__ import annotations

import json
import resource
import sys
import traceback
from base64 import b64encode
from collections.abc import Callable
from typing import Any, BinaryIO

from portal.adapters.reading_wire import line, pack, pack_sheets
from portal.domain.drafts import Tracked
from portal.domain.errors import DomainError
from portal.formats.attachments import inspect
from portal.formats.draft_files.pdf_pages import draw_page
from portal.formats.draft_files.reading import read_draft
from portal.formats.sheets_in import read_sheets

Say = Callable[..., None]


def limit(memory: int, seconds: int) -> None:
    """`memory` in bytes of address space, `seconds` of computing; no core, no file is written."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (most, most))
    # The first limit stops it by a signal of its own, so that it can be told from a full memory.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))


def answer(asked: dict[str, Any], data: bytes, say: Say) -> None:
    """Do what is asked for and say the result."""
    if asked["act"] == "read":
        draft = read_draft(
            data, asked["name"], Tracked(asked["tracked"]), lambda percent: say(progress=percent)
        )
        say(result=pack(draft))
    elif asked["act"] == "sheets":
        say(result=pack_sheets(read_sheets(data)))
    elif asked["act"] == "inspect":
        kind, kept = inspect(data, asked["name"])
        new = None if kept == data else b64encode(kept).decode()
        say(result={"kind": kind, "data": new})
    else:
        picture = draw_page(data, asked["page"], asked["width"])
        say(result=b64encode(picture).decode())


def run(source: BinaryIO, out: BinaryIO) -> None:
    """Whatever happens is said by its code; `cause` is for the portal's log, never for a page."""

    def say(**content: Any) -> None:
        out.write(line(**content))
        out.flush()

    try:
        asked = json.loads(source.readline())
        limit(asked["memory"], asked["seconds"])
        answer(asked, source.read(), say)
    except DomainError as error:
        params = {name: str(value) for name, value in error.params.items()}
        say(error=error.code, field=error.field, status=error.status, params=params)
    except MemoryError:
        say(error="reading_too_large", field="file", status=422, params={})
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        cause = f"{type(error).__name__} in {place.name}, line {place.lineno}"
        say(error="file_unreadable", field="file", status=422, params={}, cause=cause)


if __name__ == "__main__":
    run(sys.stdin.buffer, sys.stdout.buffer)
