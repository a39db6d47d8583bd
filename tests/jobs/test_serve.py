"""`flask serve`, which is `make run`: a real process, from an empty folder."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.request import urlopen

from config import ROOT

SERVE = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


def environment(data: Path, port: int) -> dict[str, str]:
    plain = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "HOME")}
    return {**plain, "PORTAL_DATA": str(data), "PORT": str(port)}


@contextmanager
def serving(data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The process, from the moment it has said where it serves."""
    process = subprocess.Popen(
        SERVE, cwd=ROOT, env=environment(data, port), stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def greeting(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "administrator@" in line:
            break
    return "".join(lines)


def test_an_empty_folder_becomes_a_portal_with_a_demo_and_stops_cleanly(tmp_path: Path) -> None:
    data, port = tmp_path / "new folder", free_port()
    said = []
    for _start in ("first", "second"):
        with serving(data, port) as process:
            said.append(greeting(process))
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=60) as answer:
                assert b'"ready"' in answer.read()
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=60) == 0
    assert f"http://127.0.0.1:{port}/ar/" in said[0]
    assert "moderator@demo.example" in said[0]
    assert said[0] == said[1]


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            SERVE, cwd=ROOT, env=environment(tmp_path, port), capture_output=True, text=True
        )
    assert done.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
