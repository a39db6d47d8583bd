"""docs/security.md has every requirement of levels 1 and 2 once, and names only what is there."""

from __future__ import annotations

import re

from config import ROOT
from tests.architecture.tree import read

TABLE = read(ROOT / "docs" / "security.md")
ROW = re.compile(
    r"^\| (\d+\.\d+\.\d+) \| [12] \| (.*?) \| (.*?) \| (.*?) \| (.*?) ?\|$", re.MULTILINE
)
FILE = re.compile(r"`([\w./-]+\.(?:py|md|toml|lock|js))`|(docs/[\w-]+\.md)")
# OWASP ASVS 5.0.0, levels 1 and 2: section, and the requirements of it.
REQUIRED = """
    1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3
    2.2:1-3 2.3:1-4 2.4:1 3.2:1-2 3.3:1-4 3.4:1-6
    3.5:1-5 3.7:1-2 4.1:1-3 4.2:1 4.3:1-2 4.4:1-4
    5.1:1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12
    6.3:1-4 6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4 7.1:1-3
    7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2
    8.2:1-3 8.3:1 8.4:1 9.1:1-3 9.2:1-4 10.1:1-2
    10.2:1-2 10.3:1-4 10.4:1-11 10.5:1-5 10.6:1-2 10.7:1-3
    11.1:1-2 11.2:1-3 11.3:1-3 11.4:1-4 11.5:1 11.6:1
    12.1:1-3 12.2:1-2 12.3:1-4 13.1:1 13.2:1-5 13.3:1-2
    13.4:1-5 14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3
    15.3:1-7 16.1:1 16.2:1-5 16.3:1-4 16.4:1-3 16.5:1-3
    17.1:1 17.2:1-4 17.3:1-2
"""


def required() -> list[str]:
    """The numbers, in their order."""
    found = []
    for section, _colon, ranges in (word.partition(":") for word in REQUIRED.split()):
        for part in ranges.split(","):
            first, _dash, last = part.partition("-")
            found += [f"{section}.{n}" for n in range(int(first), int(last or first) + 1)]
    return found


def test_every_requirement_has_its_row_once() -> None:
    assert [row[0] for row in ROW.findall(TABLE)] == required()
    assert len(required()) == 253


def test_what_is_met_names_code_and_test_and_the_rest_says_why() -> None:
    for number, what, standing, code, test in ROW.findall(TABLE):
        assert what, number
        if standing == "met":
            assert FILE.fullmatch(code), number
            assert test.startswith("`tests/"), number
        else:
            assert standing in ("open", "not applicable"), number
            assert code, number
            assert not test, number


def test_every_file_that_is_named_is_there() -> None:
    named = {first or second for first, second in FILE.findall(TABLE)}
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def test_the_sums_are_those_of_the_rows() -> None:
    standings = [row[2] for row in ROW.findall(TABLE)]
    for said, standing in (("Met", "met"), ("Open", "open"), ("Not applicable", "not applicable")):
        assert f"{said}: {standings.count(standing)}." in TABLE
