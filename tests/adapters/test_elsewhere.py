"""Who is asked over HTTP answers for themselves: where they point to, nobody asks."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from portal.adapters.fetching import fetch
from portal.adapters.stamping import StampError, stamp


class _Pointing(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/there":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"what lies elsewhere")
        else:
            self.send_response(302)
            self.send_header("Location", "/there")
            self.end_headers()

    do_POST = do_GET  # noqa: N815 (the names are http.server's)

    def log_message(self, *_words: object) -> None:
        """Nothing on the screen."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    handler = type("Handler", (_Pointing,), {"asked": asked})
    with HTTPServer(("127.0.0.1", 0), handler) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}", asked
        running.shutdown()


def test_a_witness_asks_no_other_address(server: tuple[str, list[str]]) -> None:
    url, asked = server
    with pytest.raises(OSError, match="points elsewhere"):
        fetch(f"{url}/here")
    assert asked == ["/here"]
    assert fetch(f"{url}/there") == b"what lies elsewhere"


def test_nor_does_who_wants_a_time_stamp(server: tuple[str, list[str]], tmp_path: Path) -> None:
    url, asked = server
    with pytest.raises(StampError, match="points elsewhere"):
        stamp(f"{url}/stamps", tmp_path / "roots.pem", b"data")
    assert asked == ["/stamps"]
