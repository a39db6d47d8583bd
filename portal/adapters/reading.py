"""Files of strangers are read in a process of their own, with limits of time and memory."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

import structlog

from config import ROOT
from portal.adapters.reading_wire import unpack, unpack_sheets
from portal.domain.attachments import FileKind, check_size
from portal.domain.draft_sources import SourceDraft
from portal.domain.drafts import MAX_FILE, DraftFormat, Tracked
from portal.domain.errors import DomainError
from portal.domain.sheets import Sheet

log = structlog.get_logger()
Progress = Callable[[int], None]
# Of the environment the process gets only this: no secret, no address of the database.
_KEPT = ("PATH", "LD_LIBRARY_PATH", "LANG", "TZ")
_NO_MEMORY = frozenset({signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP, signal.SIGILL})
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory` and `answer` in bytes; `computing` and `waiting` in seconds of CPU and of clock."""

    memory: int = 1_500 * 1024**2
    computing: int = 60
    waiting: float = 120.0
    answer: int = 400 * 1024**2


LIMITS = Limits()
# Anybody may send a file with a comment, so less is spent on one.
FOR_ANYBODY = Limits(memory=768 * 1024**2, computing=20, waiting=40.0, answer=64 * 1024**2)


def read_safely(
    data: bytes,
    name: str = "",
    tracked: Tracked = Tracked.ACCEPT,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
) -> SourceDraft:
    """Read a draft's file; `progress` is told per cent now and then.

    Raises what `read_draft` raises, and `reading_too_long` or `reading_too_large` at the limits.
    """
    asked = {"act": "read", "name": name[-255:], "tracked": tracked.value}
    found = _ask(asked, data, progress, limits)
    try:
        return unpack(found)
    except (KeyError, TypeError, ValueError) as error:
        raise DomainError("file_unreadable", field="file") from error


def render_page(data: bytes, page: int, width: int, limits: Limits = LIMITS) -> bytes:
    """Page `page` (from 1) of a PDF as a PNG of `width` pixels. Raises `not_found` and the rest."""
    return b64decode(_ask({"act": "draw", "page": page, "width": width}, data, None, limits))


def read_sheets_safely(data: bytes, limits: Limits = LIMITS) -> tuple[Sheet, ...]:
    """The sheets of a spreadsheet, or the tables of a Word document. Raises what `read_sheets`
    raises, and `reading_too_long` or `reading_too_large` at the limits."""
    found = _ask({"act": "sheets"}, data, None, limits)
    try:
        return unpack_sheets(found)
    except (KeyError, TypeError, ValueError) as error:
        raise DomainError("file_unreadable", field="file") from error


def inspect_safely(data: bytes, name: str, limits: Limits = FOR_ANYBODY) -> tuple[FileKind, bytes]:
    """What a file sent with a comment is, and what is kept of it.

    Raises what `formats.attachments.inspect` raises, and the refusals of size and limits.
    """
    check_size(len(data))
    found = _ask({"act": "inspect", "name": name[-255:]}, data, None, limits)
    kept = data if found["data"] is None else b64decode(found["data"])
    check_size(len(kept))
    return FileKind(found["kind"]), kept


def _ask(asked: dict[str, Any], data: bytes, progress: Progress | None, limits: Limits) -> Any:
    """What the process answers; it never outlives this call."""
    if len(data) > MAX_FILE:
        raise DomainError("file_too_large", field="file", maximum=MAX_FILE // 1024**2)
    request = {**asked, "memory": limits.memory, "seconds": limits.computing}
    with tempfile.TemporaryFile() as given:
        given.write(json.dumps(request).encode() + b"\n" + data)
        given.seek(0)
        with _process(given) as process:
            try:
                return _result(process, progress, limits)
            except ValueError as error:  # it says what it should not
                raise DomainError("file_unreadable", field="file") from error


def _result(process: subprocess.Popen[bytes], progress: Progress | None, limits: Limits) -> Any:
    for message in _messages(process, limits):
        if "progress" in message and progress:
            progress(int(message["progress"]))
        if "error" in message:
            _refuse(message)
        if "result" in message:
            return message["result"]
    raise _ended(process.wait())


@contextmanager
def _process(given: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", "portal.adapters.reading_child"],
        cwd=ROOT,
        env=environment,
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        close_fds=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _messages(process: subprocess.Popen[bytes], limits: Limits) -> Iterator[dict[str, Any]]:
    """Its lines, one after the other. Raises where it takes too long or says too much."""
    until = time.monotonic() + limits.waiting
    buffer, said = bytearray(), 0
    with selectors.DefaultSelector() as selector:
        assert process.stdout is not None  # noqa: S101 (it is a pipe)
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(max(until - time.monotonic(), 0)):
                raise DomainError("reading_too_long", field="file")
            chunk = os.read(process.stdout.fileno(), _CHUNK)
            if not chunk:
                return
            said += len(chunk)
            if said > limits.answer:
                raise DomainError("reading_too_large", field="file")
            *lines, rest = chunk.split(b"\n")
            for line in lines:
                buffer += line
                yield json.loads(bytes(buffer))
                buffer.clear()
            buffer += rest


def _refuse(message: dict[str, Any]) -> None:
    if "cause" in message:
        log.error("reading_failed", cause=message["cause"])
    params = dict(message["params"])
    if message["error"] == "file_mislabelled":
        params["found"] = DraftFormat(params["found"])
    if message["error"] == "attachment_mislabelled":
        params["found"] = FileKind(params["found"])
    raise DomainError(
        message["error"],
        field=message["field"],
        status=message["status"],
        **params,
    )


def _ended(status: int) -> DomainError:
    """It ended without an answer: what stopped it says why."""
    stopped = -status
    if stopped == signal.SIGXCPU:
        return DomainError("reading_too_long", field="file")
    if stopped in _NO_MEMORY:
        return DomainError("reading_too_large", field="file")
    log.error("reading_failed", cause=f"status {status}")
    return DomainError("file_unreadable", field="file")
