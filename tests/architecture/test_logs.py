"""The inventory of what is logged is whole, and a line of the log is one JSON object."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator

import pytest
import structlog

from config import ROOT
from portal.adapters import logs
from tests.architecture.tree import read

EVENT = re.compile(r"\blog\.(?:info|warning|error)\(\s*\"([^\"]+)\"")
GUIDE = read(ROOT / "docs" / "operators.md")


def test_every_event_of_the_log_is_in_the_operators_guide() -> None:
    said = {
        event for file in (ROOT / "portal").rglob("*.py") for event in EVENT.findall(read(file))
    }
    assert said
    assert {event for event in said if f"`{event}`" not in GUIDE} == set()


@pytest.fixture
def production_log() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    logs.configure(readable=False)
    yield
    root.handlers, root.level = handlers, level
    logs.configure(readable=False)
    root.handlers = handlers


def test_a_line_is_one_object_whatever_is_in_it(
    production_log: None, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = 'x\n{"event": "signed_in", "user": 1}\r\u2028'
    # After the fixture of the output is in place, as the log keeps the stream it began with.
    logs.configure(readable=False)
    structlog.get_logger().warning("not_allowed", code=forged)
    logging.getLogger("library").error("it failed: %s", forged)
    out, err = capsys.readouterr()
    lines = [json.loads(line) for line in err.split("\n") if line]
    assert out == ""
    assert len(lines) == 2
    for line in lines:
        assert {"event", "level", "timestamp"} <= set(line)
        assert line["timestamp"].endswith("Z")
    assert lines[0]["code"] == forged
