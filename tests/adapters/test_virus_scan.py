"""ClamAV over its socket: a server that speaks its protocol answers."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from config import Settings, SettingsError
from portal.adapters.virus_scan import NoVerdict, scan
from tests.fixtures.clamd import FOUND, scanner


@pytest.mark.parametrize("by_path", [True, False])
def test_bytes_are_handed_over_whole_and_the_answer_is_read(by_path: bool) -> None:
    large = bytes(range(256)) * 1_000  # several chunks
    # The path of a socket may not be long.
    with (
        tempfile.TemporaryDirectory() as folder,
        scanner(Path(folder) / "clamd" if by_path else None) as server,
    ):
        assert scan(server.url, large) == ""
        assert scan(server.url, large + FOUND) == "Eicar-Test-Signature"
        assert server.seen == [large, large + FOUND]


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: ERROR\0", b"\xff\0"]
)
def test_what_is_no_answer_is_no_clean_file(answer: bytes) -> None:
    with scanner() as server:
        server.answer = answer
        with pytest.raises(NoVerdict):
            scan(server.url, b"x")


def test_nobody_there_is_an_error_in_time() -> None:
    with scanner() as server:
        url = server.url
    for where in (url, "unix:///nowhere/clamd.ctl"):
        with pytest.raises(OSError, match=r".+"):
            scan(where, b"x", timeout=2)


@pytest.mark.parametrize("url", ["", "unix:///run/clamav/clamd.ctl", "tcp://127.0.0.1:3310"])
def test_settings_name_a_socket_or_a_port(url: str) -> None:
    assert Settings.from_environment({"CLAMAV_URL": url}).clamav_url == url


@pytest.mark.parametrize(
    "url", ["/run/clamav/clamd.ctl", "unix://clamd.ctl", "tcp://host", "tcp://h:x", "http://h:1"]
)
def test_anything_else_stops_the_start(url: str) -> None:
    with pytest.raises(SettingsError, match="CLAMAV_URL"):
        Settings.from_environment({"CLAMAV_URL": url})
