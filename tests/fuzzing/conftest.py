"""The portal to be harmed, built once for each process of tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.fuzzing.world import World, build, world

LONG = int(os.environ.get("EXAMPLES") or 0)
EACH = 2 if LONG else 1  # so many pages of a kind are opened to find what stands on them


@pytest.fixture(scope="session")
def filled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzzing") / "filled"
    build(sqlite_template, folder)
    return folder


@pytest.fixture
def harmed(filled: Path, tmp_path: Path) -> Iterator[World]:
    with world(filled, tmp_path / "portal") as running:
        yield running


def tries(short: int = 2, share: float = 1) -> settings:
    """How often each thing is tried: `share` of EXAMPLES in the long form.

    The long form looks for what was not tried yet, the short one is the same each time.
    """
    examples = max(int(LONG * share), 1) if LONG else short
    return settings(
        max_examples=examples,
        derandomize=not LONG,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
