"""ClamAV asked over its socket, by its command INSTREAM: it is handed the bytes, not a path."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

TIMEOUT = 60.0
_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4_096
_CLEAN, _FOUND = "stream: OK", " FOUND"


class NoVerdict(Exception):  # noqa: N818 (it says what it is)
    """The scanner answered and said neither: the file is not known to be clean."""


def scan(url: str, data: bytes, timeout: float = TIMEOUT) -> str:
    """The name of what was found in `data`, empty where nothing was.

    `url` is `unix:///path` or `tcp://host:port`. Raises OSError where nobody answers, and
    `NoVerdict`.
    """
    with _connected(url, timeout) as server:
        with suppress(BrokenPipeError):  # it closes when it has read enough to refuse, and says so
            _send(server, data)
        answer = _answer(server)
    if answer == _CLEAN:
        return ""
    if answer.endswith(_FOUND):
        return answer.removeprefix("stream: ").removesuffix(_FOUND)[:200] or "?"
    raise NoVerdict(f"the virus scanner answered: {answer[:200]!r}")


@contextmanager
def _connected(url: str, timeout: float) -> Iterator[socket.socket]:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        server.settimeout(timeout)
        with server:
            server.connect(parts.path)
            yield server
        return
    where = (parts.hostname or "localhost", parts.port or 3310)
    with socket.create_connection(where, timeout) as server:
        yield server


def _send(server: socket.socket, data: bytes) -> None:
    server.sendall(b"zINSTREAM\0")
    for at in range(0, len(data), _CHUNK):
        chunk = data[at : at + _CHUNK]
        server.sendall(struct.pack("!L", len(chunk)) + chunk)
    server.sendall(struct.pack("!L", 0))


def _answer(server: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
        more = server.recv(_LONGEST_ANSWER)
        if not more:
            break
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace").strip()
