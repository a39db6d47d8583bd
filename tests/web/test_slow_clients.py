"""Who sends slowly holds up nobody else."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import requests

from tests.fixtures.live import Live

HEAD = b"POST /ar/verify HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n\r\ncode="
MANY = 150  # more than threads, and more than the server's own limit would be


def slow(served: Live, begun: bytes) -> socket.socket:
    """A connection on which so much was sent, and no more."""
    where = urlsplit(served.url)
    opened = socket.create_connection((where.hostname or "", where.port or 0))
    opened.sendall(begun)
    return opened


def test_slow_heads_and_bodies_leave_the_portal_to_others(served: Live) -> None:
    held = [slow(served, HEAD + (FORM if n % 2 else b"X-A: ")) for n in range(MANY)]
    try:
        assert requests.get(f"{served.url}/ar/", timeout=20).status_code == 200
        answer = requests.post(f"{served.url}/ar/verify", data={"code": "X"}, timeout=20)
        assert answer.status_code == 404
    finally:
        for each in held:
            each.close()


def test_a_head_without_an_end_is_refused(served: Live) -> None:
    with slow(served, HEAD + b"X-A: " + b"a" * 70_000) as endless:
        endless.settimeout(20)
        assert endless.recv(100).startswith(b"HTTP/1.0 431")


def test_a_body_larger_than_any_is_not_waited_for(served: Live) -> None:
    head = HEAD.replace(b"900", b"9" * 15) + FORM
    with slow(served, head) as endless:
        endless.settimeout(20)
        assert endless.recv(100).startswith((b"HTTP/1.0 413", b"HTTP/1.1 413"))
