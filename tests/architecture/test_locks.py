"""The locks: every dependency by version and hash, from wherever a machine gets its packages."""

from __future__ import annotations

import re
import tomllib

import pytest

from config import ROOT
from tests.architecture.tree import read

PINNED = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
LOCKS = ("requirements.lock", "requirements-dev.lock")


def pins(lock: str) -> dict[str, str]:
    return dict(PINNED.findall(read(ROOT / lock)))


def wanted(*, dev: bool) -> set[str]:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))
    named = project["project"]["dependencies"]
    named += project["dependency-groups"]["dev"] if dev else []
    return {re.split(r"[\[<>=!~; ]", each, maxsplit=1)[0].lower() for each in named}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_index(lock: str) -> None:
    text = read(ROOT / lock)
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=sha256:[0-9a-f]{64})", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", read(ROOT / lock))
    assert [block for block in blocks if PINNED.match(block) and "--hash=" not in block] == []


@pytest.mark.parametrize(("lock", "dev"), list(zip(LOCKS, (False, True), strict=True)))
def test_a_lock_holds_all_that_the_project_names(lock: str, dev: bool) -> None:
    assert wanted(dev=dev) - pins(lock).keys() == set()


def test_tests_run_on_the_versions_that_are_served() -> None:
    served, tested = (pins(lock) for lock in LOCKS)
    assert {package: tested.get(package) for package in served} == served
